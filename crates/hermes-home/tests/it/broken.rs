//! Databases that are damaged, locked or gone: each is told with its path and the reason, everything else is read, and
//! once it is whole again the ledger is as if nothing had ever happened.

use std::{
    fs::{self, OpenOptions},
    os::unix::fs::FileExt as _,
    path::Path,
};

use hermes_home::{Counts, Reader, Report};
use serde_json::Value;
use sqlx::{Connection as _, SqliteConnection};

use crate::harness::{
    Ledger, copy_of,
    db::{Chance, DATABASES, open, replace, sql},
    recorded, same, whole,
};

/// Damages a file.
type Damage = fn(&Path);

/// What is done to a database, and words of which one must stand in the reason.
const DAMAGES: [(&str, Damage, &[&str]); 8] = [
    ("0 bytes", |path| replace(path, b""), &["without the table", "no such table"]),
    ("100 bytes", |path| keep(path, |_| 100), &["no SQLite database", "damaged"]),
    ("half of it", |path| keep(path, |size| size / 2 / 4096 * 4096), &["damaged"]),
    ("half of it, within a page", |path| keep(path, |size| size / 2 / 4096 * 4096 + 1234), &["damaged"]),
    ("a page less", |path| keep(path, |size| size - 4096), &["damaged"]),
    ("a text", |path| replace(path, &b"this is no database\n".repeat(400)), &["no SQLite database"]),
    (
        "a folder",
        |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        },
        &["a folder"],
    ),
    ("other tables", other_tables, &["without the table", "no such table"]),
];

/// Keeps the first bytes of a file.
fn keep(path: &Path, size: impl Fn(usize) -> usize) {
    let bytes = fs::read(path).unwrap();
    replace(path, &bytes[..size(bytes.len())]);
}

/// A sound database of something else.
fn other_tables(path: &Path) {
    let beside = path.with_extension("other");
    fs::copy(recorded().join("projects.db"), &beside).unwrap();
    // Tables of the same length under other names: the file stays sound.
    let mut bytes = fs::read(&beside).unwrap();
    fs::remove_file(&beside).unwrap();
    for name in [&b"projects"[..], b"project_folders"] {
        let other: Vec<u8> = name.iter().map(|byte| if *byte == b'j' { b'x' } else { *byte }).collect();
        for at in 0..bytes.len() - name.len() {
            if bytes[at..].starts_with(name) {
                bytes[at..at + name.len()].copy_from_slice(&other);
            }
        }
    }
    replace(path, &bytes);
}

/// The counts in a report that come of other files than that one.
fn of_others(counts: &Counts, file: &str) -> Value {
    let mut counts = serde_json::to_value(counts).unwrap();
    let mine: &[&str] = match file {
        "state.db" => &[
            "sessions",
            "childSessions",
            "messages",
            "toolCallsWithResult",
            "toolCallsWithoutResult",
            "commandsExitZero",
            "commandsExitNonZero",
            "commandsBlocked",
            "tokensIn",
            "tokensOut",
            "tokensCacheRead",
            "estimatedCostUsd",
        ],
        "kanban.db" => &["kanbanTasks", "kanbanRuns"],
        "projects.db" => &["projects"],
        "verification_evidence.db" => &["verificationRuns"],
        "cron/executions.db" => &["cronExecutions"],
        other => panic!("{other}"),
    };
    // What was made of all of them together cannot stay as it was.
    for name in mine.iter().chain(&["tasks", "products", "events", "skipped"]) {
        assert!(counts.as_object_mut().unwrap().remove(*name).is_some(), "{name}");
    }
    counts
}

/// Holds that the place is told with a reason that has one of the words, in the account and in the report.
fn check_told(reader: &Reader, report: Option<&Report>, place: &str, words: &[&str], told: &str) {
    let status = reader.status();
    let lists = [Some(&status.skipped), report.map(|report| &report.total.skipped)];
    for list in lists.into_iter().flatten() {
        let found = list.iter().find(|skipped| skipped.place.starts_with(place));
        let found = found.unwrap_or_else(|| panic!("{told}: {place} is not among {list:#?}"));
        assert!(words.iter().any(|word| found.reason.contains(word)), "{told}: {place}: {}", found.reason);
        assert_eq!(list.len(), 1, "{told}: {list:#?}");
    }
}

