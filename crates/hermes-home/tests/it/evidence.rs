//! The agent's own account of tests and checks lies in a database of its own, so it is read before or after the rows of
//! the commands: it comes to the same.

use std::path::Path;

use chrono::TimeDelta;
use domain::event::EventType;
use hermes_fake::Plan;

use crate::harness::{
    Ledger,
    db::{replace, sql},
    made, now, reader, same,
};

/// What the agent says of a command that ended so many seconds after the time of the tests.
async fn verified(home: &Path, session: &str, at: i64, command: &str, kind: &str, passed: bool) {
    let (status, code) = if passed { ("passed", 0) } else { ("failed", 1) };
    let statements = format!(
        "insert into verification_events (created_at, session_id, cwd, root, command, canonical_command, kind, scope, status, \
         exit_code, output_summary) values ('{}', '{session}', '/srv/x', '/srv/x', '{command}', '{command}', '{kind}', 'full', \
         '{status}', {code}, 'all of it')",
        (now() + TimeDelta::seconds(at)).to_rfc3339()
    );
    sql(home, "verification_evidence.db", &statements).await;
}

/// The parts of a story: rows of a session, and what the agent says of them.
const PARTS: usize = 6;

async fn write(home: &Path, part: usize) {
    match part {
        0 => {
            made::session(home, "s", "cli", 0).await;
            made::asked(home, "s", 1, "Fix it").await;
            made::called(home, "s", 2, "call_1", "npm test").await;
        }
        1 => verified(home, "s", 9, "npm test", "test", false).await,
        2 => made::returned(home, "s", 10, "call_1", 1).await,
        3 => {
            made::called(home, "s", 11, "call_2", "npm test").await;
            made::returned(home, "s", 15, "call_2", 0).await;
            made::called(home, "s", 16, "call_3", "npm run lint").await;
            made::returned(home, "s", 18, "call_3", 0).await;
        }
        4 => {
            verified(home, "s", 15, "npm test", "test", true).await;
            verified(home, "s", 18, "npm run lint", "lint", true).await;
        }
        _ => made::answered(home, "s", 40, "Fixed").await,
    }
}

#[tokio::test]
async fn a_check_is_one_event_whichever_of_its_accounts_is_read_first() {
    let told = made::home().await;
    for part in 0..PARTS {
        write(told.path(), part).await;
    }
    let at = now() + TimeDelta::minutes(1);
    let fresh = Ledger::new();
    let mut once = reader(told.path());
    fresh.finish_at(&mut once, at).await;
    let report = once.report(&fresh).await.unwrap();
    let events = fresh.events("hermes:default:s").await;
    let checks: Vec<&str> = events
        .iter()
        .filter(|event| event.event_type == EventType::TestRun)
        .map(|event| event.message.as_str())
        .collect();
    assert_eq!(checks, ["test failed: npm test", "test passed: npm test", "lint passed: npm run lint"]);
    assert_eq!(report.total.events, events.len() as u64);

    for order in
        [[0, 1, 2, 3, 4, 5], [0, 2, 1, 4, 3, 5], [1, 0, 2, 4, 3, 5], [0, 2, 3, 5, 1, 4], [1, 4, 0, 2, 3, 5]]
    {
        for restart in [false, true] {
            let told = format!("{order:?}, restart: {restart}");
            let home = made::home().await;
            let ledger = Ledger::new();
            let mut follower = reader(home.path());
            for part in order {
                write(home.path(), part).await;
                if restart {
                    follower = reader(home.path());
                }
                ledger.finish_at(&mut follower, at).await;
            }
            same(&ledger.dump().await, &fresh.dump().await, &told);
            assert_eq!(follower.report(&ledger).await.unwrap(), report, "{told}");
        }
    }
}

#[tokio::test]
async fn a_check_of_a_command_that_no_row_tells_is_told_when_the_rows_are_past_it() {
    let home = made::home().await;
    write(home.path(), 0).await;
    write(home.path(), 1).await;
    let ledger = Ledger::new();
    let mut follower = reader(home.path());
    ledger.finish_at(&mut follower, now() + TimeDelta::minutes(1)).await;
    let tests = async |ledger: &Ledger| {
        let events = ledger.events("hermes:default:s").await;
        events.iter().filter(|event| event.event_type == EventType::TestRun).count()
    };
    assert_eq!(tests(&ledger).await, 0, "its row may still come");
    // Nothing comes: the session was killed.
    let later = now() + TimeDelta::hours(1);
    ledger.finish_at(&mut follower, later).await;
    assert_eq!(tests(&ledger).await, 1);
    let fresh = Ledger::new();
    fresh.finish_at(&mut reader(home.path()), later).await;
    same(&ledger.dump().await, &fresh.dump().await, "killed");
}

#[tokio::test]
async fn the_evidence_of_a_whole_home_may_come_late() {
    let dir = tempfile::tempdir().unwrap();
    let plan = Plan { sessions: 30, prompt_bytes: 200, running: 0, search: false, ..Plan::new(8, now()) };
    hermes_fake::home(dir.path(), &plan).await.unwrap();
    let fresh = Ledger::new();
    let report = fresh.report(dir.path()).await;
    assert!(report.total.verification_runs > 3, "{}", report.total.verification_runs);
    let path = dir.path().join("verification_evidence.db");
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(dir.path()).await;
    replace(&path, &bytes);
    ledger.finish(&mut reader).await;
    same(&ledger.dump().await, &fresh.dump().await, "late evidence");
    assert_eq!(reader.report(&ledger).await.unwrap(), report);
}
