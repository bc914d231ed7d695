//! How fresh the page is.

use chrono::{DateTime, TimeDelta, Utc};
use domain::zone::Zone;
use leptos::prelude::*;

use crate::{
    format,
    state::{Clock, Live, live},
};

/// How fresh the page is: as of when it was made until the client is at work, then whether it hears what happens. A link that
/// loads the page again.
#[component]
pub fn Pulse(
    /// When the page was made.
    made: DateTime<Utc>,
    /// The time, which moves on.
    clock: Clock,
) -> impl IntoView {
    let live = use_context::<Live>().unwrap_or_default();
    let (last, silence) = (live.clone(), live.clone());
    let zone: Zone = clock.zone().clone();
    let pulse = Memo::new(move |_| live.pulse());
    let state = move || match pulse.get() {
        live::Pulse::Still => "still",
        live::Pulse::Live => "live",
        live::Pulse::Reconnecting | live::Pulse::Stale(_) => "stale",
    };
    let word = move || match pulse.get() {
        live::Pulse::Still => format!("as of {}", format::clock(made, &zone)),
        live::Pulse::Live => "Live".to_owned(),
        live::Pulse::Reconnecting => "Reconnecting".to_owned(),
        // A time of day is not enough where it may be another day's.
        live::Pulse::Stale(since) if silence.silent() < TimeDelta::hours(12) => {
            format!("Stale since {}", format::clock(since, &zone))
        }
        live::Pulse::Stale(since) => {
            let moment = format::day_clock(since, &zone);
            // `Fri 20 Nov, 09:00` has no room on a phone; the notice has all of it.
            let day = moment.split(',').next().and_then(|day| day.split_once(' ')).map_or("", |(_, day)| day);
            format!("Stale since {day}")
        }
    };
    let fresh = move || {
        let last = last.last().filter(|_| pulse.get() == live::Pulse::Live)?;
        let ago = format::ago(last, clock.now(), clock.zone());
        Some(view! { <span class="pulse-last">{format!("last change {ago}")}</span> })
    };
    view! {
        <a class="pulse" data-state=state href="" rel="external" title="Load this page again">
            <span class="pulse-dot"></span>
            <b role="status">{word}</b>
            {fresh}
        </a>
    }
    .into_any()
}
