//! What happened while the founder was away, in words.

use chrono::{DateTime, Utc};
use domain::{facts::bin, insight::tape::Tape, zone::Zone};
use leptos::prelude::*;

use crate::{api::overview::Away, format, state::Clock};

/// What the words are about, and from when to when the bins are counted.
struct Span {
    what: &'static str,
    when: Option<String>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

/// The absence, where all of it lies on the tape; else the whole of the last 24 hours, and since when the founder was
/// away as far as that is known: no sum claims more than was counted.
fn span(tape: &Tape, visit: Option<Away>, now: DateTime<Utc>, zone: &Zone) -> Span {
    let day = |when| Span { what: "Last 24 hours", when, from: tape.start, to: now };
    match visit {
        // Whole bins: what ended minutes after the last view must not be lost.
        Some(away) if bin(away.from) >= tape.start => {
            let clock = |at| format::clock(at, zone);
            let when = Some(format!("{} – {}", clock(away.from), clock(away.to)));
            Span { what: "While you were away", when, from: bin(away.from), to: away.to }
        }
        Some(away) => day(Some(format!("you were away since {}", format::day_clock(away.from, zone)))),
        None => day(None),
    }
}

/// `While you were away 23:18 – 08:55 · 26 completed · 7 failed · 4 need you`
#[component]
pub fn Summary(
    /// The bins.
    tape: Tape,
    /// How long the founder was away, where that is known and ends on the tape.
    visit: Option<Away>,
    /// The founder's time zone.
    zone: Zone,
) -> impl IntoView {
    let now = use_context::<Clock>().map_or(tape.start, |clock| clock.started());
    let span = span(&tape, visit, now, &zone);
    let (completed, failed, needs) = tape.between(span.from, span.to);
    let title = format!(
        "Counted in whole bins of ten minutes, from {} on. What needs you is what has needed you since then, and still does.",
        format::day_clock(span.from, &zone),
    );
    let tone = |count: u64, tone: &'static str| (count > 0).then_some(tone);
    let need = if needs == 1 { "needs you" } else { "need you" };
    view! {
        <p class="tape-sum" title=title>
            {span.what}
            {span.when.map(|when| view! { <span class="tape-when">{format!(" {when}")}</span> })}
            <span class="dotsep">
                <b>{format::number(completed)}</b>
                " completed"
            </span>
            <span class="dotsep">
                <b data-tone=tone(failed, "danger")>{format::number(failed)}</b>
                " failed"
            </span>
            <span class="dotsep">
                <b data-tone=tone(needs, "warn")>{format::number(needs)}</b>
                " "
                {need}
            </span>
        </p>
    }
    .into_any()
}
