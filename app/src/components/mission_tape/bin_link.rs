//! Ten minutes of the tape: the marks, what they say, and where they lead.

use chrono::TimeDelta;
use domain::{facts::BIN_SECONDS, insight::tape::TapeBin, task::TaskStatus, zone::Zone};
use leptos::{html, prelude::*};

use super::place::COLUMNS;
use crate::{
    components::{Told, founder_attention_queue, scheduled_next},
    format, links,
};

/// How many units of work are drawn in a bin; the scale never changes, so more than that is only told.
const MOST: u64 = 7;
/// How many units of hung failures have room.
const MOST_FAILED: u64 = 3;
/// A scheduled mark stands on what is drawn below it, but never leaves the track.
const MOST_UNDER: u64 = 4;
/// From this many columns at either end on, a tip is held at its bin's edge and not over its middle.
const EDGE: i64 = 40;

/// How high completed and running work are drawn in a bin that has both: neither hides the other.
fn heights(completed: u64, running: u64) -> (u64, u64) {
    let room = if completed > 0 { 3 } else { MOST };
    let running = running.min(room.max(MOST.saturating_sub(completed)));
    (completed.min(MOST - running), running)
}

/// `Sun 04:10 – 04:20`: the tape is longer than a day, so the clock alone would not tell.
fn range(bin: &TapeBin, zone: &Zone) -> (String, String) {
    use chrono::Datelike;
    let day = zone.local(bin.at).0.weekday();
    let end = bin.at + TimeDelta::seconds(BIN_SECONDS);
    (format!("{day} {}", format::clock(bin.at, zone)), format::clock(end, zone))
}

/// What is in it: `3 completed`, `1 failed` …
fn counts(bin: &TapeBin) -> Vec<String> {
    let needs = if bin.needs == 1 { "needs you" } else { "need you" };
    let all = [
        (bin.completed, "completed"),
        (bin.failed, "failed"),
        (bin.running, "started, running now"),
        (bin.needs, needs),
        (bin.planned, "scheduled"),
    ];
    let some = all.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, what)| format!("{} {what}", format::number(count))).collect()
}

/// Where it leads: to what ended in its ten minutes, else to what began in them and runs, else to what needs the founder.
fn href(bin: &TapeBin) -> String {
    match bin {
        TapeBin { failed: 1.., .. } | TapeBin { completed: 1.., .. } => {
            links::tasks_ended(None, None, bin.at, bin.at + TimeDelta::seconds(BIN_SECONDS))
        }
        TapeBin { running: 1.., .. } => links::tasks(TaskStatus::Running),
        TapeBin { needs: 1.., .. } => founder_attention_queue::ANCHOR.to_owned(),
        _ => format!("#{}", scheduled_next::ID),
    }
}

/// `and 2 more`, where there are more than are named.
fn rest(all: u64, named: usize) -> Option<String> {
    let rest = all.saturating_sub(named as u64);
    (named > 0 && rest > 0).then(|| format!("and {} more", format::number(rest)))
}

/// All of it in one sentence, for those who do not see it.
fn label(bin: &TapeBin, zone: &Zone) -> String {
    let (from, to) = range(bin, zone);
    let mut label = format!("{from} to {to}: {}", counts(bin).join(", "));
    let failures: Vec<_> = bin.failures.iter().map(|task| format::plain(&task.title)).collect();
    let jobs: Vec<_> = bin.jobs.iter().map(|name| format::plain(name)).collect();
    for (what, names, all) in [("Failed", failures, bin.failed), ("Scheduled", jobs, bin.planned)] {
        if names.is_empty() {
            continue;
        }
        let more = rest(all, names.len()).map_or_else(String::new, |more| format!(", {more}"));
        label = format!("{label}. {what}: {}{more}", names.join(", "));
    }
    label
}

/// A link with the marks of its bin.
#[component]
pub fn BinLink(
    /// The bin.
    bin: TapeBin,
    /// Its column.
    column: i64,
    /// The founder's time zone.
    zone: Zone,
    /// The element, to give it the focus.
    node: NodeRef<html::A>,
    /// Its `tabindex`, once scripts run.
    tab: Signal<Option<&'static str>>,
    /// Called when it has the focus.
    seen: impl Fn() + 'static,
) -> impl IntoView {
    let href = href(&bin);
    // An anchor of this page is left to the browser.
    let rel = href.starts_with('#').then_some("external");
    let label = label(&bin, &zone);
    let (up, rn) = heights(bin.completed, bin.running);
    let under = (up + rn).min(MOST_UNDER);
    let failed = bin.failed.min(MOST_FAILED);
    view! {
        <a
            class="bin"
            href=href
            rel=rel
            style=format!("--c:{column}")
            aria-label=label
            tabindex=move || tab.get()
            node_ref=node
            on:focus=move |_| seen()
        >
            {(up > 0).then(|| view! { <i class="up" style=format!("--n:{up}")></i> })}
            {(rn > 0).then(|| view! { <i class="rn" style=format!("--n:{rn};--under:{up}")></i> })}
            {(failed > 0).then(|| view! { <i class="dn" style=format!("--n:{failed}")></i> })}
            {(bin.needs > 0).then(|| view! { <i class="nd"></i> })}
            {(bin.planned > 0).then(|| view! { <i class="pl" style=format!("--under:{under}")></i> })}
            <Tip bin column zone/>
        </a>
    }
    .into_any()
}

/// What a bin holds, while the pointer or the focus is on it.
#[component]
fn Tip(bin: TapeBin, column: i64, zone: Zone) -> impl IntoView {
    let (from, to) = range(&bin, &zone);
    let counts = counts(&bin).join(" · ");
    let edge = match column {
        ..=EDGE => Some("start"),
        _ if column > COLUMNS - EDGE => Some("end"),
        _ => None,
    };
    let more = [rest(bin.failed, bin.failures.len()), rest(bin.planned, bin.jobs.len())];
    let [more_failed, more_planned] =
        more.map(|more| more.map(|more| view! { <span class="t3">{more}</span> }));
    let name = |text: String| {
        view! {
            <span class="t3 trunc">
                <Told text/>
            </span>
        }
    };
    view! {
        <span class="tip" data-edge=edge aria-hidden="true">
            <b>{format!("{from} – {to}")}</b>
            <span class="t2">{counts}</span>
            {bin.failures.into_iter().map(|task| name(task.title)).collect_view()}
            {more_failed}
            {bin.jobs.into_iter().map(name).collect_view()}
            {more_planned}
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completed_and_running_are_both_drawn_within_the_track() {
        assert_eq!(heights(2, 1), (2, 1));
        assert_eq!(heights(0, 9), (0, 7));
        assert_eq!(heights(9, 0), (7, 0));
        assert_eq!(heights(200, 1), (6, 1));
        assert_eq!(heights(200, 200), (4, 3));
        assert_eq!(heights(1, 200), (1, 6));
    }

    #[test]
    fn what_is_not_named_is_counted() {
        assert_eq!(rest(5, 3).as_deref(), Some("and 2 more"));
        assert_eq!(rest(3, 3), None);
        assert_eq!(rest(3, 0), None);
    }
}
