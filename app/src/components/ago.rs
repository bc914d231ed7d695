//! Moments, told by the [`Clock`] of the page.

use chrono::{DateTime, SecondsFormat, Utc};
use leptos::prelude::*;

use crate::{format, state::Clock, ui::Time};

/// For machines: `2026-05-25T16:42:18Z`.
pub(crate) fn datetime(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// In full, on hover; as for machines where there is no clock.
pub(crate) fn in_full(at: DateTime<Utc>, clock: Option<&Clock>) -> String {
    clock.map_or_else(|| datetime(at), |clock| format::absolute(at, clock.zone()))
}

type Words = fn(DateTime<Utc>, &Clock) -> String;

fn time(at: DateTime<Utc>, words: Words) -> impl IntoView {
    let datetime = datetime(at);
    let Some(clock) = use_context::<Clock>() else {
        return view! { <Time title=datetime.clone() text=datetime.clone() datetime/> };
    };
    let title = in_full(at, Some(&clock));
    let text = Signal::derive(move || words(at, &clock));
    view! { <Time datetime title text/> }
}

/// How long ago: `12s ago`.
#[component]
pub fn Ago(
    /// The moment.
    at: DateTime<Utc>,
) -> impl IntoView {
    time(at, |at, clock| format::ago(at, clock.now(), clock.zone()))
}

/// For how long it has been so: `1h 12m`.
#[component]
pub fn Age(
    /// Since when.
    at: DateTime<Utc>,
) -> impl IntoView {
    time(at, |at, clock| format::elapsed(clock.now() - at))
}

/// How far ahead: `in 18m`.
#[component]
pub fn Ahead(
    /// The moment.
    at: DateTime<Utc>,
) -> impl IntoView {
    time(at, |at, clock| format::ahead(at, clock.now()))
}

/// The moment itself: `Mon 25 May, 09:42`.
#[component]
pub fn Moment(
    /// The moment.
    at: DateTime<Utc>,
) -> impl IntoView {
    time(at, |at, clock| format::day_clock(at, clock.zone()))
}
