//! Live streams, over a clock of tokio that stands still: nothing here waits.

mod founder;
mod shared;

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use domain::{
    change::{Change, Row},
    id::{Seq, TaskId},
    live::Kind,
    settings::{Retention, Settings},
};
use service::{
    Admission, Hermes, LiveFilter, LiveMessage, LiveStream,
    live::{BEAT, COALESCE, LOOK, MAX_BEHIND},
};
use store::MemoryStore;
use tokio::time::Instant;

use super::{hermes, task};

/// A task, by number.
fn line(number: u64) -> String {
    task(&format!("l{number}"), &format!("t{number}"), "one")
}

fn event(number: u64, of: &str) -> String {
    format!(
        r#"{{"id":"e{number}","ts":"2026-11-20T08:30:00Z","kind":"event","event":{{"id":"e{number}","taskId":"{of}","timestamp":"2026-11-20T08:30:00Z","level":"info","eventType":"started","message":"m"}}}}"#
    )
}

async fn tell(hermes: &Hermes, lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines.into_iter().collect();
    let receipt = hermes.ingest(lines.join("\n").into_bytes(), 1, None, Admission::Wait).await.unwrap();
    assert_eq!(receipt.accepted, lines.len() as u64, "{receipt:?}");
}

async fn open(hermes: &Hermes, after: Option<u64>) -> LiveStream {
    hermes.live(after.map(Seq), LiveFilter::default()).await.unwrap()
}

async fn of_task(hermes: &Hermes, after: u64, id: &str) -> LiveStream {
    let filter = LiveFilter::new([], Some(TaskId::new(id).unwrap()));
    hermes.live(Some(Seq(after)), filter).await.unwrap()
}

/// The next message, which must be rows: their places and names, and the place that is reached.
async fn rows(stream: &mut LiveStream) -> (Vec<(u64, String)>, u64) {
    match stream.next().await.unwrap() {
        LiveMessage::Changes { upto, json } => {
            let changes: Vec<Change> = serde_json::from_str(&json).unwrap();
            (changes.iter().map(|change| (change.seq.0, name(&change.row))).collect(), upto.0)
        }
        other => panic!("not rows: {other:?}"),
    }
}

fn name(row: &Row) -> String {
    match row {
        Row::Task(task) => task.id.to_string(),
        Row::Event(record) => record.event.id.to_string(),
        Row::TaskMerged(merged) => format!("{} is {}", merged.from, merged.into),
        other => format!("{other:?}"),
    }
}

fn named<const N: usize>(places: [(u64, &str); N]) -> Vec<(u64, String)> {
    places.map(|(place, name)| (place, name.to_owned())).into()
}

#[tokio::test(start_paused = true)]
async fn what_happened_is_told_first_and_then_what_happens_each_once() {
    let (hermes, _) = hermes();
    tell(&hermes, (1..=3).map(line)).await;
    let mut stream = open(&hermes, Some(1)).await;
    assert_eq!(rows(&mut stream).await, (named([(2, "t2"), (3, "t3")]), 3));
    tell(&hermes, [line(4)]).await;
    assert_eq!(rows(&mut stream).await, (named([(4, "t4")]), 4));
    assert_eq!(stream.next().await.unwrap(), LiveMessage::Beat(Seq(4)), "and nothing twice");
    assert_eq!(hermes.live_counts().replayed, 2);
}

#[tokio::test(start_paused = true)]
async fn without_a_place_a_stream_begins_now() {
    let (hermes, _) = hermes();
    tell(&hermes, [line(1)]).await;
    let mut stream = open(&hermes, None).await;
    assert_eq!(stream.place(), Seq(1));
    tell(&hermes, [line(2)]).await;
    assert_eq!(rows(&mut stream).await, (named([(2, "t2")]), 2));
}

