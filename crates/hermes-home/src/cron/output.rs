//! `cron/output/<job>/<YYYY-MM-DD_HH-MM-SS>.md`: what an execution brought.
//!
//! The names bear the wall clock of the agent's machine without a zone. Which execution a file is of is found by the
//! zone for which most names fit the times of executions.

use std::{collections::HashMap, fs, io, path::Path};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::{session::tool::clip, time};

/// How much of an output is kept, in bytes.
const OUTPUT: usize = 16 * 1024;

/// How far the name of a file and the end of its execution lie apart at most, in seconds.
const SLACK: i64 = 5;

/// The files of a job, by the time in their names.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<NaiveDateTime>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let stem = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        found.extend(stem.as_deref().and_then(time::in_file_name));
    }
    found.sort_unstable();
    Ok(found)
}

/// The difference between the agent's wall clock and UTC for which most names fit, in quarters of an hour.
pub(crate) fn zone<'a>(
    names: impl Fn(&str) -> &'a [NaiveDateTime],
    ended: impl Iterator<Item = (String, DateTime<Utc>)>,
) -> TimeDelta {
    let mut votes: HashMap<i64, usize> = HashMap::new();
    for (job, at) in ended {
        for name in names(&job) {
            let seconds = (name.and_utc() - at).num_seconds();
            let quarters = (seconds + 450).div_euclid(900);
            if (seconds - quarters * 900).abs() <= SLACK && quarters.abs() <= 56 {
                *votes.entry(quarters).or_default() += 1;
            }
        }
    }
    let best = votes.into_iter().max_by_key(|(quarters, votes)| (*votes, -quarters.abs()));
    TimeDelta::minutes(15 * best.map_or(0, |(quarters, _)| quarters))
}

/// The file of an execution that ended at `at`.
pub(crate) fn of(names: &[NaiveDateTime], at: DateTime<Utc>, zone: TimeDelta) -> Option<NaiveDateTime> {
    let local = (at + zone).naive_utc();
    let distance = |name: &&NaiveDateTime| (**name - local).num_seconds().abs();
    names.iter().min_by_key(distance).filter(|name| distance(name) <= SLACK).copied()
}

/// What the file at `path` says came out: what follows `## Response`, or all that follows the header.
pub(crate) fn read(path: &Path) -> io::Result<String> {
    let bytes = fs::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let body = match text.split_once("\n## Response") {
        Some((_, response)) => response,
        None => text.split_once("\n---\n").map_or_else(|| after_header(&text), |(_, rest)| rest),
    };
    Ok(clip(body.trim(), OUTPUT))
}

/// What follows the title and the `**Name:** value` lines.
fn after_header(text: &str) -> &str {
    let header = |line: &str| line.is_empty() || line.starts_with("# ") || line.starts_with("**");
    let mut rest = text;
    while let Some((line, others)) = rest.split_once('\n') {
        if !header(line.trim()) {
            break;
        }
        rest = others;
    }
    rest
}

/// The name of the file that bears that time.
pub(crate) fn file_name(at: NaiveDateTime) -> String {
    format!("{}.md", at.format("%Y-%m-%d_%H-%M-%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_find_their_executions_in_any_zone() {
        let utc = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let ends = [utc("2026-11-22T17:16:38.3Z"), utc("2026-11-22T17:46:02Z"), utc("2026-11-22T18:16:40Z")];
        for minutes in [0, 60, -300, 345] {
            let zone_there = TimeDelta::minutes(minutes);
            let names: Vec<NaiveDateTime> =
                ends.iter().map(|at| (*at + zone_there + TimeDelta::seconds(1)).naive_utc()).collect();
            let found = zone(|_| &names, ends.iter().map(|at| ("job".to_owned(), *at)));
            assert_eq!(found, zone_there);
            assert_eq!(of(&names, ends[1], found), Some(names[1]));
        }
        assert_eq!(of(&[], ends[0], TimeDelta::zero()), None);
    }
}
