//! The recorded home has counts that its README states: see `testdata/README.md`.

use std::collections::BTreeMap;

use crate::harness::{Ledger, copy_of, recorded};

fn words(list: &[(&str, u64)]) -> BTreeMap<String, u64> {
    list.iter().map(|(word, n)| ((*word).to_owned(), *n)).collect()
}

#[tokio::test]
async fn the_report_of_the_recorded_home_has_exactly_its_counts() {
    let home = copy_of(&recorded());
    let ledger = Ledger::new();
    let report = ledger.report(home.path()).await;
    let total = &report.total;
    assert_eq!((total.sessions, total.child_sessions, total.messages), (20, 2, 148));
    assert_eq!((total.tool_calls_with_result, total.tool_calls_without_result), (53, 0));
    assert_eq!((total.commands_exit_zero, total.commands_exit_non_zero, total.commands_blocked), (18, 6, 2));
    assert_eq!((total.tokens_in, total.tokens_out, total.tokens_cache_read), (501_165, 2_299, 704_256));
    assert!((total.estimated_cost_usd - 1.749_257).abs() < 1e-9, "{}", total.estimated_cost_usd);
    assert_eq!(total.kanban_tasks, words(&[("blocked", 3), ("done", 2), ("todo", 1), ("triage", 1)]));
    let runs = [("blocked", 1), ("completed", 2), ("crashed", 1), ("gave_up", 1), ("spawn_failed", 1)];
    assert_eq!(total.kanban_runs, words(&runs));
    assert_eq!(total.cron_executions, words(&[("completed", 3), ("failed", 1)]));
    assert_eq!((total.cron_jobs, total.projects, total.verification_runs), (5, 3, 0));
    assert_eq!(total.skipped, []);
    assert_eq!(total.products, 4);
    let mut events = 0;
    for task in ledger.tasks().await {
        events += ledger.events(task.id.as_str()).await.len() as u64;
    }
    assert_eq!(total.events, events, "the events that are told of are those in the ledger");
    let mut statuses: BTreeMap<String, u64> = BTreeMap::new();
    for task in ledger.tasks().await {
        *statuses.entry(task.status.as_str().to_owned()).or_default() += 1;
    }
    assert_eq!(total.tasks, statuses);
    assert_eq!(report.profiles.len(), 1);
    assert_eq!(&report.profiles["default"], total);
}
