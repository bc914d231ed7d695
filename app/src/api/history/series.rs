//! The charts of the history: what is drawn, what is told, where each point leads.

use domain::{
    insight::history::{Figures, History, Part},
    task::TaskStatus,
    zone::Zone,
};

use super::figures::{day, last_moment};
use crate::{
    chart::{
        ChartRow, ChartView,
        options::{LineOf, bars, lines, seven_day_mean},
    },
    format, links,
};

/// A chart with its title and its note.
type Titled = (String, String, ChartView);

/// What is counted in one chart.
struct Count {
    name: &'static str,
    tone: &'static str,
    token: &'static str,
    of: fn(&Figures) -> u64,
    /// What the ledger lists of it.
    status: Option<TaskStatus>,
}

const COUNTS: [Count; 3] = [
    Count {
        name: "Completed",
        tone: "ok",
        token: "--chart-ok",
        of: |figures| figures.completed,
        status: Some(TaskStatus::Completed),
    },
    Count {
        name: "Failed",
        tone: "danger",
        token: "--chart-danger",
        of: |figures| figures.failed,
        status: Some(TaskStatus::Failed),
    },
    // The ledger knows where tasks stand now, not which were blocked then.
    Count {
        name: "Blocked",
        tone: "warn",
        token: "--chart-warn",
        of: |figures| figures.blocked,
        status: None,
    },
];

/// Completed, failed and blocked tasks over time, each with a scale of its own.
pub(super) fn activity(history: &History, zone: &Zone) -> Vec<Titled> {
    let unit = if history.by_week { "week" } else { "day" };
    let labels: Vec<String> = history.parts.iter().map(|part| day(part.from, zone)).collect();
    COUNTS.iter().map(|count| one(count, unit, &labels, history, zone)).collect()
}

fn one(count: &Count, unit: &str, labels: &[String], history: &History, zone: &Zone) -> Titled {
    let values: Vec<Option<u64>> =
        history.parts.iter().map(|part| known(history, part).then(|| (count.of)(&part.figures))).collect();
    let lead = count.status == Some(TaskStatus::Completed);
    let mean = (lead && !history.by_week).then(|| seven_day_mean(&values));
    let total = (count.of)(&history.total);
    let before = history.before.as_ref().map(count.of);
    let note = match before {
        Some(before) if before > total => {
            format!("{}, down {}", format::number(total), format::number(before - total))
        }
        Some(before) if before < total => {
            format!("{}, up {}", format::number(total), format::number(total - before))
        }
        Some(_) => format!("{}, same as before", format::number(total)),
        None => format::number(total),
    };
    let most = values.iter().copied().flatten().max().unwrap_or(0);
    let summary = format!(
        "{} tasks per {unit}: {} in {}, {} at most.",
        count.name,
        format::number(total),
        format::count(values.len() as u64, unit, &format!("{unit}s")),
        format::number(most),
    );
    let row = |(part, value): (&Part, &Option<u64>)| ChartRow {
        label: label(part, history.by_week, zone),
        href: count.status.filter(|_| *value > Some(0)).map(|status| ledger(history, part, status)),
        cells: vec![value.map(format::number).unwrap_or_default()],
    };
    let chart = ChartView {
        summary,
        tone: count.tone.to_owned(),
        tall: lead,
        option: bars(labels, count.name, count.token, &values, mean),
        head: vec![if history.by_week { "Week" } else { "Day" }.to_owned(), count.name.to_owned()],
        rows: history.parts.iter().zip(&values).map(row).collect(),
        values: values.into_iter().map(Option::unwrap_or_default).collect(),
    };
    (format!("{} tasks per {unit}", count.name), note, chart)
}

/// How long tasks took: median and nine of ten beside the mean.
pub(super) fn durations(history: &History, zone: &Zone) -> Titled {
    let labels: Vec<String> = history.parts.iter().map(|part| day(part.from, zone)).collect();
    let of = |of: fn(&Figures) -> Option<u64>| history.parts.iter().map(move |part| of(&part.figures));
    let (median, p90, mean) = (
        |figures: &Figures| figures.median_ms,
        |figures: &Figures| figures.p90_ms,
        |figures: &Figures| figures.mean_ms,
    );
    let (unit, ms) = unit(of(p90).flatten().max().unwrap_or(0));
    let line = |name, token, dashed, which: fn(&Figures) -> Option<u64>| LineOf {
        name,
        token,
        dashed,
        values: of(which).map(|value| value.map(|value| in_unit(value, ms))).collect(),
    };
    let told = |value: Option<u64>| value.map(format::duration).unwrap_or_default();
    let row = |part: &Part| ChartRow {
        label: label(part, history.by_week, zone),
        href: None,
        cells: vec![
            told(part.figures.median_ms),
            told(part.figures.p90_ms),
            told(part.figures.mean_ms),
            if known(history, part) { format::number(part.figures.timed) } else { String::new() },
        ],
    };
    let per = if history.by_week { "week" } else { "day" };
    let total = &history.total;
    let summary = match (total.median_ms, total.p90_ms, total.mean_ms) {
        (Some(median), Some(p90), Some(mean)) => format!(
            "Duration of completed tasks per {per}: median {}, nine of ten within {}, mean {}, of {} that have one.",
            format::duration(median),
            format::duration(p90),
            format::duration(mean),
            format::count(total.timed, "task", "tasks"),
        ),
        _ => "No completed task of the span has a duration.".to_owned(),
    };
    let note = total
        .median_ms
        .map_or_else(|| "unknown".to_owned(), |median| format!("median {}", format::duration(median)));
    let chart = ChartView {
        summary,
        tone: "accent".to_owned(),
        tall: false,
        values: of(median).map(Option::unwrap_or_default).collect(),
        option: lines(
            &labels,
            unit,
            vec![
                line("Median", "--chart-accent", false, median),
                line("9 of 10 within", "--chart-warn", false, p90),
                line("Mean", "--text-3", true, mean),
            ],
        ),
        head: [if history.by_week { "Week" } else { "Day" }, "Median", "9 of 10 within", "Mean", "Tasks"]
            .map(str::to_owned)
            .to_vec(),
        rows: history.parts.iter().map(row).collect(),
    };
    ("Task duration".to_owned(), note, chart)
}

/// Whether anything is known of the part: of what was before the first thing that was told, nothing is.
fn known(history: &History, part: &Part) -> bool {
    history.known_since.is_some_and(|since| since < part.to)
}

/// The unit in which the longest of them is a number of few digits, and its milliseconds.
fn unit(most: u64) -> (&'static str, u64) {
    match most {
        0..600_000 => ("s", 1_000),
        600_000..36_000_000 => ("m", 60_000),
        _ => ("h", 3_600_000),
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds")]
fn in_unit(value: u64, ms: u64) -> f64 {
    (value as f64 / ms as f64 * 10.0).round() / 10.0
}

fn label(part: &Part, by_week: bool, zone: &Zone) -> String {
    if by_week {
        format!("{} – {}", day(part.from, zone), day(last_moment(part.to), zone))
    } else {
        zone.local(part.from).0.format("%a %-d %b").to_string()
    }
}

/// The ledger with the tasks of that status that ended in the part.
fn ledger(history: &History, part: &Part, status: TaskStatus) -> String {
    links::tasks_ended(Some(status), history.product_id.as_ref(), part.from, part.to)
}
