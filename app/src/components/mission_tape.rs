//! The mission tape: the last 24 hours and the next 6 in bins of ten minutes. Work rises above the line, failures
//! hang below it, what needs the founder lies on the lowest lane, and what is scheduled is hollow.

pub mod axis;
pub mod bin_link;
mod place;
pub mod summary;
pub mod track;

use domain::{insight::tape::Tape, zone::Zone};
use leptos::prelude::*;

use self::{axis::Axis, summary::Summary, track::Track};
use crate::{api::overview::Away, state::Clock};

/// What a mark of the tape means, and how it is drawn.
const LEGEND: [(&str, &str); 5] =
    [("up", "Completed"), ("rn", "Running"), ("dn", "Failed"), ("nd", "Needs you"), ("pl", "Scheduled")];

/// The ribbon above the panels, with what happened while the founder was away. Needs the page's [`Clock`].
#[component]
pub fn MissionTape(
    /// The bins.
    tape: Tape,
    /// How long the founder was away, where that is known.
    visit: Option<Away>,
) -> impl IntoView {
    let clock = use_context::<Clock>();
    let zone = clock.map_or_else(Zone::utc, |clock| clock.zone().clone());
    // Who came back before the tape begins has seen all of it.
    let visit = visit.filter(|away| away.to > tape.start);
    let start = tape.start;
    let key = |(kind, word): (&'static str, &'static str)| {
        view! {
            <span>
                <i class="tape-key" data-kind=kind></i>
                {word}
            </span>
        }
    };
    view! {
        <section class="tape" aria-label="Mission tape: the last 24 hours and the next 6">
            <div class="tape-head">
                <Summary visit tape=tape.clone() zone=zone.clone()/>
                <span class="tape-legend" aria-hidden="true">
                    {LEGEND.map(key).collect_view()}
                </span>
            </div>
            <Track tape visit zone=zone.clone()/>
            <Axis start zone/>
        </section>
    }
    .into_any()
}
