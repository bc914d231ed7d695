//! When to be reminded.

use domain::decision::{SnoozeChoice, snooze::choices};
use leptos::prelude::*;

use super::{DecideForm, Item};
use crate::{
    format,
    state::Clock,
    ui::{Icon, IconName},
};

/// A button that opens the times to snooze until, each a button of its own. Needs the page's [`Clock`].
#[component]
pub fn SnoozeMenu(
    /// What it is about.
    item: Item,
    /// The page to come back to, with its fragment.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let clock = use_context::<Clock>();
    let offered = clock
        .as_ref()
        .map_or_else(|| vec![(SnoozeChoice::Change, None)], |clock| choices(clock.started(), clock.zone()));
    let label = format!("Snooze: {}", format::plain(&item.title));
    let spoken = format!(": {}", format::plain(&item.title));
    let button = move |(choice, until): (SnoozeChoice, Option<_>)| {
        // The hours say when; the mornings and the change say it themselves.
        let when = until
            .filter(|_| matches!(choice, SnoozeChoice::Hour | SnoozeChoice::Hours))
            .zip(clock.as_ref())
            .map(|(until, clock)| format::clock(until, clock.zone()));
        view! {
            <button class="snooze-choice" name="what" value=choice.as_str()>
                {choice.label()}
                {when.map(|when| view! { <span class="t3">{when}</span> })}
                <span class="sr">{spoken.clone()}</span>
            </button>
        }
    };
    view! {
        <details class="snooze">
            <summary class="btn" data-size="sm" aria-label=label title="Snooze">
                <Icon name=IconName::AlarmClock/>
                <span class="decide-word">"Snooze"</span>
            </summary>
            <div class="snooze-menu">
                <DecideForm item back>{offered.into_iter().map(button).collect_view()}</DecideForm>
            </div>
        </details>
    }
    .into_any()
}
