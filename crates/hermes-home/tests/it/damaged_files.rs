//! Files that are no databases: half written, of another form, gone.

use std::{fs, path::Path};

use hermes_home::Reader;
use serde_json::{Value, json};

use crate::harness::{Ledger, copy_of, db::replace, recorded, same, whole};

const JOBS: &str = "cron/jobs.json";
const GATEWAY: &str = "gateway_state.json";
const DUMP: &str = "sessions/request_dump_20261122_171429_9eecf5_20261122_171434_635453.json";

/// A recorded home that was read.
struct Home {
    dir: tempfile::TempDir,
    ledger: Ledger,
    reader: Reader,
}

impl Home {
    async fn read() -> Self {
        Self::with(|_| ()).await
    }

    /// Changed before it is read.
    async fn with(change: impl FnOnce(&Path)) -> Self {
        let dir = copy_of(&recorded());
        change(dir.path());
        let ledger = Ledger::new();
        let (reader, _) = ledger.import(dir.path()).await;
        Self { dir, ledger, reader }
    }

    async fn look(&mut self) -> u64 {
        self.ledger.finish(&mut self.reader).await
    }

    fn put(&self, file: &str, bytes: &[u8]) {
        replace(&self.dir.path().join(file), bytes);
    }

    fn bytes(&self, file: &str) -> Vec<u8> {
        fs::read(self.dir.path().join(file)).unwrap()
    }

    /// Holds that nothing but that place is skipped, for a reason that has the word; and that the report has it.
    async fn check_skipped(&mut self, place: &str, word: &str) {
        let report = self.reader.report(&self.ledger).await.unwrap();
        let status = self.reader.status();
        assert_eq!(report.total.skipped, status.skipped);
        let [skipped] = &status.skipped[..] else { panic!("{place}: {:#?}", status.skipped) };
        assert_eq!(skipped.place, place);
        assert!(skipped.reason.contains(word), "{place}: {}", skipped.reason);
        assert_eq!(status.skipped_total, 1);
    }

    /// Holds that nothing is skipped, and that the ledger is that of the recorded home.
    async fn check_whole(&mut self) {
        let (report, dump) = whole().await;
        self.look().await;
        assert_eq!(self.reader.status().skipped, []);
        same(&self.ledger.dump().await, dump, "whole");
        assert_eq!(&self.reader.report(&self.ledger).await.unwrap(), report);
    }

    fn job_state(&self) -> domain::source::FileState {
        let status = self.reader.status();
        status.files.iter().find(|file| file.path == JOBS).unwrap().state
    }
}

fn half(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len() / 2]
}

fn jobs_of(bytes: &[u8]) -> Vec<Value> {
    serde_json::from_slice::<Value>(bytes).unwrap()["jobs"].as_array().unwrap().clone()
}

#[tokio::test]
async fn jobs_that_cannot_be_read_are_told_and_those_that_were_known_stay() {
    let whole_file = fs::read(recorded().join(JOBS)).unwrap();
    let not_a_list = serde_json::to_vec(&json!({ "jobs": "none" })).unwrap();
    for (bytes, word) in [
        (half(&whole_file), "no JSON"),
        (&b""[..], "no JSON"),
        (b"not json at all", "no JSON"),
        (b"\x00\xff\xfe", "no JSON"),
        (b"42", "neither a list"),
        (&not_a_list, "neither a list"),
    ] {
        // From the start: nothing is known of jobs, everything else is.
        let mut home = Home::with(|dir| replace(&dir.join(JOBS), bytes)).await;
        home.check_skipped(JOBS, word).await;
        assert_eq!(home.reader.report(&home.ledger).await.unwrap().total.cron_jobs, 0);
        home.put(JOBS, &whole_file);
        home.check_whole().await;

        // Later: what was known stays.
        home.put(JOBS, bytes);
        assert_eq!(home.look().await, 0);
        home.check_skipped(JOBS, word).await;
        same(&home.ledger.dump().await, &whole().await.1, "known jobs stay");
        assert_eq!(home.reader.report(&home.ledger).await.unwrap().total.cron_jobs, 5);
        home.put(JOBS, &whole_file);
        home.check_whole().await;
    }
}

#[tokio::test]
async fn jobs_may_begin_with_a_byte_order_mark_or_be_a_bare_list() {
    let bytes = fs::read(recorded().join(JOBS)).unwrap();
    let marked = [b"\xEF\xBB\xBF", &bytes[..]].concat();
    let list = serde_json::to_vec(&jobs_of(&bytes)).unwrap();
    for form in [marked, list] {
        Home::with(|dir| replace(&dir.join(JOBS), &form)).await.check_whole().await;
    }
}

