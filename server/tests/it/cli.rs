//! The binary from the outside: what it prints, how it ends.

use std::time::Duration;

use crate::harness::{
    binary::{Served, exchange, run, run_ok},
    lines,
};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn help_has_examples_and_every_subcommand_has_help() {
    let dir = tempfile::tempdir().unwrap();
    for args in [&["--help"][..], &["serve", "--help"], &["ingest", "--help"], &["token", "--help"]] {
        let help = run_ok(dir.path(), args);
        assert!(help.contains("Examples:"), "{args:?}: {help}");
        assert!(!help.contains("--now") && !help.contains("--site"), "hidden options stay hidden: {help}");
    }
    assert!(run_ok(dir.path(), &["--version"]).starts_with("mission-control 0."));
}

#[test]
fn lines_come_from_standard_input_and_bad_ones_are_listed() {
    let dir = tempfile::tempdir().unwrap();
    let input = format!("{}\nbroken\n{}\n", lines::task("t1", "One"), lines::task("t1", "Other"));
    let output = run(dir.path(), &["ingest", "-"], input.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stdout);
    assert!(said.contains("standard input:2: line: broken JSON"), "{said}");
    assert!(said.contains("standard input:3: line-t1 is stored with other content"), "{said}");
    assert!(said.ends_with("1 accepted, 0 duplicate, 1 conflicting, 1 rejected\n"), "{said}");
}

#[test]
fn twenty_bad_lines_are_listed_and_the_rest_counted() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(dir.path(), &["ingest", "-"], "x\n".repeat(50).as_bytes());
    let said = text(&output.stdout);
    assert_eq!(said.matches("standard input:").count(), 20, "{said}");
    assert!(said.contains("  and 30 more\n"), "{said}");
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let mut line = lines::task("t", "T");
    line["kind"] = "\u{1b}[31m\u{202e}".into();
    let output = run(dir.path(), &["ingest", "-"], format!("{line}\n").as_bytes());
    let said = text(&output.stdout);
    assert!(said.contains("\\u{1b}[31m") && !said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said}");
}

#[test]
fn a_file_that_is_not_there_fails_after_the_ones_that_are() {
    let dir = tempfile::tempdir().unwrap();
    let good = dir.path().join("good.jsonl");
    std::fs::write(&good, lines::text(&[lines::task("t1", "One")])).unwrap();
    let output = run(dir.path(), &["ingest", good.to_str().unwrap(), "none.jsonl"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).starts_with("1 accepted"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("cannot read none.jsonl"), "{}", text(&output.stderr));
}

#[test]
fn tokens_are_shown_once_listed_and_revoked() {
    let dir = tempfile::tempdir().unwrap();
    let token = run_ok(dir.path(), &["token", "create", "laptop"]);
    assert!(token.starts_with("hmc_") && token.len() > 40 && !token.contains(char::is_whitespace), "{token}");
    let again = run(dir.path(), &["token", "create", "laptop"], b"");
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("`laptop` exists already"), "{}", text(&again.stderr));
    let list = run_ok(dir.path(), &["token", "list"]);
    assert!(list.contains("laptop  2026-11-20T09:00:00Z  never") && !list.contains(&token), "{list}");

    let server = Served::start(dir.path());
    let headers = format!("Authorization: Bearer {token}\r\n");
    let post = || {
        let body = lines::text(&[lines::task("t1", "One")]);
        exchange(server.address, "POST", "/api/v1/ingest", &headers, body.as_bytes()).unwrap().0
    };
    assert_eq!(post(), 200);
    assert_eq!(run_ok(dir.path(), &["token", "revoke", "laptop"]), "Revoked `laptop`.");
    assert_eq!(post(), 401, "while the server runs");
    assert!(run_ok(dir.path(), &["token", "list"]).starts_with("No tokens."));
    assert_eq!(run(dir.path(), &["token", "revoke", "laptop"], b"").status.code(), Some(1));
}

#[test]
fn other_addresses_and_ports_in_use_are_refused_before_anything_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let in_use = taken.local_addr().unwrap().to_string();
    for (address, reason) in
        [("0.0.0.0:0", "no sign-in yet"), ("[::]:3000", "no sign-in yet"), (&in_use, "is in use")]
    {
        let output = run(&data, &["serve", "--listen", address], b"");
        assert_eq!(output.status.code(), Some(1), "{address}");
        assert!(text(&output.stderr).contains(reason), "{address}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "nothing listens, so nothing says so");
    }
    assert!(!data.exists());
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_end_ends_well() {
    let dir = tempfile::tempdir().unwrap();
    let server = Served::start(dir.path());
    assert_eq!(server.get("/readyz")["status"], "ready");
    assert_eq!(server.terminate(), Some(0));
}

#[cfg(unix)]
#[test]
fn only_the_founder_may_look_into_the_data_folder() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("new/data");
    run_ok(&data, &["token", "list"]);
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_followed_file_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("events.jsonl");
    std::fs::write(&file, lines::text(&[lines::task("t1", "One")])).unwrap();
    let server = Served::with(dir.path(), &["--follow", file.to_str().unwrap()]);
    let begun = std::time::Instant::now();
    while server.get("/api/v1/tasks")["total"] != 1 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the file was not read");
        std::thread::yield_now();
    }
}

#[test]
fn a_site_that_was_named_must_be_there() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(dir.path(), &["serve", "--listen", "127.0.0.1:0", "--site", "none"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("cargo xtask build"), "{}", text(&output.stderr));
}
