//! The agent's home, read by the binary: imported once, or followed while it serves.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use store::Store;
use store_sqlite::SqliteStore;

use crate::harness::binary::{Served, command, run, run_ok};

/// The evening of the recorded home's day.
const EVENING: &str = "2026-11-22T18:00:00Z";

/// A copy of the recorded home, in a folder that is ours.
fn recorded(to: &Path) -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/hermes-home/testdata/home"), to);
    to.to_owned()
}

/// A data folder, and a copy of the recorded home.
struct Bench {
    dir: tempfile::TempDir,
    home: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = recorded(&dir.path().join("home"));
        Self { dir, home }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn import(&self, more: &[&str]) -> Output {
        let home = self.home.to_str().unwrap();
        run(&self.data(), &[&["--now", EVENING, "import", "hermes-home", home][..], more].concat(), b"")
    }

    fn serve(&self, more: &[&str]) -> Served {
        Served::with(&self.data(), &[&["--now", EVENING][..], more].concat())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Asks the server again and again until its answer holds.
fn wait(server: &Served, path: &str, holds: impl Fn(&Value) -> bool) -> Value {
    let patience = Instant::now() + Duration::from_mins(1);
    loop {
        let answer = server.get(path);
        if holds(&answer) {
            return answer;
        }
        assert!(Instant::now() < patience, "{path}: {answer}");
        std::thread::yield_now();
    }
}

#[test]
fn an_import_says_what_it_found_and_a_second_one_adds_nothing() {
    let bench = Bench::new();
    let first = bench.import(&[]);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let said = text(&first.stdout);
    let found = "Found: 20 sessions with 148 messages, 7 cards, 5 jobs with 4 executions, 3 projects\n\
                 Made of it: 24 tasks (2 blocked, 16 completed, 4 failed, 2 queued), 4 products, ";
    assert!(said.starts_with(found) && said.ends_with(" events\n"), "{said}");
    let lines = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = SqliteStore::open(&bench.data().join("mission-control.db")).await.unwrap();
            store.info().await.unwrap().lines
        })
    };
    let stored = lines();
    let second = bench.import(&[]);
    assert_eq!((second.status.code(), text(&second.stdout)), (Some(0), said));
    assert_eq!(lines(), stored);
}

