//! Homes in which we may write nothing: they are read where they lie, or from a copy of ours, and stay as they are.
//!
//! Permissions hold nobody back who may do everything, so the reader is another process, of an account that may not.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    fs,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::Command,
};

use chrono::TimeDelta;
use domain::source::{FileState, HomeFound};
use hermes_fake::Writer;
use hermes_home::Reader;
use serde_json::{Value, json};

use crate::{
    follow::{small_home, sums},
    harness::{Ledger, copy_of, now, recorded},
};

/// The home that the other process reads, and where its copies go.
const HOME: &str = "TEST_READ_HOME";
const COPIES: &str = "TEST_READ_COPIES";

/// Nobody, on every system that has one.
const NOBODY: u32 = 65_534;

/// A folder that everybody may enter.
fn open_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o777)).unwrap();
    folder
}

/// Takes (or gives back) the right to write from everything in a folder.
fn allow_writing(folder: &Path, allow: bool) {
    let mode = |of_all: u32, of_owner: u32| if allow { of_all | of_owner } else { of_all };
    // A folder must be open while what lies in it is changed.
    fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            allow_writing(&path, allow);
        } else {
            fs::set_permissions(&path, PermissionsExt::from_mode(mode(0o444, 0o200))).unwrap();
        }
    }
    fs::set_permissions(folder, PermissionsExt::from_mode(mode(0o555, 0o200))).unwrap();
}

/// A home that nobody may write.
struct Locked(tempfile::TempDir);

impl Locked {
    fn copy_of(home: &Path) -> Self {
        let copied = copy_of(home);
        allow_writing(copied.path(), false);
        Self(copied)
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        allow_writing(self.0.path(), true);
    }
}

/// Every file of a folder, whatever its name.
fn listing(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(listing(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

/// What a reader says of a home.
async fn account(home: &Path, copies: PathBuf) -> Value {
    let ledger = Ledger::new();
    let mut reader = Reader::new(home.to_owned(), copies, HomeFound::Option);
    ledger.finish(&mut reader).await;
    let report = reader.report(&ledger).await.unwrap();
    let states: BTreeMap<String, FileState> =
        reader.status().files.into_iter().map(|file| (file.path, file.state)).collect();
    json!({ "report": report, "states": states, "ledger": ledger.dump().await })
}

#[tokio::test]
#[ignore = "the other process of this file's tests, and nothing without it"]
async fn the_stranger() {
    let (Some(home), Some(copies)) = (std::env::var_os(HOME), std::env::var_os(COPIES)) else { return };
    println!("\naccount: {}", account(home.as_ref(), copies.into()).await);
}

/// What a reader says of a home that may write nothing in it: another account's, where this one may do everything.
fn read_by_a_stranger(home: &Path) -> Value {
    let (before, listed) = (sums(home), listing(home));
    let folder = open_folder();
    let mut program = std::env::current_exe().unwrap();
    let mine = fs::metadata(folder.path()).unwrap().uid();
    if mine == 0 {
        // It may lie where nobody else may look.
        let copied = folder.path().join("reader");
        fs::hard_link(&program, &copied).or_else(|_| fs::copy(&program, &copied).map(drop)).unwrap();
        program = copied;
    }
    let mut command = Command::new(program);
    command
        .args(["--exact", "read_only::the_stranger", "--nocapture", "--include-ignored"])
        .current_dir(folder.path())
        .env(HOME, home)
        .env(COPIES, folder.path().join("copies"))
        .env("TMPDIR", folder.path());
    if mine == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let told = text.lines().find_map(|line| line.strip_prefix("account: "));
    let told = told.unwrap_or_else(|| panic!("{text}\n{}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(listing(home), listed, "nothing came, nothing went");
    assert_eq!(sums(home), before, "and nothing changed");
    serde_json::from_str(told).unwrap()
}

/// The databases of an account that were read from copies.
fn copied(account: &Value) -> Vec<&str> {
    let states = account["states"].as_object().unwrap();
    states.iter().filter(|(_, state)| **state == "copied").map(|(path, _)| path.as_str()).collect()
}

#[tokio::test]
async fn a_home_at_rest_is_read_where_it_lies() {
    let home = Locked::copy_of(&recorded());
    let told = read_by_a_stranger(home.0.path());
    let writable = copy_of(&recorded());
    let folder = open_folder();
    let mine = account(writable.path(), folder.path().to_owned()).await;
    assert_eq!(told, mine);
    assert_eq!(copied(&told), [""; 0], "no copy is needed");
    assert_eq!(told["report"]["total"]["skipped"], json!([]));
}

/// A home as a writer leaves it that is killed: what it wrote stands in logs.
async fn left_by_a_kill() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    small_home(dir.path(), 6, now() - TimeDelta::hours(1)).await;
    let mut writer = Writer::open(dir.path(), 6).await.unwrap();
    for step in 0..60 {
        writer.step(now() - TimeDelta::minutes(50) + TimeDelta::seconds(step)).await.unwrap();
    }
    let left = copy_of(dir.path());
    writer.close().await.unwrap();
    assert!(listing(left.path()).iter().any(|path| path.ends_with("state.db-wal")));
    left
}

#[tokio::test]
async fn logs_that_a_kill_left_are_read_from_copies() {
    let left = left_by_a_kill().await;
    let folder = open_folder();
    let mine = account(copy_of(left.path()).path(), folder.path().to_owned()).await;
    let same = |told: &Value| {
        assert_eq!(told["report"], mine["report"]);
        assert_eq!(told["ledger"], mine["ledger"]);
        assert_eq!(told["report"]["total"]["skipped"], json!([]));
    };

    // With the file that processes share, which a kill leaves, too.
    let home = Locked::copy_of(left.path());
    same(&read_by_a_stranger(home.0.path()));

    // Without it, as in a copy that somebody made.
    for path in listing(left.path()).iter().filter(|path| path.to_string_lossy().ends_with("-shm")) {
        fs::remove_file(path).unwrap();
    }
    let home = Locked::copy_of(left.path());
    let told = read_by_a_stranger(home.0.path());
    same(&told);
    assert_eq!(copied(&told), ["cron/executions.db", "kanban.db", "state.db"]);
}

#[tokio::test]
async fn a_database_that_may_not_be_read_is_told_and_the_rest_is_read() {
    let whole = Locked::copy_of(&recorded());
    let whole = read_by_a_stranger(whole.0.path());
    for file in crate::harness::db::DATABASES {
        let home = Locked::copy_of(&recorded());
        let path = home.0.path().join(file);
        fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
        let told = if fs::read(&path).is_ok() {
            read_by_a_stranger(home.0.path())
        } else {
            // This account is held back itself, from counting sums as well.
            account(home.0.path(), open_folder().path().to_owned()).await
        };
        let skipped = told["report"]["total"]["skipped"].as_array().unwrap();
        assert_eq!(skipped.len(), 1, "{file}: {skipped:?}");
        assert_eq!(skipped[0]["where"], file);
        let reason = skipped[0]["reason"].as_str().unwrap();
        assert!(reason.contains("cannot be opened") && reason.contains("check the permissions"), "{reason}");
        assert_eq!(told["report"]["total"]["cronJobs"], whole["report"]["total"]["cronJobs"]);
        if file != "state.db" {
            assert_eq!(told["report"]["total"]["sessions"], 20, "{file}");
        }
    }
}
