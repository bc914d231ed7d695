//! The parts that the browser's mirror is loaded by: each task stands in one, and none changes under its version.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::{
    id::{Seq, TaskId},
    month::Month,
    task::TaskRecord,
};

use super::{append, history::History, now};
use crate::{MemoryStore, MirrorPart, Prune, Store};

type Rows = Vec<TaskRecord>;

async fn rows(store: &impl Store, part: MirrorPart) -> Option<(Rows, Seq)> {
    let mut rows = Vec::new();
    let seq = store.mirror(part, &mut |task| rows.push(task)).await.expect("mirror");
    seq.map(|seq| (rows, seq))
}

/// After each step, every part is that of a full scan; together they are all tasks; a version stands for one content.
pub(super) async fn parts_are_those_of_a_full_scan(store: &impl Store, mut history: History) {
    let scan = MemoryStore::new();
    let seed = history.seed();
    let since = Month::of(now() - TimeDelta::days(10));
    let mut contents: BTreeMap<(Month, u64), Rows> = BTreeMap::new();
    let mut before: BTreeMap<Month, (u64, Rows)> = BTreeMap::new();
    for step in 0..14 {
        if step == 13 {
            let prune = Prune { events: None, tasks: Some(now() - TimeDelta::days(12)), after: None };
            let pruned = store.prune(&prune, 1_000).await.expect("prune");
            assert_eq!(pruned, scan.prune(&prune, 1_000).await.expect("prune"), "seed {seed}");
        } else {
            let lines = history.lines(if step == 0 { 200 } else { 20 });
            append(store, &lines).await;
            append(&scan, &lines).await;
        }
        let (months, expected) =
            (store.mirror_months().await.expect("months"), scan.mirror_months().await.expect("months"));
        let of = |months: &crate::MirrorMonths| {
            let closed: Vec<_> = months.months.iter().map(|month| (month.month, month.tasks)).collect();
            (months.tasks, closed)
        };
        assert_eq!(of(&months), of(&expected), "seed {seed}, step {step}");
        let mut all: BTreeSet<TaskId> = BTreeSet::new();
        let mut count = 0;
        for (closed, expected) in months.months.iter().zip(&expected.months) {
            let part = |version| MirrorPart::Closed { month: closed.month, version };
            let (found, seq) = rows(store, part(closed.version)).await.expect("the version in force");
            let (scanned, _) = rows(&scan, part(expected.version)).await.expect("the version in force");
            assert_eq!((&found, seq), (&scanned, months.seq), "{}, seed {seed}, step {step}", closed.month);
            assert_eq!(found.len() as u64, closed.tasks);
            assert!(rows(store, part(closed.version + 1)).await.is_none(), "no version in force");
            let known = contents.insert((closed.month, closed.version), found.clone());
            assert!(known.is_none_or(|known| known == found), "{} changed under its version", closed.month);
            if let Some((version, same)) = before.insert(closed.month, (closed.version, found.clone())) {
                assert!(
                    version == closed.version || same != found,
                    "{}: a new version of the same",
                    closed.month
                );
            }
            if closed.month < since {
                count += found.len();
                all.extend(found.into_iter().map(|task| task.id));
            }
        }
        let (fresh, seq) = rows(store, MirrorPart::Fresh { since }).await.expect("always there");
        let (scanned, _) = rows(&scan, MirrorPart::Fresh { since }).await.expect("always there");
        assert_eq!((by_id(&fresh), seq), (by_id(&scanned), months.seq), "seed {seed}, step {step}");
        count += fresh.len();
        all.extend(fresh.into_iter().map(|task| task.id));
        assert_eq!((count as u64, all.len()), (months.tasks, count), "each task stands in one part");
    }
}

fn by_id(rows: &Rows) -> BTreeMap<&TaskId, &TaskRecord> {
    rows.iter().map(|task| (&task.id, task)).collect()
}