/// Damages a database before anything is read, reads, has it whole again, and reads on.
async fn check_from_the_start(file: &str, damage: impl AsyncFnOnce(&Path), words: &[&str], told: &str) {
    let (report, dump) = whole().await;
    let home = copy_of(&recorded());
    let path = home.path().join(file);
    let bytes = fs::read(&path).unwrap();
    damage(&path).await;
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    let found = reader.report(&ledger).await.unwrap();
    check_told(&reader, Some(&found), file, words, told);
    assert_eq!(of_others(&found.total, file), of_others(&report.total, file), "{told}");
    assert_eq!(ledger.finish(&mut reader).await, 0, "{told}: nothing comes of looking again");
    check_told(&reader, None, file, words, told);

    replace(&path, &bytes);
    check_whole(&ledger, &mut reader, report, dump, told).await;
}

/// Reads, damages the database, looks, has it whole again, and looks again.
async fn check_after_it_was_read(file: &str, damage: impl AsyncFnOnce(&Path), words: &[&str], told: &str) {
    let (report, dump) = whole().await;
    let home = copy_of(&recorded());
    let path = home.path().join(file);
    let bytes = fs::read(&path).unwrap();
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    damage(&path).await;
    assert_eq!(ledger.finish(&mut reader).await, 0, "{told}");
    check_told(&reader, None, file, words, told);
    same(&ledger.dump().await, dump, &format!("{told}: what is known stays"));

    replace(&path, &bytes);
    check_whole(&ledger, &mut reader, report, dump, told).await;
}

/// What the ledger has, but for what was told in ignorance and put away since: the run of a session that was read
/// before its card or its execution, without what it took; the repository that is a project's.
async fn kept(ledger: &Ledger) -> Vec<String> {
    let mut dump = ledger.dump().await;
    let run = |line: &str| line.starts_with("  run ") && line.contains("\"metrics\":null");
    let repository = |line: &str| line.contains("hermes:repo:") && line.contains("\"status\":\"archived\"");
    dump.retain(|line| !(repository(line) || run(line) && line.contains("\"model\":\"")));
    dump
}

/// Holds that the next looks find all of the recorded home.
async fn check_whole(ledger: &Ledger, reader: &mut Reader, report: &Report, dump: &[String], told: &str) {
    ledger.finish(reader).await;
    assert_eq!(reader.status().skipped, [], "{told}: whole again");
    same(&kept(ledger).await, dump, &format!("{told}: whole again"));
    assert_eq!(&reader.report(ledger).await.unwrap(), report, "{told}: whole again");
    let state = reader.status().files.into_iter().find(|file| file.path == "state.db").unwrap();
    assert_eq!(state.holds.as_deref(), Some("20 sessions, 148 messages"), "{told}");
    assert_eq!(ledger.finish(reader).await, 0, "{told}: and nothing more");
}

#[tokio::test]
async fn a_damaged_database_is_told_and_the_rest_is_read() {
    for file in DATABASES {
        for (what, damage, words) in DAMAGES {
            let told = format!("{file}: {what}");
            check_from_the_start(file, async |path| damage(path), words, &told).await;
        }
    }
}

#[tokio::test]
async fn a_database_that_is_damaged_later_takes_nothing_from_the_ledger() {
    for file in DATABASES {
        for (what, damage, words) in DAMAGES {
            let told = format!("{file}: {what}");
            check_after_it_was_read(file, async |path| damage(path), words, &told).await;
        }
    }
}