#[test]
fn the_report_as_json_has_exactly_its_keys_and_counts() {
    let bench = Bench::new();
    let output = bench.import(&["--report", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = json!({
        "sessions": 20,
        "childSessions": 2,
        "messages": 148,
        "toolCallsWithResult": 53,
        "toolCallsWithoutResult": 0,
        "commandsExitZero": 18,
        "commandsExitNonZero": 6,
        "commandsBlocked": 2,
        "tokensIn": 501_165,
        "tokensOut": 2_299,
        "tokensCacheRead": 704_256,
        "estimatedCostUsd": 1.749_257,
        "kanbanTasks": { "blocked": 3, "done": 2, "todo": 1, "triage": 1 },
        "kanbanRuns": { "blocked": 1, "completed": 2, "crashed": 1, "gave_up": 1, "spawn_failed": 1 },
        "cronExecutions": { "completed": 3, "failed": 1 },
        "cronJobs": 5,
        "projects": 3,
        "verificationRuns": 0,
        "tasks": report["total"]["tasks"],
        "products": 4,
        "events": report["total"]["events"],
        "skipped": [],
    });
    assert_eq!(report, json!({ "total": expected, "profiles": { "default": expected } }));
    let tasks: u64 = report["total"]["tasks"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(tasks, 24);
}

#[test]
fn a_folder_that_is_not_there_is_an_error_with_the_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("nowhere");
    let output = run(dir.path(), &["import", "hermes-home", missing.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("nowhere; name the agent's home: import hermes-home DIR"), "{said}");
    assert_eq!(text(&output.stdout), "");

    let file = dir.path().join("file");
    fs::write(&file, "no folder").unwrap();
    let output = run(dir.path(), &["import", "hermes-home", file.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("cannot read"), "{}", text(&output.stderr));
}

#[test]
fn damaged_databases_are_listed_and_the_rest_is_taken() {
    let bench = Bench::new();
    let kanban = bench.home.join("kanban.db");
    let half = fs::read(&kanban).unwrap();
    fs::write(&kanban, &half[..half.len() / 2]).unwrap();
    fs::write(bench.home.join("state.db"), "no database at all").unwrap();
    let output = bench.import(&[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.starts_with("Skipped:\n"), "{said}");
    assert!(said.contains("\n  kanban.db: damaged ("), "{said}");
    assert!(said.contains("\n  state.db: no SQLite database ("), "{said}");
    assert!(
        said.contains("0 sessions with 0 messages, 0 cards, 5 jobs with 4 executions, 3 projects"),
        "{said}"
    );

    let report = text(&bench.import(&["--report", "json"]).stdout);
    let report: Value = serde_json::from_str(&report).unwrap();
    let places: Vec<&Value> =
        report["total"]["skipped"].as_array().unwrap().iter().map(|skipped| &skipped["where"]).collect();
    assert_eq!(places, ["kanban.db", "state.db"]);

    // Whole again: the next import takes what was missing.
    recorded(&bench.home);
    let output = bench.import(&[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text(&output.stdout).contains("20 sessions with 148 messages, 7 cards"),
        "{}",
        text(&output.stdout)
    );
}

/// Holds that the server shows the recorded home.
fn check_shown(server: &Served, found: &str) {
    let sources = wait(server, "/api/v1/sources", |sources| sources["home"]["state"] == "following");
    let home = &sources["home"];
    assert_eq!(home["found"], found);
    assert_eq!(home["skipped"], json!([]));
    assert_eq!(home["progress"], json!({ "sessionsRead": 20, "sessionsTotal": 20, "messagesRead": 148 }));
    let state = home["files"].as_array().unwrap().iter().find(|file| file["path"] == "state.db").unwrap();
    assert_eq!((&state["state"], &state["holds"]), (&json!("read"), &json!("20 sessions, 148 messages")));
    assert_eq!(state["schema"], "22");
    let tasks = server.get("/api/v1/tasks?perPage=100");
    assert_eq!(tasks["total"], 24);
    let titles: Vec<&str> =
        tasks["items"].as_array().unwrap().iter().filter_map(|task| task["title"].as_str()).collect();
    assert!(titles.contains(&"Fix rounding bug in invoice-api"), "{titles:?}");
}

#[test]
fn a_home_that_is_named_is_followed() {
    let bench = Bench::new();
    let server = bench.serve(&["--hermes-home", bench.home.to_str().unwrap()]);
    check_shown(&server, "option");
    // What comes later is seen, too.
    let jobs = fs::read_to_string(bench.home.join("cron/jobs.json")).unwrap();
    let beside = bench.home.join("cron/new.json");
    fs::write(&beside, jobs.replace("disk watch", "disk watch of tomorrow")).unwrap();
    fs::rename(beside, bench.home.join("cron/jobs.json")).unwrap();
    wait(&server, "/api/v1/schedule", |schedule| schedule.to_string().contains("disk watch of tomorrow"));
}

#[test]
fn the_agent_s_own_variable_and_its_usual_folder_are_found() {
    let bench = Bench::new();
    let serve = |variable: Option<&Path>, account: &Path| {
        let mut command = command(&bench.data(), &["--now", EVENING, "serve", "--listen", "127.0.0.1:0"]);
        command.args(["--log-filter", "error"]).env("HOME", account);
        if let Some(home) = variable {
            command.env("HERMES_HOME", home);
        }
        Served::of(command)
    };
    check_shown(&serve(Some(&bench.home), bench.dir.path()), "environment");

    let account = bench.dir.path().join("account");
    recorded(&account.join(".hermes"));
    let server = serve(None, &account);
    check_shown(&server, "default");
    assert_eq!(server.get("/api/v1/sources")["home"]["path"], account.join(".hermes").to_str().unwrap());
}

#[test]
fn without_a_home_there_is_none() {
    let bench = Bench::new();
    // Told not to look, although there is one.
    let mut command = command(&bench.data(), &["serve", "--listen", "127.0.0.1:0", "--no-hermes-home"]);
    command.args(["--log-filter", "error"]).env("HERMES_HOME", &bench.home);
    let server = Served::of(command);
    assert_eq!(server.get("/api/v1/sources")["home"], Value::Null);
    assert_eq!(server.get("/api/v1/tasks")["total"], 0);
    drop(server);

    // The two exclude each other.
    let output = run(&bench.data(), &["serve", "--no-hermes-home", "--hermes-home", "/x"], b"");
    assert_eq!(output.status.code(), Some(2));

    // Nothing where it usually is: the server serves, and says so.
    let server = bench.serve(&[]);
    wait(&server, "/api/v1/sources", |sources| sources["home"]["state"] == "missing");
}

#[test]
fn an_import_while_the_server_runs_is_shown() {
    let bench = Bench::new();
    let server = bench.serve(&["--no-hermes-home"]);
    assert_eq!(server.get("/api/v1/tasks")["total"], 0);
    let output = bench.import(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(server.get("/api/v1/tasks")["total"], 24);
    assert!(run_ok(&bench.data(), &["import", "hermes-home", "--help"]).contains("Exit status:"));
}