#[tokio::test(start_paused = true)]
async fn the_first_message_comes_at_once_and_the_next_not_before_its_time() {
    let (hermes, _) = hermes();
    let mut stream = open(&hermes, None).await;
    tokio::time::advance(Duration::from_secs(3)).await;
    let begin = Instant::now();
    tell(&hermes, [line(1)]).await;
    rows(&mut stream).await;
    assert_eq!(begin.elapsed(), Duration::ZERO, "it was quiet");
    for number in 2..=4 {
        tell(&hermes, [line(number)]).await;
    }
    assert_eq!(rows(&mut stream).await, (named([(2, "t2"), (3, "t3"), (4, "t4")]), 4));
    assert!(
        (COALESCE..COALESCE + Duration::from_millis(3)).contains(&begin.elapsed()),
        "{:?}",
        begin.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_burst_is_a_few_messages() {
    let (hermes, _) = hermes();
    tell(&hermes, [line(1)]).await;
    let mut stream = open(&hermes, Some(1)).await;
    let writing = hermes.clone();
    let writer = tokio::spawn(async move {
        for number in 0..1_000 {
            tell(&writing, [event(number, "t1")]).await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let (begin, mut messages) = (Instant::now(), 0);
    while begin.elapsed() < Duration::from_secs(1) {
        let (rows, _) = rows(&mut stream).await;
        assert!(rows.iter().all(|(_, name)| name == "t1"), "events are for the page of their task");
        messages += 1;
    }
    assert!(messages <= 21, "{messages} messages in a second");
    writer.await.unwrap();
    assert!(hermes.live_counts().reads <= 24, "{:?}", hermes.live_counts());
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_has_nothing_to_say_says_so() {
    let (hermes, _) = hermes();
    let mut stream = open(&hermes, None).await;
    let begin = Instant::now();
    assert_eq!(stream.next().await.unwrap(), LiveMessage::Beat(Seq(0)));
    assert_eq!(stream.next().await.unwrap(), LiveMessage::Beat(Seq(0)));
    assert!((2 * BEAT..2 * BEAT + LOOK).contains(&begin.elapsed()), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_place_that_the_store_has_not_reached_is_another_stores() {
    let (hermes, _) = hermes();
    tell(&hermes, [line(1)]).await;
    let mut stream = open(&hermes, Some(2)).await;
    assert!(stream.is_lost());
    assert_eq!(stream.next().await.unwrap(), LiveMessage::Resync(Seq(1)));
    assert!(!stream.is_lost());
    tell(&hermes, [line(2)]).await;
    assert_eq!(rows(&mut stream).await, (named([(2, "t2")]), 2), "it goes on from there");
    assert_eq!(hermes.live_counts().resyncs, 1);
}

#[tokio::test(start_paused = true)]
async fn what_retention_deleted_is_no_gap() {
    let (hermes, clock) = hermes();
    let old = r#"{"id":"x","ts":"2026-11-20T08:00:00Z","kind":"task","task":{"id":"old","status":"completed","endedAt":"2026-11-20T08:00:00Z"}}"#;
    tell(&hermes, [old.to_owned(), event(1, "t9"), line(1)]).await;
    let (mut stream, place) = (open(&hermes, Some(1)).await, hermes.heads().await.unwrap().seq.0);
    rows(&mut stream).await;
    clock.advance(TimeDelta::days(400));
    let settings = Settings { retention: Retention { event_days: 0, task_days: 30 }, ..Settings::default() };
    hermes.save_settings(settings, "me", 0).await.unwrap();
    assert!(hermes.retain().await.unwrap().is_some_and(|run| run.tasks == 1));
    assert!(matches!(stream.next().await.unwrap(), LiveMessage::Touched(..)), "the settings");
    assert_eq!(stream.next().await.unwrap(), LiveMessage::Resync(Seq(place + 1)));
    let mut back = open(&hermes, Some(place)).await;
    assert_eq!(back.next().await.unwrap(), LiveMessage::Resync(Seq(place + 1)), "who was away, too");
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_is_told_the_latest_rows_or_to_begin_anew() {
    let (hermes, _) = hermes();
    let mut stream = open(&hermes, None).await;
    for _ in 0..3 {
        // Nobody asks the stream meanwhile.
        tokio::time::advance(Duration::from_mins(1)).await;
    }
    tell(&hermes, (1..=MAX_BEHIND).map(line)).await;
    let (mut seen, mut reached) = (0, 0);
    while reached < MAX_BEHIND {
        let (rows, upto) = rows(&mut stream).await;
        assert!(rows.len() <= 1_000, "bounded");
        seen += rows.len() as u64;
        reached = upto;
    }
    assert_eq!(seen, MAX_BEHIND);
    tell(&hermes, (MAX_BEHIND + 1..=2 * MAX_BEHIND + 1).map(line)).await;
    assert_eq!(stream.next().await.unwrap(), LiveMessage::Resync(Seq(2 * MAX_BEHIND + 1)));
    let begin = Instant::now();
    tell(&hermes, [line(2 * MAX_BEHIND + 2)]).await;
    rows(&mut stream).await;
    assert!(begin.elapsed() >= Duration::from_secs(1), "whoever begins anew has enough to do");
}

#[tokio::test(start_paused = true)]
async fn the_page_of_a_task_gets_what_belongs_to_it() {
    let (hermes, _) = hermes();
    let mut stream = of_task(&hermes, 0, "t1").await;
    tell(&hermes, [line(1), line(2), event(1, "t1"), event(2, "t2")]).await;
    assert_eq!(rows(&mut stream).await, (named([(1, "t1"), (3, "e1")]), 4), "all places are behind it");
    let begin = Instant::now();
    tell(&hermes, [line(3)]).await;
    assert_eq!(stream.next().await.unwrap(), LiveMessage::Upto(Seq(5)), "what it leaves out is passed over");
    assert!((1_000..1_100).contains(&begin.elapsed().as_millis()), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_stream_follows_its_task_to_what_it_turns_out_to_be() {
    let (hermes, _) = hermes();
    tell(&hermes, [line(1), line(2)]).await;
    let mut stream = of_task(&hermes, 2, "t1").await;
    let merge = r#"{"id":"m1","ts":"2026-11-20T08:40:00Z","kind":"merge","merge":{"from":"t1","into":"t2"}}"#;
    tell(&hermes, [merge.to_owned()]).await;
    assert_eq!(rows(&mut stream).await, (named([(3, "t1 is t2"), (4, "t2")]), 4));
    tell(&hermes, [event(1, "t2")]).await;
    assert_eq!(rows(&mut stream).await, (named([(5, "e1"), (6, "t2")]), 6));
    let mut old_link = of_task(&hermes, 4, "t1").await;
    assert_eq!(rows(&mut old_link).await, (named([(5, "e1"), (6, "t2")]), 6));
}

#[tokio::test(start_paused = true)]
async fn all_of_a_kind_can_be_asked_for() {
    let (hermes, _) = hermes();
    let mut stream = hermes.live(Some(Seq(0)), LiveFilter::new([Kind::Event], None)).await.unwrap();
    tell(&hermes, [line(1), event(1, "t1"), event(2, "t7")]).await;
    assert_eq!(rows(&mut stream).await, (named([(2, "e1"), (3, "e2")]), 4));
}

#[tokio::test(start_paused = true)]
async fn clones_of_the_handle_share_their_streams_and_others_are_looked_for() {
    let store = Arc::new(MemoryStore::new());
    let clock = Arc::new(service::FixedClock::new(super::now()));
    let hermes = Hermes::new(Arc::clone(&store) as _, Arc::clone(&clock) as _);
    // Another process: it shares the store and nothing else.
    let other = Hermes::new(store, clock);
    let mut stream = open(&hermes, None).await;
    tell(&hermes.clone(), [line(1)]).await;
    let begin = Instant::now();
    assert_eq!(rows(&mut stream).await, (named([(1, "t1")]), 1));
    assert_eq!(begin.elapsed(), Duration::ZERO);
    tell(&other, [line(2)]).await;
    assert_eq!(rows(&mut stream).await, (named([(2, "t2")]), 2));
    assert!(begin.elapsed() <= LOOK + COALESCE, "{:?}", begin.elapsed());
}