#[tokio::test]
async fn a_database_that_is_missing_is_no_failure_and_is_read_when_it_comes() {
    let (report, dump) = whole().await;
    for file in DATABASES {
        let home = copy_of(&recorded());
        let path = home.path().join(file);
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let ledger = Ledger::new();
        let (mut reader, _) = ledger.import(home.path()).await;
        let status = reader.status();
        assert_eq!(status.skipped, [], "{file}");
        let listed = status.files.iter().find(|listed| listed.path == file).unwrap();
        assert_eq!(listed.state, domain::source::FileState::Absent, "{file}");
        let found = reader.report(&ledger).await.unwrap();
        assert_eq!(of_others(&found.total, file), of_others(&report.total, file), "{file}");
        replace(&path, &bytes);
        check_whole(&ledger, &mut reader, report, dump, &format!("{file} comes")).await;

        // It goes, and comes again.
        fs::remove_file(&path).unwrap();
        assert_eq!(ledger.finish(&mut reader).await, 0, "{file}");
        same(&kept(&ledger).await, dump, &format!("{file} is gone: what is known stays"));
        replace(&path, &bytes);
        check_whole(&ledger, &mut reader, report, dump, &format!("{file} comes again")).await;
    }
}

#[tokio::test]
async fn bytes_overwritten_in_the_midst_stop_nothing_else() {
    let (report, dump) = whole().await;
    let mut noticed = 0;
    for file in DATABASES {
        for seed in 1..=6 {
            let told = format!("{file}: seed {seed}");
            let home = copy_of(&recorded());
            let path = home.path().join(file);
            let bytes = fs::read(&path).unwrap();
            let mut chance = Chance(seed);
            let mut damaged = bytes.clone();
            let length = 16 << (2 * (seed - 1));
            let from = 100 + chance.below(bytes.len() - 100 - length.min(bytes.len() - 200));
            let until = bytes.len().min(from + length);
            damaged[from..until].iter_mut().for_each(|byte| *byte = u8::try_from(chance.below(256)).unwrap());
            replace(&path, &damaged);

            let ledger = Ledger::new();
            let (mut reader, _) = ledger.import(home.path()).await;
            let found = reader.report(&ledger).await.unwrap();
            let skipped = &found.total.skipped;
            assert!(skipped.iter().all(|skipped| skipped.place.starts_with(file)), "{told}: {skipped:#?}");
            assert!(skipped.iter().all(|skipped| !skipped.reason.is_empty()), "{told}: {skipped:#?}");
            assert_eq!(of_others(&found.total, file), of_others(&report.total, file), "{told}");
            noticed += usize::from(!skipped.is_empty());

            // Rows that came out as garbage are in that ledger; another one has none of them.
            replace(&path, &bytes);
            let ledger = Ledger::new();
            let (mut reader, _) = ledger.import(home.path()).await;
            check_whole(&ledger, &mut reader, report, dump, &told).await;
        }
    }
    assert!(noticed >= 5, "only {noticed} of the damages did any harm");
}

/// Puts a lock on a database, so that nobody reads it.
async fn locked(path: &Path, pragmas: &str, statements: &str) -> SqliteConnection {
    let mut conn = open(path.parent().unwrap(), path.file_name().unwrap().to_str().unwrap()).await;
    for text in [pragmas, statements] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned())).execute(&mut conn).await.unwrap();
    }
    conn
}

#[tokio::test]
async fn a_database_that_is_locked_is_told_and_read_when_it_is_free() {
    let (report, dump) = whole().await;
    let ways = [
        ("rollback mode", "pragma journal_mode = delete", "begin exclusive"),
        (
            "a log of one connection",
            "pragma locking_mode = exclusive",
            "begin immediate; create table mine (x); drop table mine; commit",
        ),
    ];
    for file in DATABASES {
        for (way, pragmas, statements) in ways {
            let told = format!("{file}: {way}");
            let home = copy_of(&recorded());
            let path = home.path().join(file);
            let lock = locked(&path, pragmas, statements).await;
            let ledger = Ledger::new();
            let (mut reader, _) = ledger.import(home.path()).await;
            let found = reader.report(&ledger).await.unwrap();
            check_told(&reader, Some(&found), file, &["locked by another program"], &told);
            assert_eq!(of_others(&found.total, file), of_others(&report.total, file), "{told}");
            lock.close().await.unwrap();
            check_whole(&ledger, &mut reader, report, dump, &told).await;
        }
    }
}

