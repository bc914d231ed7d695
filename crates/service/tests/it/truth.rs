//! The recorded telemetry comes out as its truth file says, in whatever order and however often its lines come.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use domain::{
    query::{PageRequest, TaskQuery},
    task::Task,
};
use proptest::prelude::*;
use serde_json::Value;
use service::{Admission, FixedClock, Hermes};
use store::MemoryStore;

fn recorded(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ingest/testdata/native").join(name);
    std::fs::read_to_string(path).unwrap()
}

async fn all_tasks(hermes: &Hermes) -> Vec<Task> {
    let mut tasks = Vec::new();
    for page in 1.. {
        let page = PageRequest { page, per_page: 100 };
        let found = hermes.tasks(&TaskQuery { page, ..TaskQuery::default() }).await.unwrap();
        if found.items.is_empty() {
            break;
        }
        tasks.extend(found.items);
    }
    tasks
}

fn counts(tasks: &[Task], key: impl Fn(&Task) -> String) -> Value {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    tasks.iter().for_each(|task| *counts.entry(key(task)).or_default() += 1);
    serde_json::to_value(counts).unwrap()
}

async fn check(lines: Vec<String>, batch: usize) {
    let truth: Value = serde_json::from_str(&recorded("truth-T.json")).unwrap();
    let now = truth["now"].as_str().unwrap().parse().unwrap();
    let hermes = Hermes::new(Arc::new(MemoryStore::new()), Arc::new(FixedClock::new(now)));
    let mut accepted = 0;
    for lines in lines.chunks(batch) {
        let receipt = hermes.ingest(lines.join("\n").into_bytes(), 1, None, Admission::Wait).await.unwrap();
        assert_eq!((receipt.rejected.total, receipt.conflicting.total), (0, 0));
        accepted += receipt.accepted;
    }
    let tasks = all_tasks(&hermes).await;
    assert_eq!(
        (Value::from(accepted), Value::from(tasks.len())),
        (truth["lines"].clone(), truth["tasks"].clone())
    );
    assert_eq!(counts(&tasks, |task| task.status.to_string()), truth["status"]);
    assert_eq!(counts(&tasks, |task| task.priority.unwrap().to_string()), truth["priority"]);
    assert_eq!(counts(&tasks, |task| task.task_type.unwrap().to_string()), truth["type"]);
    assert_eq!(counts(&tasks, |task| task.source.unwrap().to_string()), truth["source"]);
    assert_eq!(counts(&tasks, |task| task.product_id.to_string()), truth["product"]);
    let (mut events, mut runs) = (0, 0);
    for task in &tasks {
        let page = PageRequest { page: 1, per_page: 1 };
        events += hermes.events(&task.id, page).await.unwrap().unwrap().total;
        runs += hermes.runs(&task.id, page).await.unwrap().unwrap().total;
    }
    assert_eq!((Value::from(events), Value::from(runs)), (truth["events"].clone(), truth["runs"].clone()));
}

fn lines() -> Vec<String> {
    recorded("events-T.jsonl").lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn in_order_the_truth_is_met() {
    check(lines(), 500).await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_and_doubled_the_truth_is_met(
        lines in Just([lines(), lines()].concat()).prop_shuffle(),
        batch in 1_usize..2_000,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // Batches of a line or two would only be slow.
        runtime.block_on(check(lines, batch.max(100)));
    }
}
