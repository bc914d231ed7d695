//! Words of the agent's that this version does not know.

use domain::source::UnknownKind;
use leptos::prelude::*;

use crate::{
    components::{Ago, Told},
    format,
    ui::{More, Panel},
};

/// How many stand open; the rest is one click away.
const OPEN: usize = 12;

/// The words, where they stand, how often and since when. Nothing where there are none.
#[component]
pub fn UnknownKindsPanel(
    /// The words.
    unknown: Vec<UnknownKind>,
) -> impl IntoView {
    if unknown.is_empty() {
        return None;
    }
    let count = Some(format::number(unknown.len() as u64));
    let mut open = unknown;
    let rest = open.split_off(open.len().min(OPEN));
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", format::number(rest.len() as u64));
        view! { <More summary>{list(rest)}</More> }
    });
    Some(view! {
        <Panel title="Words this version does not know" count>
            <p class="panel-line t2">
                "The agent is newer than this version of Mission Control, or extended. Rows with these words are counted, not interpreted."
            </p>
            {list(open)}
            {more}
        </Panel>
    })
}

fn list(items: Vec<UnknownKind>) -> impl IntoView {
    let item = |item: UnknownKind| {
        view! {
            <li>
                <code class="kind-word">
                    <Told text=item.kind/>
                </code>
                <span class="kind-rows">
                    {format::count(item.count, "row", "rows")}
                    {item
                        .last_at
                        .map(|at| {
                            view! {
                                <span class="dotsep">
                                    "last "
                                    <Ago at/>
                                </span>
                            }
                        })}
                </span>
                <code class="path">
                    <Told text=item.place/>
                </code>
            </li>
        }
    };
    view! { <ul class="kinds">{items.into_iter().map(item).collect_view()}</ul> }
}
