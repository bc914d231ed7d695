//! Each bad line gets its clear answer, and the good lines beside it are taken.

use domain::{patch::Patch, telemetry::Body};
use ingest::{Decoded, Decoder, clip::MAX_LINE_BYTES};

const GOOD: &str =
    r#"{"id":"l1","ts":"2026-11-20T09:00:00Z","kind":"task","task":{"id":"t1","title":"Deploy"}}"#;

fn decode(line: &[u8]) -> Decoded {
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.push(b'\n');
    bytes.extend_from_slice(line);
    bytes.extend_from_slice(b"\n\n");
    bytes.extend_from_slice(GOOD.replace("l1", "l2").as_bytes());
    Decoder::new([7; 32]).lines(&bytes, 1)
}

#[track_caller]
fn check(line: &str, field: &str, reason: &str) {
    let decoded = decode(line.as_bytes());
    assert_eq!(decoded.numbers, [1, 4], "the good lines are taken");
    let [error] = &decoded.rejected.first[..] else { panic!("{:?}", decoded.rejected) };
    assert_eq!((error.line, error.field.as_str()), (2, field), "{error}");
    assert!(error.reason.contains(reason), "{}", error.reason);
}

fn line(kind: &str, body: &str) -> String {
    format!(r#"{{"id":"x","ts":"2026-11-20T09:00:00Z","kind":"{kind}",{body}}}"#)
}

#[test]
fn broken_json_is_rejected() {
    check(r#"{"id":"x","ts":"#, "line", "broken JSON at column 15: EOF while parsing");
    check("not json", "line", "expected");
    check(&format!("{GOOD}{GOOD}"), "line", "trailing characters");
    check(&"[".repeat(10_000), "line", "write an object with named fields");
    check(&line("task", r#""task":["t","title"]"#), "task", "write an object with named fields");
    let (open, close) = ("[".repeat(1_000), "]".repeat(1_000));
    let event = r#""event":{"taskId":"t","eventType":"started","message":"m","metadata":{"deep":"#;
    check(
        &line("event", &format!("{event}{open}{close}}}}}")),
        &format!("event.metadata.deep{}[", "[0]".repeat(20)),
        "recursion limit",
    );
}

#[test]
fn wrong_types_name_their_field() {
    check(&line("task", r#""task":{"id":7}"#), "task.id", "invalid type: integer `7`, expected a string");
    check(&line("task", r#""task":{"id":"t","title":7}"#), "task.title", "expected a string");
    check(&line("task", r#""task":{"id":"t","retryCount":-1}"#), "task.retryCount", "expected u32");
    check(
        &line("task", r#""task":{"id":"t","progressPercent":101}"#),
        "task.progressPercent",
        "between 0 and 100",
    );
    check(
        &line("task", r#""task":{"id":"t","durationMs":18446744073709551615}"#),
        "task.durationMs",
        "hundred years",
    );
    check(&line("task", r#""task":{"id":"t","status":"done"}"#), "task.status", "use one of queued, running");
    check(
        &line("task", r#""task":{"id":"t","createdAt":"yesterday"}"#),
        "task.createdAt",
        "invalid characters",
    );
    check(&line("agent", r#""agent":{"id":"a","failureRate":1.5}"#), "agent.failureRate", "between 0 and 1");
    check(
        &line("run", r#""run":{"id":"r","taskId":"t","metrics":{"cost":"1"}}"#),
        "run.metrics.cost",
        "expected f64",
    );
    check(&line("task", r#""task":{"id":""}"#), "task.id", "must not be empty");
    check(&line("task", r#""task":{"id":"a\u0007b"}"#), "task.id", "control characters");
}

#[test]
fn missing_parts_are_named() {
    check(r#"{"id":"x","kind":"task","task":{"id":"t"}}"#, "ts", "missing");
    check(&line("task", r#""event":{}"#), "task", "missing");
    check(&line("event", r#""event":{"taskId":"t","eventType":"started"}"#), "event.message", "missing");
    check(&line("run", r#""run":{"id":"r"}"#), "run.taskId", "missing");
    let other = r#""event":{"taskId":"t","eventType":"started","message":"m"},"task":{"id":"u"}"#;
    check(&line("event", other), "task.id", "not the event's taskId");
}

#[test]
fn an_unknown_kind_is_rejected_with_the_kinds_there_are() {
    check(
        &line("tusk", r#""tusk":{}"#),
        "kind",
        "`tusk` is not a kind; use product, task, event, run, agent, job or merge",
    );
}

#[test]
fn an_unknown_field_is_told_and_the_rest_is_taken() {
    let decoded = decode(line("task", r#""task":{"id":"t","colour":"red"},"extra":1"#).as_bytes());
    assert_eq!(decoded.numbers, [1, 2, 4]);
    let mut fields: Vec<_> =
        decoded.warnings.first.iter().map(|warning| (warning.line, warning.field.as_str())).collect();
    fields.sort_unstable();
    assert_eq!(fields, [(2, "extra"), (2, "task.colour")]);
}

#[test]
fn a_line_that_is_too_long_is_rejected_by_its_number() {
    let long = line("task", &format!(r#""task":{{"id":"t","title":"{}"}}"#, "x".repeat(MAX_LINE_BYTES)));
    check(&long, "line", "longer than 1048576 bytes");
}

#[test]
fn a_long_field_is_clipped_and_says_so() {
    let decoded =
        decode(line("task", &format!(r#""task":{{"id":"t","error":"{}"}}"#, "x".repeat(900_000))).as_bytes());
    let Body::Task(_, patch) = &decoded.lines[1].body else { panic!("a task") };
    let Patch::Set(error) = &patch.error else { panic!("an error") };
    assert!(error.len() < 70_000 && error.ends_with("… [clipped: 900000 bytes in all]"));
}

#[test]
fn bytes_that_are_no_text_are_rejected() {
    let decoded = decode(b"{\"id\":\"x\xff\xfe\"}");
    assert_eq!(decoded.numbers, [1, 4]);
    assert_eq!(decoded.rejected.first[0].reason, "not UTF-8 at byte 8; send UTF-8 text");
}

#[test]
fn hostile_text_is_kept_as_text() {
    let hostile = "<script>alert(1)</script> \\u001b[31mred\\u001b[0m \\u202egnp.exe";
    let decoded = decode(line("task", &format!(r#""task":{{"id":"t","title":"{hostile}"}}"#)).as_bytes());
    let Body::Task(_, patch) = &decoded.lines[1].body else { panic!("a task") };
    let expected = "<script>alert(1)</script> \u{1b}[31mred\u{1b}[0m \u{202e}gnp.exe";
    assert_eq!(patch.title, Patch::Set(expected.to_owned()));
}

#[test]
fn secrets_never_leave_the_decoder_and_digests_are_of_the_raw_bytes() {
    let with = |secret: &str| {
        let body = format!(
            r#""event":{{"taskId":"t","eventType":"command-executed","message":"ran","command":"deploy --token {secret}","metadata":{{"output":"key {secret}","apiKey":"{secret}","nested":[{{"password":"{secret}"}}]}}}},"task":{{"id":"t","lastAction":"used {secret}"}}"#
        );
        decode(line("event", &body).as_bytes()).lines.remove(1)
    };
    let (one, other) =
        (with("ghp_abcdefghijklmnopqrstuvwxyz0123456789"), with("ghp_zyxwvutsrqponmlkjihgfedcba9876543210"));
    let text = format!("{one:?}");
    assert!(!text.contains("ghp_") && text.matches("[redacted]").count() == 5, "{text}");
    assert_eq!(one.body, other.body);
    assert_ne!(one.digest, other.digest, "a changed secret is a conflict, not a repetition");
}

#[test]
fn a_reason_quotes_no_secret_and_no_flood() {
    let secret = format!("export DB_PASSWORD=hunter22 {}", "x".repeat(10_000));
    let decoded =
        decode(line("run", &format!(r#""run":{{"id":"r","taskId":"t","logs":"{secret}"}}"#)).as_bytes());
    let reason = &decoded.rejected.first[0].reason;
    assert!(!reason.contains("hunter22") && reason.chars().count() <= 300, "{reason}");
}

#[test]
fn a_key_that_stands_in_a_log_line_by_line_is_taken_out() {
    let logs = r#"["$ cat id","-----BEGIN OPENSSH PRIVATE KEY-----","b3BlbnNzaC1rZXk","-----END OPENSSH PRIVATE KEY-----","done"]"#;
    let decoded =
        decode(line("run", &format!(r#""run":{{"id":"r","taskId":"t","logs":{logs}}}"#)).as_bytes());
    let Body::Run(_, patch) = &decoded.lines[1].body else { panic!("a run") };
    let Patch::Set(logs) = &patch.logs else { panic!("logs") };
    assert_eq!(logs[..], ["$ cat id", "[redacted]", "[redacted]", "[redacted]", "done"]);
}

#[test]
fn whatever_stands_under_a_secret_name_is_taken_out() {
    let metadata =
        r#"{"password":12345678,"credentials":{"user":"u"},"list":[[{"apiKey":["a","b"]}]],"inputTokens":7}"#;
    let event = r#""event":{"taskId":"t","eventType":"started","message":"m","metadata":"#;
    let decoded = decode(line("event", &format!("{event}{metadata}}}")).as_bytes());
    let Body::Event(event, _) = &decoded.lines[1].body else { panic!("an event") };
    let kept = serde_json::to_string(&event.metadata).unwrap();
    let expected = r#"{"credentials":"[redacted]","inputTokens":7,"list":[[{"apiKey":"[redacted]"}]],"password":"[redacted]"}"#;
    assert_eq!(kept, expected);
}

#[test]
fn lists_are_bounded_and_times_are_whole_microseconds() {
    let tags = vec!["\"x\""; 10_000].join(",");
    let at = "2026-11-20T09:00:00.123456789Z";
    let decoded = decode(
        line("task", &format!(r#""task":{{"id":"t","tags":[{tags}],"createdAt":"{at}"}}"#)).as_bytes(),
    );
    let Body::Task(_, patch) = &decoded.lines[1].body else { panic!("a task") };
    let (Patch::Set(tags), Patch::Set(created)) = (&patch.tags, &patch.created_at) else { panic!("both") };
    assert_eq!((tags.len(), tags[2_000].as_str()), (2_001, "… [clipped: 10000 entries in all]"));
    assert_eq!(created.to_rfc3339(), "2026-11-20T09:00:00.123456+00:00");
}
