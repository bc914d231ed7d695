//! Questions that a store and a full scan must answer alike.

use chrono::TimeDelta;
use domain::{
    agent::AgentStatus,
    event::Event,
    facts::{
        Period, bucket, day,
        work::{SLOT_SECONDS, ToolUse, Work, WorkKey, WorkKind, WorkSpan, slot},
    },
    id::{AgentId, ProductId, TaskId},
    insight::fingerprint::Recurrence,
    job::Job,
    product::Product,
    query::{Facets, Page, PageRequest, TaskFilter, TaskQuery},
    run::Run,
    task::Task,
};

use super::history;
use crate::Store;

/// Everything that can be read, in one value.
#[derive(Debug, PartialEq)]
pub(super) struct Readings {
    tasks: Page<Task>,
    of_tasks: Vec<OfTask>,
    facets: Facets,
    products: Vec<Product>,
    agents: Vec<AgentStatus>,
    jobs: Vec<Job>,
    /// Over a long span, over a short one, and of some workers only.
    work: [Work; 3],
    failed_calls: Vec<Vec<Event>>,
    tools: Vec<ToolUse>,
}

/// Everything that can be read of one task.
#[derive(Debug, PartialEq)]
pub(super) struct OfTask {
    task: Option<Task>,
    events: Page<Event>,
    runs: Page<Run>,
    each: Vec<Event>,
    recurrences: Vec<Recurrence>,
}

const ALL: PageRequest = PageRequest { page: 1, per_page: 100 };

pub(super) async fn of_task(store: &impl Store, id: &TaskId) -> OfTask {
    let mut each = Vec::new();
    store.each_event(id, &mut |event| each.push(event)).await.expect("each event");
    OfTask {
        each,
        recurrences: store.recurrences(id).await.expect("recurrences"),
        task: store.task(id).await.expect("task"),
        events: store.events(id, ALL).await.expect("events"),
        runs: store.runs(id, ALL).await.expect("runs"),
    }
}

pub(super) async fn readings(store: &impl Store) -> Readings {
    let mut of_tasks = Vec::new();
    for number in 0..history::TASKS {
        of_tasks.push(of_task(store, &history::task(number)).await);
    }
    Readings {
        tasks: store.tasks(&TaskQuery { page: ALL, ..TaskQuery::default() }).await.expect("tasks"),
        of_tasks,
        facets: store.facets(&TaskFilter::default()).await.expect("facets"),
        products: store.products().await.expect("products"),
        agents: store.agents().await.expect("agents"),
        jobs: store.jobs().await.expect("jobs"),
        work: work(store).await,
        failed_calls: failed_calls(store).await,
        tools: store.tools_of(&AgentId::new("openclaw").expect("an id")).await.expect("tools"),
    }
}

async fn work(store: &impl Store) -> [Work; 3] {
    let until = super::now();
    let span = |slots| WorkSpan { since: slot(until - TimeDelta::seconds(SLOT_SECONDS * slots)), until };
    let key = |kind, name: &str| WorkKey { kind, name: name.to_owned() };
    let named = [
        key(WorkKind::Call, "terminal"),
        key(WorkKind::Task, "openclaw"),
        key(WorkKind::Task, "terminal"),
        key(WorkKind::Run, "nobody"),
    ];
    [
        store.work(span(48 * 60), None).await.expect("work"),
        store.work(span(48), None).await.expect("work"),
        store.work(span(48 * 7), Some(&named)).await.expect("work"),
    ]
}

async fn failed_calls(store: &impl Store) -> Vec<Vec<Event>> {
    let mut all = Vec::new();
    for tool in history::TOOLS {
        all.push(store.failed_calls(tool, 7).await.expect("failed calls"));
    }
    all
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
    "endedFrom=2026-10-20&endedTo=2026-11-10T10:00:00Z&status=failed",
    "q=facade",
    "q=FAÇ+bill",
    "q=失敗",
    "q=払",
    "q=резерв",
    "q=script",
    "q=step&in=everything",
    "q=disk&in=everything&status=failed",
    "q=facade&in=everything",
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
        let (page, facets) = store.ledger(&query).await.expect(text);
        assert_eq!(page, expected, "the page of {text}, seed {seed}");
        assert_eq!(facets, scan.facets(&query.filter).await.expect(text), "facets of {text}, seed {seed}");
        assert_eq!(facets, store.facets(&query.filter).await.expect(text), "{text}, seed {seed}");
        assert_eq!(facets.total, expected.total, "{text}, seed {seed}");
    }
}

/// The store's history is that of the scan: of periods within a bucket, a day and across many, of each product and of all.
pub(super) async fn same_history(store: &impl Store, scan: &impl Store, seed: u64) {
    let at = |hours: i64| bucket(super::now() + TimeDelta::hours(hours));
    let period = |from, to| Period { from, to };
    let midnight = day(super::now());
    let periods = [
        period(at(-24 * 45), at(24 * 45)),
        period(at(-24 * 20 - 7), at(-24 * 3 + 5)),
        period(at(-1), at(1)),
        period(at(-40), at(-20)),
        period(midnight, midnight + TimeDelta::days(1)),
        period(midnight - TimeDelta::days(5), midnight + TimeDelta::minutes(15)),
        period(at(24 * 50), at(24 * 51)),
    ];
    let known = (0..6).map(|number| ProductId::new(format!("prod_{number}")).ok());
    for product in [None, Some(ProductId::unassigned())].into_iter().chain(known) {
        let of = async |store: &dyn Store| store.history(&periods, product.as_ref()).await.expect("history");
        assert_eq!(of(store).await, of(scan).await, "{product:?}, seed {seed}");
    }
}
