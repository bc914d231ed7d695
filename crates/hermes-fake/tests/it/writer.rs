//! An agent at work.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

use chrono::TimeDelta;
use hermes_fake::{Action, Plan, Writer};

use crate::dump::{count, make, now, rows};

fn small() -> Plan {
    Plan { sessions: 20, prompt_bytes: 1000, ..Plan::new(5, now()) }
}

#[tokio::test]
async fn the_same_steps_write_the_same_rows() {
    let mut both = Vec::new();
    for _ in 0..2 {
        let (home, _) = make(&small()).await;
        let mut writer = Writer::open(home.path(), 9).await.unwrap();
        let mut steps = Vec::new();
        for second in 0..300 {
            steps.push(writer.step(now() + TimeDelta::seconds(second)).await.unwrap());
        }
        writer.close().await.unwrap();
        both.push((steps, rows(home.path()).await));
    }
    assert_eq!(both[0], both[1]);
    let whats: BTreeSet<&str> = both[0].0.iter().map(|step| step.what).collect();
    for what in ["began", "asked for tools", "got a result", "answered", "settled", "claimed", "created"] {
        assert!(whats.contains(what), "{what} is not among {whats:?}");
    }
}

#[tokio::test]
async fn every_action_leaves_a_sound_home() {
    let (home, _) = make(&small()).await;
    let mut writer = Writer::open(home.path(), 2).await.unwrap();
    let mut done = Vec::new();
    for round in 0..40 {
        for action in [
            Action::Begin,
            Action::Continue,
            Action::Continue,
            Action::Compact,
            Action::Resume,
            Action::Rewind,
            Action::Card,
            Action::Attempt,
            Action::Jobs,
            Action::Kill,
        ] {
            if action == Action::Kill && round % 10 != 9 {
                continue;
            }
            let at = now() + TimeDelta::seconds(round);
            done.extend(writer.perform(action, at).await.unwrap().map(|step| step.action));
        }
    }
    for action in
        [Action::Compact, Action::Rewind, Action::Resume, Action::Kill, Action::Jobs, Action::Attempt]
    {
        assert!(done.contains(&action), "{action:?}");
    }
    writer.close().await.unwrap();
    let home = home.path();
    assert!(
        count(home, "state.db", "SELECT count(*) FROM messages WHERE active = 0 AND compacted = 1").await > 0
    );
    assert!(
        count(home, "state.db", "SELECT count(*) FROM messages WHERE active = 0 AND compacted = 0").await > 0
    );
    assert!(count(home, "state.db", "SELECT sum(rewind_count) FROM sessions").await > 0);
    let doubled = "SELECT count(*) FROM (SELECT 1 FROM messages WHERE active = 1 AND tool_call_id IS NOT NULL GROUP BY tool_call_id HAVING count(*) > 1)";
    assert_eq!(count(home, "state.db", doubled).await, 0);
    assert_eq!(count(home, "state.db", "SELECT count(*) FROM pragma_foreign_key_check").await, 0);
    let indexed = "SELECT (SELECT count(*) FROM messages) - (SELECT count(*) FROM messages_fts)";
    assert_eq!(count(home, "state.db", indexed).await, 0);
}

#[tokio::test]
async fn a_kill_in_a_transaction_leaves_nothing_but_the_log() {
    let (home, made) = make(&small()).await;
    let mut child = Command::new(env!("CARGO_BIN_EXE_hermes-fake"))
        .args(["write", "--steps", "0", "--kill-in-transaction"])
        .arg(home.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.ends_with("in a transaction\n"), "{line}");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(std::fs::metadata(home.path().join("state.db-wal")).unwrap().len() > 4096);
    assert_eq!(count(home.path(), "state.db", "SELECT count(*) FROM sessions").await, 20);
    let messages = count(home.path(), "state.db", "SELECT count(*) FROM messages").await;
    assert_eq!(usize::try_from(messages).unwrap(), made.messages);
}
