//! The suite that every backend passes: it answers as the in-memory store does, whose answers come from full
//! scans. Histories are random but the same at every run.

mod cursors;
mod decisions;
mod export;
mod heads;
mod history;
mod merges;
mod mirror;
mod products;
mod queries;
mod random;
mod retention;
mod settings;
mod views;
mod work;

use std::{collections::BTreeSet, future::Future};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    change::Changes,
    facts::{Spans, bucket, day},
    fold::Ledger,
    id::Seq,
    query::{PageRequest, TaskQuery},
    telemetry::{Outcome, Telemetry},
};

use self::history::{History, Merging};
use crate::{Batch, MemoryStore, Store, StoreError, Token};

/// Histories that are tried.
const SEEDS: u64 = 12;

/// Runs the whole suite; `open` makes a fresh, empty store.
pub async fn all<S: Store, F: Future<Output = S>>(open: impl Fn() -> F) {
    lines_are_taken_once(&open().await).await;
    a_conflict_changes_nothing(&open().await).await;
    cursors_and_tokens_are_kept(&open().await).await;
    settings::every_version_is_kept_and_a_stale_one_is_refused(&open().await).await;
    heads::each_log_grows_with_what_it_holds(&open().await).await;
    cursors::cursors_are_found_by_the_start_of_their_names(&open().await).await;
    for seed in 0..SEEDS {
        // Every other history has tasks that turn out to be others.
        let merges = seed % 2 == 1;
        let wild = if merges { Merging::Wild } else { Merging::Never };
        let orderly = if merges { Merging::Orderly(BTreeSet::new()) } else { Merging::Never };
        let history = |merging: &Merging| History::merging(seed, merging.clone());
        Box::pin(every_answer_equals_a_full_scan(&open().await, history(&wild))).await;
        order_and_repetition_do_not_matter(&open().await, history(&orderly)).await;
        the_log_replays_to_the_same_rows(&open().await, || history(&wild)).await;
        merges::all_lines_count_as_if_they_had_named_the_one_task(&open().await, seed).await;
        decisions::random::they_do_what_a_plain_model_does(&open().await, seed).await;
        decisions::random::they_do_what_the_memory_store_does(&open().await, history(&wild)).await;
    }
    work::a_call_that_is_told_otherwise_moves(&open().await).await;
    work::of_many_workers_those_with_the_most_work_are_listed(&open().await).await;
    work::failures_in_a_row_are_known(&open().await).await;
    merges::two_tasks_become_one(&open().await).await;
    merges::chains_resolve_and_circles_do_not_close(&open().await).await;
    decisions::the_latest_is_in_force_and_undoing_brings_back_the_one_before(&open().await).await;
    decisions::what_cannot_be_undone_is_not(&open().await).await;
    decisions::they_end_when_their_task_leaves_its_state(&open().await).await;
    decisions::they_end_when_what_is_wrong_with_their_agent_changes(&open().await).await;
    decisions::they_move_along_with_a_task_that_is_another(&open().await).await;
    decisions::the_log_is_paged_the_newest_first(&open().await).await;
}

/// The part of the suite about what the founder says of products; `open` makes a fresh, empty store.
pub async fn products<S: Store, F: Future<Output = S>>(open: impl Fn() -> F) {
    for seed in 0..SEEDS {
        let wild = if seed % 2 == 1 { Merging::Wild } else { Merging::Never };
        let history = History::merging(seed, wild);
        products::the_founders_word_counts_as_in_a_full_scan(&open().await, history).await;
        products::a_merge_counts_as_if_lines_had_named_the_one_product(&open().await, seed).await;
    }
    products::the_founders_word_wins_until_it_is_taken_back(&open().await).await;
    products::merges_chain_and_old_names_lead_on(&open().await).await;
}

/// The part of the suite about deleting what is too old; `open` makes a fresh, empty store.
pub async fn retention<S: Store, F: Future<Output = S>>(open: impl Fn() -> F) {
    for seed in 0..SEEDS / 2 {
        let history = History::merging(seed, if seed % 2 == 1 { Merging::Wild } else { Merging::Never });
        Box::pin(retention::what_is_left_equals_a_full_scan(&open().await, history)).await;
    }
    retention::what_must_stay_stays(&open().await).await;
}

