//! The ribbon itself: one tab stop, and the arrow keys between the bins.

use domain::{facts::bin, insight::tape::Tape, zone::Zone};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    bin_link::BinLink,
    place::{AHEAD, COLUMNS, column, shade},
};
use crate::{api::overview::Away, format, state::Hydrated};

/// Where the keys lead among `count` bins; `None` for a key that is not ours.
fn target(key: &str, at: usize, count: usize, home: usize, end: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowLeft" => Some(at.saturating_sub(1)),
        "ArrowRight" => Some((at + 1).min(last)),
        "Home" => Some(home.min(last)),
        "End" => Some(end.min(last)),
        _ => None,
    }
}

/// The bins that hold anything, with the absence shaded and what lies ahead hatched. Without scripts each bin is a link
/// of its own; with them the track is one tab stop: left and right move, Home leads to the last visit (else the
/// beginning), End to now.
#[component]
pub fn Track(
    /// The bins.
    tape: Tape,
    /// How long the founder was away, where that is known and ends on the tape.
    visit: Option<Away>,
    /// The founder's time zone.
    zone: Zone,
) -> impl IntoView {
    let start = tape.start;
    let placed = tape.bins.into_iter().map(|bin| (column(start, bin.at), bin));
    let bins: Vec<_> = placed.filter(|(column, _)| (1..=COLUMNS).contains(column)).collect();
    let end = bins.iter().rposition(|(column, _)| *column < AHEAD).unwrap_or(0);
    let since = visit.map(|away| bin(away.from));
    let home = since.and_then(|since| bins.iter().position(|(_, bin)| bin.at >= since)).unwrap_or(0);
    let count = bins.len();

    let hydrated = Hydrated::now();
    let current = RwSignal::new(end);
    let nodes = StoredValue::new((0..count).map(|_| NodeRef::<html::A>::new()).collect::<Vec<_>>());
    let keys = move |event: KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let to = target(&event.key(), current.get_untracked(), count, home, end);
        let node = to.and_then(|to| nodes.with_value(|nodes| nodes.get(to).copied())?.get_untracked());
        if let Some(node) = node {
            event.prevent_default();
            // The bin notes itself as the current one when it has the focus.
            let _ = node.focus();
        }
    };
    let shaded = visit.and_then(|away| Some((shade(start, away)?, away.to - away.from)));
    let shaded = shaded.map(|((from, to), span)| {
        view! {
            <i class="tape-away" style=format!("--from:{from};--to:{to}")>
                <span aria-hidden="true">{format!("Away {}", format::elapsed(span))}</span>
            </i>
        }
    });
    let link = move |(index, (column, bin)): (usize, (i64, _))| {
        let node = nodes.with_value(|nodes| nodes.get(index).copied()).unwrap_or_default();
        let tab = move || {
            let stop = if current.get() == index { "0" } else { "-1" };
            hydrated.get().then_some(stop)
        };
        let seen = move || current.set(index);
        view! { <BinLink bin column zone=zone.clone() node tab=Signal::derive(tab) seen/> }
    };
    view! {
        <div
            class="tape-track"
            role="group"
            aria-label="Bins of ten minutes. The arrow keys move between them."
            on:keydown=keys
        >
            {shaded}
            <i class="tape-future"></i>
            {bins.into_iter().enumerate().map(link).collect_view()}
            <i class="tape-now"></i>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_on_the_tape() {
        let from = |at| move |key: &str| target(key, at, 9, 4, 7);
        let keys = ["ArrowLeft", "ArrowRight", "Home", "End", "Enter"];
        assert_eq!(keys.map(from(0)), [Some(0), Some(1), Some(4), Some(7), None]);
        assert_eq!(keys.map(from(8)), [Some(7), Some(8), Some(4), Some(7), None]);
        assert_eq!(keys.map(|key| target(key, 0, 0, 0, 0)), [None; 5]);
    }
}