#[tokio::test]
async fn a_lock_that_comes_later_is_told_too_and_nothing_is_lost() {
    let home = copy_of(&recorded());
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    let rename = "begin exclusive; update sessions set title = 'Renamed' where id = '20261122_171210_64ea03'";
    let mut lock = locked(&home.path().join("state.db"), "pragma journal_mode = delete", rename).await;
    ledger.finish(&mut reader).await;
    check_told(&reader, None, "state.db", &["locked by another program"], "locked");
    let task = "hermes:default:20261122_171210_64ea03";
    assert_eq!(ledger.task(task).await.title, "Fix rounding bug in invoice-api");
    sqlx::query("commit").execute(&mut lock).await.unwrap();
    lock.close().await.unwrap();
    ledger.finish(&mut reader).await;
    assert_eq!(ledger.task(task).await.title, "Renamed");
    assert_eq!(reader.status().skipped, []);
}

#[tokio::test]
async fn one_session_that_cannot_be_read_is_told_with_its_id_and_comes_when_it_can() {
    const SESSION: &str = "20261122_172236_b81d39";
    let home = copy_of(&recorded());
    // Long enough that it lies on pages of its own, which name each other.
    let long = format!(
        "update messages set content = replace(hex(zeroblob(20000)), '00', 'needle ') \
         where id = (select max(id) from messages where session_id = '{SESSION}')"
    );
    sql(home.path(), "state.db", &long).await;
    let path = home.path().join("state.db");
    let bytes = fs::read(&path).unwrap();
    let fresh = Ledger::new();
    let report = fresh.report(home.path()).await;
    let dump = fresh.dump().await;

    // On a page that is full of it, the number of the next page becomes one that is not there.
    let page = bytes
        .chunks(4096)
        .position(|page| page.windows(7).filter(|window| window == b"needle ").count() > 500);
    let at = page.unwrap() as u64 * 4096;
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.write_all_at(&[0x7f; 4], at).unwrap();
    drop(file);
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    check_told(&reader, None, &format!("state.db sessions.id={SESSION}"), &["damaged"], "one session");
    let found = reader.report(&ledger).await.unwrap();
    assert_eq!(found.total.sessions, 20);
    assert_eq!(found.total.messages, 148, "rows that are there, read or not");
    assert_eq!(ledger.tasks().await.len() + 1, fresh.tasks().await.len());

    replace(&path, &bytes);
    ledger.finish(&mut reader).await;
    assert_eq!(reader.status().skipped, []);
    same(&ledger.dump().await, &dump, "whole again");
    assert_eq!(reader.report(&ledger).await.unwrap(), report);
}

#[tokio::test]
async fn what_became_known_while_sessions_could_not_be_read_is_told_when_they_can() {
    let home = copy_of(&recorded());
    sql(
        home.path(),
        "projects.db",
        "update projects set primary_path = '/nowhere'; delete from project_folders",
    )
    .await;
    let ledger = Ledger::new();
    let (mut reader, _) = ledger.import(home.path()).await;
    sql(home.path(), "state.db", "alter table messages rename column session_id to of_session").await;
    ledger.finish(&mut reader).await;
    check_told(&reader, None, "state.db", &["session_id"], "renamed");
    // The projects come to name their folders, and nobody can be told of it.
    replace(&home.path().join("projects.db"), &fs::read(recorded().join("projects.db")).unwrap());
    ledger.finish(&mut reader).await;
    sql(home.path(), "state.db", "alter table messages rename column of_session to session_id").await;
    ledger.finish(&mut reader).await;
    same(&kept(&ledger).await, &whole().await.1, "readable again");
}