#[tokio::test]
async fn a_file_of_jobs_that_is_gone_for_a_moment_takes_no_job_away() {
    let mut home = Home::read().await;
    let (path, aside) = (home.dir.path().join(JOBS), home.dir.path().join("cron/aside"));
    fs::rename(&path, &aside).unwrap();
    assert_eq!(home.look().await, 0);
    assert_eq!(home.job_state(), domain::source::FileState::Absent);
    same(&home.ledger.dump().await, &whole().await.1, "gone");
    // The very same file comes back.
    fs::rename(&aside, &path).unwrap();
    home.check_whole().await;
    assert_eq!(home.job_state(), domain::source::FileState::Read);
}

#[tokio::test]
async fn the_same_file_of_jobs_after_a_damaged_one_is_read_again() {
    let mut home = Home::read().await;
    let (path, aside) = (home.dir.path().join(JOBS), home.dir.path().join("cron/aside"));
    fs::rename(&path, &aside).unwrap();
    fs::write(&path, b"{").unwrap();
    home.look().await;
    home.check_skipped(JOBS, "no JSON").await;
    fs::rename(&aside, &path).unwrap();
    home.check_whole().await;
}

#[tokio::test]
async fn a_job_that_is_taken_from_the_file_goes_from_the_schedule_and_may_come_back() {
    let mut home = Home::read().await;
    let bytes = home.bytes(JOBS);
    let jobs = jobs_of(&bytes);
    let without: Vec<&Value> = jobs.iter().filter(|job| job["name"] != "disk watch").collect();
    home.put(JOBS, &serde_json::to_vec(&json!({ "jobs": without })).unwrap());
    assert!(home.look().await > 0);
    let names = async |ledger: &Ledger| -> Vec<String> {
        ledger
            .0
            .schedule(domain::query::PageRequest::default())
            .await
            .unwrap()
            .items
            .into_iter()
            .map(|job| job.name)
            .collect()
    };
    let left = names(&home.ledger).await;
    assert_eq!(left.len(), 4, "{left:?}");
    assert!(!left.contains(&"disk watch".to_owned()), "{left:?}");
    assert_eq!(home.look().await, 0);
    // What it did stays.
    let tasks = home.ledger.tasks().await;
    assert!(tasks.iter().any(|task| task.title == "disk watch"));

    home.put(JOBS, &bytes);
    home.look().await;
    assert_eq!(names(&home.ledger).await.len(), 5);
}

#[tokio::test]
async fn a_job_without_an_id_is_told_with_its_place_and_the_others_are_read() {
    let bytes = fs::read(recorded().join(JOBS)).unwrap();
    let mut jobs = jobs_of(&bytes);
    jobs.insert(2, json!({ "name": "Nobody" }));
    let text = serde_json::to_vec(&json!({ "jobs": jobs })).unwrap();
    let mut home = Home::with(|dir| replace(&dir.join(JOBS), &text)).await;
    home.check_skipped("cron/jobs.json jobs[2]", "without an id").await;
    same(&home.ledger.dump().await, &whole().await.1, "the others");
    home.put(JOBS, &bytes);
    home.check_whole().await;
}

#[tokio::test]
async fn jobs_of_wrong_types_stop_nothing() {
    let mut jobs = jobs_of(&fs::read(recorded().join(JOBS)).unwrap());
    let odd = [json!(null), json!(5), json!([]), json!({}), json!("\u{0}<b>\u{202e}"), json!(1e308)];
    for (index, job) in jobs.iter_mut().enumerate() {
        for (at, (name, value)) in job.as_object_mut().unwrap().iter_mut().enumerate() {
            if name != "id" {
                *value = odd[(at + index) % odd.len()].clone();
            }
        }
    }
    jobs.extend([json!(null), json!("job"), json!([1])]);
    let text = serde_json::to_vec(&jobs).unwrap();
    let mut home = Home::with(|dir| replace(&dir.join(JOBS), &text)).await;
    let found = home.reader.report(&home.ledger).await.unwrap().total;
    assert_eq!((found.cron_jobs, found.skipped.len()), (5, 3), "{:#?}", found.skipped);
    assert_eq!(home.look().await, 0);
}

#[tokio::test]
async fn dumps_that_cannot_be_read_are_told_and_read_when_they_are_whole() {
    let bytes = fs::read(recorded().join(DUMP)).unwrap();
    for bad in [half(&bytes), &b""[..], b"[]", b"no json"] {
        let mut home = Home::with(|dir| replace(&dir.join(DUMP), bad)).await;
        let status = home.reader.status();
        assert_eq!(status.skipped.len(), 1, "{:?}", status.skipped);
        home.check_skipped(DUMP, "").await;
        home.put(DUMP, &bytes);
        home.check_whole().await;
    }
}

#[tokio::test]
async fn a_giant_dump_is_not_opened() {
    let mut home = Home::with(|dir| {
        let file = fs::File::create(dir.join("sessions/request_dump_giant.json")).unwrap();
        // A file with a hole: it takes no room.
        file.set_len(10 << 30).unwrap();
    })
    .await;
    home.check_skipped("sessions/request_dump_giant.json", "bytes are more than").await;
    fs::remove_file(home.dir.path().join("sessions/request_dump_giant.json")).unwrap();
    home.check_whole().await;
}

