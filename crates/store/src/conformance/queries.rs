//! Questions that a store and a full scan must answer alike.

use domain::{
    agent::AgentStatus,
    event::Event,
    job::Job,
    product::Product,
    query::{Page, PageRequest, TaskQuery},
    run::Run,
    task::Task,
};

use super::history;
use crate::Store;

/// Everything that can be read, in one value.
#[derive(Debug, PartialEq)]
pub(super) struct Readings {
    tasks: Page<Task>,
    events: Vec<Page<Event>>,
    runs: Vec<Page<Run>>,
    products: Vec<Product>,
    agents: Vec<AgentStatus>,
    jobs: Vec<Job>,
}

pub(super) async fn readings(store: &impl Store) -> Readings {
    let page = PageRequest { page: 1, per_page: 100 };
    let (mut events, mut runs) = (Vec::new(), Vec::new());
    for number in 0..40 {
        let task = history::task(number);
        events.push(store.events(&task, page).await.expect("events"));
        runs.push(store.runs(&task, page).await.expect("runs"));
        let found = store.task(&task).await.expect("task");
        assert!(found.is_none_or(|found| found.id == task));
    }
    Readings {
        tasks: store.tasks(&TaskQuery { page, ..TaskQuery::default() }).await.expect("tasks"),
        events,
        runs,
        products: store.products().await.expect("products"),
        agents: store.agents().await.expect("agents"),
        jobs: store.jobs().await.expect("jobs"),
    }
}

/// Filters, searches, orders and pages, as they stand in a URL.
const QUERIES: &[&str] = &[
    "status=failed",
    "status=failed,blocked&priority=P0,P1",
    "product=prod_1,unassigned",
    "type=deploy,bugfix&source=cron",
    "agent=hermes-core",
    "from=2026-10-20&to=2026-11-10",
    "from=2026-10-20T10:00:00Z",
    "q=facade",
    "q=FAÇ+bill",
    "q=失敗",
    "q=払",
    "q=резерв",
    "q=script",
    "q=payloop+disk",
    "q=orchard",
    "q=t_1",
    "q=prod_3",
    "q=hermes+infra",
    "q=grosse",
    "q=größe",
    "q=%22+OR+1%3D1",
    "q=exit+3+disk&status=failed",
    "q=nothing+like+this",
    "sort=title",
    "sort=-title&perPage=3&page=2",
    "sort=priority,-durationMs",
    "sort=status,type,source",
    "sort=-startedAt&status=running",
    "sort=completedAt",
    "sort=-retryCount,progressPercent",
    "sort=assignedAgent,productId,-lastActivityAt",
    "perPage=7&page=3",
    "page=999",
];

/// The store finds, orders and pages as the scan does.
pub(super) async fn same_tasks(store: &impl Store, scan: &impl Store, seed: u64) {
    for text in QUERIES {
        let query = TaskQuery::parse(text).expect(text);
        let (found, expected) =
            (store.tasks(&query).await.expect(text), scan.tasks(&query).await.expect(text));
        let ids = |page: &Page<Task>| page.items.iter().map(|task| task.id.to_string()).collect::<Vec<_>>();
        assert_eq!((found.total, ids(&found)), (expected.total, ids(&expected)), "{text}, seed {seed}");
        assert_eq!(found, expected, "{text}, seed {seed}");
    }
}
