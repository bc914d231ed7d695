//! What says so.

use chrono::{DateTime, Utc};
use domain::attention::Evidence;
use leptos::prelude::*;

use crate::{
    components::{Ago, Ahead, Told, ToldLines},
    format, links,
    state::Clock,
    ui::{Icon, IconName},
};

/// A line that opens why an item needs the founder, in its source's words, and the rows that say so; nothing where
/// nobody said anything.
#[component]
pub fn Why(
    /// The item's title, for screen readers.
    title: String,
    /// Why, in the source's words.
    why: Option<String>,
    /// The rows.
    evidence: Vec<Evidence>,
) -> impl IntoView {
    if why.is_none() && evidence.is_empty() {
        return ().into_any();
    }
    let words = match (&why, evidence.len() as u64) {
        (Some(_), 0) => "Why".to_owned(),
        (Some(_), rows) => format!("Why, and {}", format::count(rows, "row", "rows")),
        (None, rows) => format::count(rows, "row that says so", "rows that say so"),
    };
    let label = format!("{words}: {title}");
    view! {
        <details class="q-evidence">
            <summary aria-label=label>
                <Icon name=IconName::ChevronRight size=12/>
                {words}
            </summary>
            {why.map(|text| view! { <div class="q-why"><ToldLines text/></div> })}
            {(!evidence.is_empty()).then(|| view! { <ul class="q-rows">{evidence.into_iter().map(row).collect_view()}</ul> })}
        </details>
    }
    .into_any()
}

fn row(evidence: Evidence) -> impl IntoView {
    let Evidence { text, task_id, at } = evidence;
    let text = view! { <Told text/> };
    let text = match task_id {
        Some(id) => view! { <a class="quiet-link" href=links::task(&id)>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    view! {
        <li>
            <span>{text}</span>
            {at.map(|at| view! { <span class="q-when"><When at/></span> })}
        </li>
    }
}

/// When it was so, or will be: a job's next run lies ahead.
#[component]
fn When(at: DateTime<Utc>) -> impl IntoView {
    let ahead = use_context::<Clock>().is_some_and(|clock| at > clock.started());
    if ahead { view! { <Ahead at/> }.into_any() } else { view! { <Ago at/> }.into_any() }
}
