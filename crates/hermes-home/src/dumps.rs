//! `sessions/request_dump_*.json`: model calls that failed for good. Only four fields are taken: the request itself
//! holds the whole conversation, and keys.

use std::{fs, io, path::Path};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use domain::event::{EventLevel, EventType};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    links::{self, Dumps},
    pass::Notes,
    session::{happening::Happening, tool::short},
};

/// A dump larger than this is not opened, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

#[derive(Deserialize)]
struct Raw {
    timestamp: Option<String>,
    session_id: Option<String>,
    reason: Option<String>,
    error: Option<Value>,
}

/// Reads the dumps that `known` does not name yet. Returns the sessions that they are of, and how many files there
/// are.
pub(crate) fn read(
    folder: &Path,
    known: &mut std::collections::HashSet<String>,
    dumps: &mut Dumps,
    notes: &mut Notes,
    work: &mut crate::Work,
    place: &str,
) -> io::Result<Vec<String>> {
    let mut touched = Vec::new();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name.starts_with("request_dump_")
            && Path::new(&name).extension().is_some_and(|end| end == "json");
        if ours && !known.contains(&name) {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    for (name, path) in found {
        work.files_read += 1;
        match one(&path) {
            Ok(dump) => {
                known.insert(name);
                if let Some((session, dump)) = dump
                    && dumps.get(&session).is_none_or(|earlier| earlier.local < dump.local)
                {
                    dumps.insert(session.clone(), dump);
                    touched.push(session);
                }
            }
            // Perhaps it is still being written: the next look tries again.
            Err(error) => notes.skip(format!("{place}/{name}"), error.to_string()),
        }
    }
    Ok(touched)
}

fn one(path: &Path) -> io::Result<Option<(String, links::Dump)>> {
    let metadata = fs::metadata(path)?;
    let size = metadata.len();
    if size > LARGEST {
        return Err(io::Error::other(format!("{size} bytes are more than the {LARGEST} that are read")));
    }
    let dump: Raw = serde_json::from_slice(&fs::read(path)?).map_err(io::Error::other)?;
    let at = dump.timestamp.as_deref().and_then(|text| {
        // Some writers add a zone; the wall clock is what all of them have.
        text.get(..26.min(text.len())).and_then(|text| text.trim_end_matches(['Z', '+', '-']).parse().ok())
    });
    let written_at = metadata.modified().ok().map(DateTime::<Utc>::from);
    let reason = said(dump.reason.as_deref(), dump.error.as_ref());
    Ok(dump.session_id.zip(at).map(|(session, local)| (session, links::Dump { local, written_at, reason })))
}

fn said(reason: Option<&str>, error: Option<&Value>) -> String {
    let error = error.unwrap_or(&Value::Null);
    let status = error.get("status_code").and_then(Value::as_u64);
    let message = error.get("message").and_then(Value::as_str).or_else(|| error.as_str()).map(short);
    let reason = reason.map(|reason| reason.replace('_', " "));
    let status = status.map(|status| format!("HTTP {status}"));
    let parts: Vec<String> = [status, message.or(reason)].into_iter().flatten().collect();
    if parts.is_empty() {
        "The model call failed".to_owned()
    } else {
        format!("The model call failed: {}", parts.join(", "))
    }
}

/// The time of a dump. The file has the wall clock of the agent's machine without a zone; the session's id has the
/// same clock's word for its start, whose UTC is known: their difference is the zone. Ids that callers give have no clock; then the file's own
/// time tells.
pub(crate) fn in_utc(
    local: NaiveDateTime,
    session: &str,
    started_at: Option<DateTime<Utc>>,
    written_at: Option<DateTime<Utc>>,
) -> DateTime<Utc> {
    // The file was written at that very moment, unless it was copied since.
    if let Some(written) = written_at {
        let quarters = ((local.and_utc() - written).num_seconds() + 450).div_euclid(900);
        let at = local.and_utc() - TimeDelta::minutes(15 * quarters);
        if quarters.abs() <= 56 && (at - written).abs() < TimeDelta::minutes(1) {
            return at;
        }
    }
    // `20261122_171429_9eecf5`, `cron_<job>_20261122_171634`
    let ends = [session.get(..15), session.get(session.len().saturating_sub(15)..)];
    let clock = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%d_%H%M%S").ok();
    let start = ends.into_iter().flatten().find_map(clock);
    let offset = start.zip(started_at).map_or(TimeDelta::zero(), |(local, utc)| {
        let quarters = ((local.and_utc() - utc).num_seconds() + 450).div_euclid(900);
        // A few days at most, else it is no zone.
        TimeDelta::minutes(15 * quarters.clamp(-96, 96))
    });
    local.and_utc() - offset
}

/// The event of a dump.
pub(crate) fn event(at: DateTime<Utc>, reason: &str) -> Happening {
    let key = format!("dump:{}", at.timestamp_micros());
    Happening::new(key, at, EventType::Error, EventLevel::Error, reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_of_a_dump_is_that_of_its_session_s_id() {
        let local = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let utc = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let started = Some(utc("2026-11-22T11:44:30.2Z"));
        let at = in_utc(local("2026-11-22T17:14:34.635405"), "20261122_171429_9eecf5", started, None);
        assert_eq!(at, utc("2026-11-22T11:44:34.635405Z"));
        assert_eq!(
            in_utc(local("2026-11-22T17:14:34"), "mc-task-42", started, None),
            utc("2026-11-22T17:14:34Z")
        );
        let written = Some(utc("2026-11-22T22:14:35Z"));
        let at = in_utc(local("2026-11-22T17:14:34"), "mc-task-42", started, written);
        assert_eq!(at, utc("2026-11-22T22:14:34Z"));
        let copied = Some(utc("2026-11-24T02:54:07Z"));
        assert_eq!(in_utc(local("2026-11-22T17:14:34"), "x", started, copied), utc("2026-11-22T17:14:34Z"));
    }
}
