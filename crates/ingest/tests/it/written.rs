//! What is written is read again, and what was redacted and cut once stays as it is.

use domain::{
    id::{LineId, TaskId},
    patch::Patch,
    task::TaskPatch,
    telemetry::{Body, Telemetry},
};
use ingest::{Decoder, redact::scrub, write_line};
use proptest::prelude::*;

fn read(text: &str) -> Telemetry {
    let mut decoded = Decoder::new([7; 32]).lines(text.as_bytes(), 1);
    assert_eq!((&decoded.rejected.first, &decoded.warnings.first), (&vec![], &vec![]), "{text}");
    decoded.lines.remove(0)
}

#[test]
fn a_written_line_says_the_same() {
    let recorded = include_str!("../../testdata/native/events-T.jsonl");
    let others = [
        r#"{"id":"l1","ts":"2026-11-20T09:00:00.123456Z","kind":"task","task":{"id":"t1","title":null,"tags":[],"progressPercent":33.3}}"#,
        r#"{"id":"l2","ts":"2026-11-20T09:00:00Z","kind":"agent","agent":{"id":"a","failureRate":0.1,"status":"healthy"}}"#,
        r#"{"id":"l3","ts":"2026-11-20T09:00:00Z","kind":"job","job":{"id":"j","name":"Nightly","removed":true}}"#,
        r#"{"id":"l4","ts":"2026-11-20T09:00:00Z","kind":"run","run":{"id":"r","taskId":"t","metrics":{"costUsd":0.1234567890123456}}}"#,
        r#"{"id":"l5","ts":"2026-11-20T09:00:00Z","kind":"merge","merge":{"from":"a","into":"b"}}"#,
    ];
    for text in recorded.lines().chain(others) {
        let line = read(text);
        let written = write_line(&line.id, line.ts, &line.body);
        assert!(written.ends_with("}\n"), "{written}");
        let again = read(&written);
        assert_eq!((again.id, again.ts, again.body), (line.id, line.ts, line.body), "{text}");
    }
}

/// Secrets, what looks like them, and what stands around them.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "password=",
        "hunter22",
        " ",
        "\n",
        "\"",
        "'",
        "[redacted]",
        "--token ",
        "-u admin:",
        "Bearer ",
        "Authorization: ",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "postgres://app:pw1234@db/x",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----END RSA PRIVATE KEY-----",
        "MIIEowIBAAKCAQEA",
        "API_KEY: ",
        "Cookie: a=b; c=d",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijklmnop",
        "{\"secret\":",
        "}",
        ",",
        "=",
        ":",
        "x",
        "é",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "\\PC{0,4}"]
}

proptest! {
    #[test]
    fn what_was_redacted_once_stays_as_it_is(
        text in prop::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat()),
        list in prop::collection::vec(prop::collection::vec(piece(), 0..4).prop_map(|pieces| pieces.concat()), 0..8),
    ) {
        let patch = TaskPatch { title: Patch::Set(text), tags: Patch::Set(list), ..TaskPatch::default() };
        let mut line = Telemetry {
            id: LineId::new("l").unwrap(),
            ts: chrono::DateTime::UNIX_EPOCH,
            digest: [0; 16],
            body: Body::Task(TaskId::new("t").unwrap(), Box::new(patch)),
        };
        scrub(&mut line);
        let once = line.clone();
        scrub(&mut line);
        prop_assert_eq!(line, once);
    }
}
