//! What rules would have done: a sentence, the weeks, and the tasks.

use domain::settings::preview::Touched;
use leptos::prelude::*;

use crate::{
    api::settings::Effect,
    components::{Moment, Told},
    links,
    ui::{BarSpark, Icon, IconName},
};

/// What rules would have done in the last 90 days.
#[component]
pub fn RuleEffect(
    /// What they would have done.
    effect: Effect,
) -> impl IntoView {
    let Effect { title, text, preview } = effect;
    let row = |touched: Touched| {
        view! {
            <li class="s-touched">
                <a class="link" href=links::task(&touched.id)>
                    <Told text=touched.title/>
                </a>
                <span class="t3">
                    {touched.what} ", " <Moment at=touched.at/>
                </span>
            </li>
        }
    };
    let rows = preview.tasks.into_iter().map(row).collect_view();
    let weeks = (preview.fired > 0).then(|| {
        view! {
            <div class="s-mini">
                <BarSpark values=preview.weeks label="By week, the last one last"/>
            </div>
        }
    });
    let named = (preview.fired > 0).then(|| {
        view! {
            <details class="s-tasks">
                <summary class="link">"The latest of them"</summary>
                <ul>{rows}</ul>
            </details>
        }
    });
    view! {
        <section class="panel s-preview" aria-label="Effect">
            <div class="s-effect">
                <Icon name=IconName::History size=16/>
                <p class="s-effect-text" role="status">
                    <b>{title}</b>
                    " "
                    <span class="t2">{text}</span>
                </p>
                {weeks}
            </div>
            {named}
        </section>
    }
    .into_any()
}