/// The part of the suite about what the browser's mirror is loaded by; `open` makes a fresh, empty store.
pub async fn mirror<S: Store, F: Future<Output = S>>(open: impl Fn() -> F) {
    for seed in 0..SEEDS {
        let history = History::merging(seed, if seed % 2 == 1 { Merging::Wild } else { Merging::Never });
        Box::pin(mirror::parts_are_those_of_a_full_scan(&open().await, history)).await;
    }
}

/// The part of the suite about exports and saved views; `open` makes a fresh, empty store.
pub async fn ledger<S: Store, F: Future<Output = S>>(open: impl Fn() -> F) {
    for seed in 0..SEEDS / 3 {
        export::all_rows_come_in_order(&open().await, History::merging(seed, Merging::Wild)).await;
    }
    views::they_are_kept_in_their_order(&open().await).await;
    views::a_name_stands_for_one_view(&open().await).await;
    views::they_do_what_the_memory_store_does(&open().await).await;
}

/// The part of the suite that asks thousands of random questions of one data set: a test of its own, as it takes as long
/// as all the others. `store` is fresh and empty.
pub async fn questions(store: &impl Store) {
    random::filters_orders_and_pages_are_answered_alike(store).await;
}

/// The data set of [`questions`], and the questions themselves: for what answers them beside a store.
pub fn asked() -> (Vec<Telemetry>, Vec<TaskQuery>) {
    random::asked()
}

/// The time at which the suite stores.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default()
}

/// Random telemetry, the same for the same seed, and spans to ask for facts of it: for tests of one backend.
pub fn sample(seed: u64, lines: usize) -> (Vec<Telemetry>, Spans) {
    (History::new(seed).lines(lines), spans())
}

/// The same, with tasks that turn out to be others.
pub fn merging_sample(seed: u64, lines: usize) -> Vec<Telemetry> {
    History::merging(seed, Merging::Wild).lines(lines)
}

fn spans() -> Spans {
    let back = |days| now() - TimeDelta::days(days);
    Spans {
        since: back(20),
        recent: back(5),
        quiet: back(2),
        days: day(back(25)),
        deeds: [bucket(back(1)), bucket(back(4)), bucket(back(30))],
        until: now(),
    }
}

async fn append(store: &impl Store, lines: &[Telemetry]) -> Vec<Outcome> {
    let batch = Batch { lines: lines.to_vec(), cursors: Vec::new() };
    store.append(batch, now()).await.expect("append").outcomes
}

async fn lines_are_taken_once(store: &impl Store) {
    let lines = History::new(1).lines(40);
    let doubled: Vec<_> = lines.iter().chain(&lines).cloned().collect();
    let outcomes = append(store, &doubled).await;
    assert!(outcomes[..40].iter().all(|outcome| *outcome == Outcome::Accepted));
    assert!(outcomes[40..].iter().all(|outcome| *outcome == Outcome::Duplicate), "doubled within a batch");
    let seq = store.info().await.expect("info").seq;
    assert!(append(store, &lines).await.iter().all(|outcome| *outcome == Outcome::Duplicate), "sent again");
    let info = store.info().await.expect("info");
    assert_eq!((info.lines, info.seq), (40, seq), "a repeated line changes nothing");
}

async fn a_conflict_changes_nothing(store: &impl Store) {
    let lines = History::new(2).lines(20);
    append(store, &lines).await;
    let before = queries::readings(store).await;
    let mut changed = History::new(3).lines(20);
    for (changed, line) in changed.iter_mut().zip(&lines) {
        changed.id = line.id.clone();
        changed.digest = [0xff; 16];
    }
    assert!(append(store, &changed).await.iter().all(|outcome| *outcome == Outcome::Conflict));
    assert_eq!(queries::readings(store).await, before);
}