#[tokio::test]
async fn a_dump_of_nobody_is_passed_over() {
    let odd = json!({ "session_id": 5, "timestamp": [], "reason": {}, "error": "text" }).to_string();
    let mut home = Home::with(|dir| {
        fs::write(dir.join("sessions/request_dump_a.json"), "{}").unwrap();
        fs::write(dir.join("sessions/request_dump_b.json"), r#"{"session_id":"nobody","timestamp":"2026"}"#)
            .unwrap();
        fs::write(dir.join("sessions/request_dump_c.json"), &odd).unwrap();
        fs::create_dir(dir.join("sessions/request_dump_d.json")).unwrap();
    })
    .await;
    let places: Vec<String> = home.reader.status().skipped.into_iter().map(|skipped| skipped.place).collect();
    assert_eq!(places, ["sessions/request_dump_c.json", "sessions/request_dump_d.json"]);
    same(&home.ledger.dump().await, &whole().await.1, "odd dumps");
    assert_eq!(home.look().await, 0);
}

#[tokio::test]
async fn the_state_of_the_gateway_half_written_is_told_and_what_was_known_stays() {
    let bytes = fs::read(recorded().join(GATEWAY)).unwrap();
    for bad in [half(&bytes), &b""[..], b"\xff\xfe{}", b"no json"] {
        let mut home = Home::read().await;
        home.put(GATEWAY, bad);
        assert_eq!(home.look().await, 0, "{bad:?}");
        home.check_skipped(GATEWAY, "no JSON").await;
        same(&home.ledger.dump().await, &whole().await.1, "the gateway that was known");
        home.put(GATEWAY, &bytes);
        home.check_whole().await;
    }
    let mut home = Home::with(|dir| {
        fs::remove_file(dir.join(GATEWAY)).unwrap();
        fs::create_dir(dir.join(GATEWAY)).unwrap();
    })
    .await;
    home.check_skipped(GATEWAY, "").await;
    home.put(GATEWAY, &bytes);
    home.check_whole().await;
}

#[tokio::test]
async fn memories_with_odd_bytes_are_read_and_giant_ones_are_told() {
    let odd = b"first\0entry\xff\n\xc2\xa7\n<b>second</b>\n\xc2\xa7\n\n".to_vec();
    let mut home = Home::with(|dir| replace(&dir.join("memories/MEMORY.md"), &odd)).await;
    let status = home.reader.status();
    assert_eq!(status.skipped, []);
    let of_memory = |status: &domain::source::HomeStatus| -> Vec<String> {
        let mine = status.lessons.iter().filter(|lesson| lesson.path == "memories/MEMORY.md");
        mine.map(|lesson| lesson.text.clone()).collect()
    };
    assert_eq!(of_memory(&status), ["first\0entry\u{fffd}", "<b>second</b>"]);
    same(&home.ledger.dump().await, &whole().await.1, "memories are no rows");

    home.put("memories/MEMORY.md", &vec![b'x'; 2 << 20]);
    home.look().await;
    home.check_skipped("memories/MEMORY.md", "bytes are more than").await;
    home.put("memories/MEMORY.md", b"short again");
    home.look().await;
    assert_eq!(home.reader.status().skipped, []);
    assert_eq!(of_memory(&home.reader.status()), ["short again"]);
}

#[tokio::test]
async fn odd_skills_and_outputs_stop_nothing() {
    let mut home = Home::with(|dir| {
        fs::create_dir_all(dir.join("skills/odd/deeper")).unwrap();
        fs::write(dir.join("skills/odd/SKILL.md"), b"---\nname:\ndescription: \xff\0\n").unwrap();
        fs::create_dir_all(dir.join("skills/folder/SKILL.md")).unwrap();
        fs::write(dir.join("cron/output/stray.md"), "no folder").unwrap();
        fs::create_dir_all(dir.join("cron/output/d67ff18d4473/2026-11-22_17-16-39.md")).unwrap();
        fs::write(dir.join("cron/output/d67ff18d4473/yesterday.md"), "no time").unwrap();
    })
    .await;
    assert_eq!(home.look().await, 0);
    assert_eq!(home.reader.status().skipped, []);
}

#[tokio::test]
async fn a_home_that_goes_and_comes_is_said_and_read_on() {
    let mut home = Home::read().await;
    let aside = tempfile::tempdir().unwrap();
    let away = aside.path().join("home");
    let here = home.dir.path().to_owned();
    fs::rename(&here, &away).unwrap();
    assert_eq!(home.look().await, 0);
    let status = home.reader.status();
    assert_eq!(status.state, domain::source::HomeState::Missing);
    assert_eq!(status.skipped[0].place, here.display().to_string());
    fs::write(&here, b"a file").unwrap();
    assert_eq!(home.look().await, 0);
    assert_eq!(home.reader.status().state, domain::source::HomeState::Unreadable);
    fs::remove_file(&here).unwrap();
    fs::rename(&away, &here).unwrap();
    home.check_whole().await;
}
