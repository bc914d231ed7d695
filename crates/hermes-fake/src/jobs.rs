//! `cron/jobs.json`: scheduled jobs. Hermes replaces the whole file at each change, and never writes into it.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
};

use anyhow::{Context as _, Result};
use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use serde_json::{Value, json};

use crate::{
    projects::Project,
    rng::Rng,
    rows::MODEL,
    stamp::{self, Time},
    words,
};

const FILE: &str = "cron/jobs.json";

/// So many jobs for the projects.
pub(crate) fn make(rng: &mut Rng, projects: &[Project], count: usize, now: Time) -> Vec<Value> {
    (0..count).map(|index| job(rng, &projects[index % projects.len()], index, now)).collect()
}

fn job(rng: &mut Rng, project: &Project, index: usize, now: Time) -> Value {
    let name = words::about(words::JOBS[index % words::JOBS.len()], &project.slug);
    let script = index % 6 == 2;
    let display = |kind: &str, text: &str| json!({ "kind": kind, "expr": text, "display": text });
    let schedule = match index % 9 {
        0 | 5 => json!({ "kind": "interval", "minutes": 30, "display": "every 30m" }),
        1 | 4 => display("cron", "0 3 * * *"),
        8 => json!({ "kind": "once", "run_at": stamp::iso(now + TimeDelta::hours(5)), "display": "once" }),
        _ => display("cron", "0 * * * *"),
    };
    let state = if index % 11 == 10 { "paused" } else { "scheduled" };
    let created = now - TimeDelta::days(100);
    let mut job = json!({
        "id": rng.hex(12),
        "name": name,
        "prompt": if script { String::new() } else { format!("Run the job {name} and report") },
        "skills": [], "skill": null, "model": null, "provider": null,
        "provider_snapshot": if script { Value::Null } else { json!("custom") },
        "model_snapshot": if script { Value::Null } else { json!(MODEL) },
        "base_url": null,
        "script": if script { json!("check.sh") } else { Value::Null },
        "no_agent": script,
        "context_from": null,
        "schedule_display": schedule["display"],
        "schedule": schedule,
        "repeat": { "times": null, "completed": 0 },
        "enabled": state == "scheduled",
        "state": state,
        "paused_at": if state == "paused" { json!(stamp::iso(now - TimeDelta::days(3))) } else { Value::Null },
        "paused_reason": null,
        "created_at": stamp::iso(created),
        "next_run_at": null, "last_run_at": null, "last_status": null, "last_error": null, "last_delivery_error": null,
        "deliver": "local", "origin": null, "enabled_toolsets": null,
        "workdir": if index.is_multiple_of(3) { json!(project.path) } else { Value::Null },
        "fire_claim": null,
    });
    plan_next(&mut job, now);
    job
}

/// Notes that a job ran: what `hermes cron` does after an attempt.
pub(crate) fn ran(job: &mut Value, at: Time, error: Option<&str>) {
    job["last_run_at"] = json!(stamp::iso(at));
    job["last_status"] = json!(if error.is_some() { "error" } else { "ok" });
    job["last_error"] = json!(error);
    job["repeat"]["completed"] = json!(job["repeat"]["completed"].as_i64().unwrap_or(0) + 1);
    if job["schedule"]["kind"] == "once" {
        job["state"] = json!("completed");
        job["enabled"] = json!(false);
    }
    plan_next(job, at);
}

/// Sets when the job runs next, seen from `now`.
fn plan_next(job: &mut Value, now: Time) {
    let next = match (job["state"].as_str(), job["schedule"]["kind"].as_str()) {
        (Some("scheduled"), Some("interval")) => {
            Some(now + TimeDelta::minutes(job["schedule"]["minutes"].as_i64().unwrap_or(30)))
        }
        (Some("scheduled"), Some("cron")) => Some(next_hour(now, job["schedule"]["expr"] == "0 3 * * *")),
        (Some("scheduled"), _) => {
            job["schedule"]["run_at"].as_str().and_then(|at| at.parse::<DateTime<Utc>>().ok())
        }
        _ => None,
    };
    job["next_run_at"] = json!(next.map(stamp::iso));
}

/// The next full hour, or the next 03:00.
fn next_hour(now: Time, at_three: bool) -> Time {
    let hour = now - TimeDelta::seconds(i64::from(now.num_seconds_from_midnight() % 3600));
    let hour = hour.with_nanosecond(0).unwrap_or(hour) + TimeDelta::hours(1);
    if at_three { hour + TimeDelta::hours(i64::from((27 - hour.hour()) % 24)) } else { hour }
}

/// Replaces the file: written beside it, flushed, renamed.
pub(crate) fn save(home: &Path, jobs: &[Value], at: Time, bom: bool) -> Result<()> {
    let path = home.join(FILE);
    let beside = home.join("cron/.jobs_fake.tmp");
    fs::create_dir_all(home.join("cron"))?;
    let text = serde_json::to_string_pretty(&json!({ "jobs": jobs, "updated_at": stamp::iso(at) }))?;
    let mut file = File::create(&beside).with_context(|| beside.display().to_string())?;
    if bom {
        file.write_all(b"\xef\xbb\xbf")?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, &path).with_context(|| path.display().to_string())
}

/// The jobs of a home, and whether the file begins with a byte order mark.
pub(crate) fn load(home: &Path) -> Result<(Vec<Value>, bool)> {
    let path = home.join(FILE);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let plain = text.trim_start_matches('\u{feff}');
    let mut whole: Value = serde_json::from_str(plain).with_context(|| path.display().to_string())?;
    let jobs = whole["jobs"].take();
    Ok((jobs.as_array().cloned().unwrap_or_default(), plain.len() < text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_planned_ahead() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(next_hour(at("2026-11-22T17:12:14.5Z"), false), at("2026-11-22T18:00:00Z"));
        assert_eq!(next_hour(at("2026-11-22T17:12:14.5Z"), true), at("2026-11-23T03:00:00Z"));
        assert_eq!(next_hour(at("2026-11-22T02:59:59Z"), true), at("2026-11-22T03:00:00Z"));
        assert_eq!(next_hour(at("2026-11-22T03:00:00Z"), true), at("2026-11-23T03:00:00Z"));
    }
}