async fn every_answer_equals_a_full_scan(store: &impl Store, mut history: History) {
    let scan = MemoryStore::new();
    let seed = history.seed();
    for size in [1, 7, 150, 600, 30] {
        let lines = history.lines(size);
        append(store, &lines).await;
        append(&scan, &lines).await;
        let (facts, expected) =
            (store.facts(spans()).await.expect("facts"), scan.facts(spans()).await.expect("facts"));
        assert_eq!(facts, expected, "facts from roll-ups, seed {seed}");
        assert_eq!(queries::readings(store).await, queries::readings(&scan).await, "seed {seed}");
        queries::same_history(store, &scan, seed).await;
    }
    Box::pin(queries::same_tasks(store, &scan, seed)).await;
}

async fn order_and_repetition_do_not_matter(store: &impl Store, mut history: History) {
    let ordered = MemoryStore::new();
    let seed = history.seed();
    let lines = history.lines(300);
    append(&ordered, &lines).await;
    let mut doubled: Vec<_> = lines.iter().chain(&lines).cloned().collect();
    history.shuffle(&mut doubled);
    for batch in doubled.chunks(77) {
        append(store, batch).await;
    }
    assert_eq!(queries::readings(store).await, queries::readings(&ordered).await, "seed {seed}");
}

async fn the_log_replays_to_the_same_rows(store: &impl Store, history: impl Fn() -> History) {
    let mut told = history();
    for size in [50, 200, 3] {
        append(store, &told.lines(size)).await;
    }
    let (mut replayed, mut seq) = (Ledger::default(), Seq(0));
    loop {
        let Changes::Some { changes, upto } = store.changes_after(seq, 64).await.expect("changes") else {
            panic!("a log that was never trimmed asked for a resync");
        };
        if upto == seq {
            break;
        }
        assert!(upto.0 <= seq.0 + 64, "places have no gap, so 64 changes reach 64 places at most");
        changes.iter().for_each(|change| replayed.apply(change));
        seq = upto;
    }
    assert_eq!(seq, store.info().await.expect("info").seq);
    let ahead = store.changes_after(seq.next(), 1).await.expect("changes");
    assert_eq!(ahead, Changes::Resync, "a reader that knows more than there is reads another store");
    let mut direct = Ledger::default();
    let mut told = history();
    for size in [50, 200, 3] {
        told.lines(size).iter().for_each(|line| direct.merge(line, now()));
    }
    direct.seq = replayed.seq;
    assert_eq!(replayed, direct, "seed {}", told.seed());
}

async fn cursors_and_tokens_are_kept(store: &impl Store) {
    let cursor = serde_json::json!({"offset": 42});
    assert_eq!(store.cursor("a file").await.expect("cursor"), None);
    let batch = Batch { lines: Vec::new(), cursors: vec![("a file".to_owned(), cursor.clone())] };
    store.append(batch, now()).await.expect("append");
    assert_eq!(store.cursor("a file").await.expect("cursor"), Some(cursor));

    let token =
        Token { name: "laptop".to_owned(), hash: "ab".repeat(32), created_at: now(), last_used_at: None };
    store.add_token(&token).await.expect("add");
    assert!(matches!(store.add_token(&token).await, Err(StoreError::Taken(_))));
    assert_eq!(store.tokens().await.expect("tokens"), std::slice::from_ref(&token));
    let used = store.use_token(&token.hash, now()).await.expect("use").expect("known");
    assert_eq!(used.last_used_at, Some(now()));
    assert_eq!(store.use_token("other", now()).await.expect("use"), None);
    assert!(store.revoke_token("laptop").await.expect("revoke"));
    assert!(!store.revoke_token("laptop").await.expect("revoke"));
    assert_eq!(store.use_token(&token.hash, now()).await.expect("use"), None, "a revoked token is unknown");

    let key = store.digest_key().await.expect("key");
    assert_eq!(store.digest_key().await.expect("key"), key);
    let page = store.events(&history::task(0), PageRequest::default()).await.expect("events");
    assert_eq!((page.items.len(), page.total), (0, 0), "an unknown task has no events");
}
