//! The hours under the tape, as the founder's clock shows them.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use domain::{facts::BIN_SECONDS, zone::Zone};
use leptos::prelude::*;

use super::place::{AHEAD, COLUMNS, percent};
use crate::{format, state::Clock};

/// Where "now" stands, in percent.
#[expect(clippy::cast_precision_loss, reason = "180 columns")]
const NOW: f64 = (AHEAD - 1) as f64 / COLUMNS as f64 * 100.0;

/// Every offset in use is a multiple of this, so no full hour is missed.
const STEP_SECONDS: i64 = 5 * 60;

/// How close to an end, or to "now", a label has no room: anywhere, and on a phone.
const EDGE: f64 = 3.5;
const NEAR: f64 = 6.5;
const NEAR_ON_PHONES: f64 = 16.0;

/// An hour under the tape.
#[derive(Debug, PartialEq)]
struct Label {
    /// How far along the tape, in percent.
    x: f64,
    text: String,
    /// Left out on phones.
    minor: bool,
}

/// Every third hour; each day's first one says which day it is.
fn labels(start: DateTime<Utc>, zone: &Zone) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut day = None;
    for step in 0..COLUMNS * BIN_SECONDS / STEP_SECONDS {
        let at = start + TimeDelta::seconds(step * STEP_SECONDS);
        let (local, _) = zone.local(at);
        let x = percent(start, at);
        let full = local.minute() == 0 && local.hour() % 3 == 0;
        if !full || !(EDGE..=100.0 - EDGE).contains(&x) || (x - NOW).abs() < NEAR {
            continue;
        }
        let minor = local.hour() % 6 != 0 || (x - NOW).abs() < NEAR_ON_PHONES;
        let mut text = format::clock(at, zone);
        if (!minor || local.hour() == 0) && day != Some(local.weekday()) {
            day = Some(local.weekday());
            text = format!("{text} {}", local.weekday());
        }
        labels.push(Label { x, text, minor });
    }
    labels
}

/// The hours, and where now is.
#[component]
pub fn Axis(
    /// When the tape begins.
    start: DateTime<Utc>,
    /// The founder's time zone.
    zone: Zone,
) -> impl IntoView {
    let label = |Label { x, text, minor }: Label| {
        view! {
            <span style=format!("--x:{x:.2}") data-minor=minor.then_some("")>
                {text}
            </span>
        }
    };
    let now = use_context::<Clock>().map(|clock| {
        let shown = format::clock(clock.started(), &zone);
        // A page that has stood open for longer than a bin shows what was, and says so.
        let text = move || {
            let old = clock.now() - clock.started() >= TimeDelta::seconds(BIN_SECONDS);
            if old { format!("as of {shown}") } else { format!("{shown} now") }
        };
        view! { <span style=format!("--x:{NOW:.2}") data-now="">{text}</span> }
    });
    view! {
        <div class="tape-axis" aria-hidden="true">
            {labels(start, &zone).into_iter().map(label).collect_view()}
            {now}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::zone::Offset;

    use super::*;

    fn zone(seconds: i32) -> Zone {
        let from = "2026-01-01T00:00:00Z".parse().unwrap();
        Zone { name: "Test".to_owned(), offsets: vec![Offset { from, seconds, name: "T".to_owned() }] }
    }

    fn texts(seconds: i32) -> Vec<String> {
        let labels = labels("2026-05-24T16:50:00Z".parse().unwrap(), &zone(seconds));
        labels
            .into_iter()
            .map(|label| format!("{}{}", label.text, if label.minor { " minor" } else { "" }))
            .collect()
    }

    #[test]
    fn hours_are_the_founders_and_leave_room_for_now() {
        // 09:50 on Sunday until 15:50 on Monday; now is 09:50.
        let wanted = [
            "12:00 Sun",
            "15:00 minor",
            "18:00",
            "21:00 minor",
            "00:00 Mon",
            "03:00 minor",
            "06:00 minor",
            "12:00 minor",
        ];
        assert_eq!(texts(-7 * 3_600)[..8], wanted);
    }

    #[test]
    fn offsets_of_a_quarter_of_an_hour_have_full_hours_too() {
        assert!(texts(5 * 3_600 + 45 * 60).len() >= 8);
    }
}
