//! A working day of the made-up portfolio, as facts.

use chrono::TimeDelta;
use domain::{
    attention::AttentionReason,
    event::{Event, EventLevel, EventType},
    facts::{DayEnds, Ended, Facts, LastCompleted, LastEvent, ProductTasks, StatusCounts, bucket, day},
    product::{Product, ProductCategory, ProductStatus},
    task::{Percent, Priority, Task, TaskStatus, TaskType},
    zone::Calendar,
};

use super::{ago, days_ago, id, now, product, task};

/// How many days the calendar goes back.
const DAYS: i64 = 14;
/// Tasks completed and failed on each of them, today last.
const ENDS: [(u64, u64); 14] = [
    (3, 0),
    (4, 1),
    (4, 0),
    (6, 0),
    (10, 1),
    (8, 0),
    (4, 0),
    (3, 2),
    (8, 0),
    (6, 1),
    (12, 0),
    (10, 1),
    (14, 2),
    (9, 3),
];

/// The founder's midnights, which are those of UTC here, and the Monday of the week.
pub(in super::super) fn calendar() -> Calendar {
    let days = (0..DAYS).rev().map(|back| day(days_ago(back))).collect();
    Calendar { days, week: day(now()) }
}

/// The products: one for each thing that can be said of a product's health.
pub(in super::super) fn products() -> Vec<Product> {
    let known = |name: &str, priority, active: i64| Product {
        category: Some(ProductCategory::Saas),
        last_hermes_activity_at: Some(ago(active)),
        ..product(name, Some(priority))
    };
    vec![
        Product {
            last_commit_at: Some(ago(47)),
            last_deployment_at: Some(days_ago(2)),
            repo_url: Some("https://git.example.test/atlas/desk".to_owned()),
            ..known("Atlas Desk", Priority::P2, 25)
        },
        Product { status: Some(ProductStatus::Idea), ..known("Launchpad", Priority::P3, 4_000) },
        Product {
            production_url: Some("https://ledgerly.example.test".to_owned()),
            ..known("Ledgerly", Priority::P0, 4)
        },
        product("Mealgrid", None),
        Product {
            inferred: vec!["lastHermesActivityAt".to_owned(), "priority".to_owned()],
            ..known("Payloop", Priority::P1, 92)
        },
        Product { category: None, ..known("Quietnote", Priority::P2, 41 * 24 * 60) },
        known("Readmark", Priority::P2, 310),
    ]
}

/// The day: two missions, and what needs the founder for each of the nine reasons of the brief.
pub(in super::super) fn facts() -> Facts {
    let running = running();
    let mut counts = StatusCounts::default();
    for (status, count) in [
        (TaskStatus::Queued, 11),
        (TaskStatus::Running, running.len() as u64),
        (TaskStatus::Blocked, blocked().len() as u64),
        (TaskStatus::Completed, 1_204),
        (TaskStatus::Failed, 29),
    ] {
        *counts.get_mut(status) = count;
    }
    Facts {
        counts,
        ended: ended(),
        last_event: running.first().map(last_event),
        running,
        blocked: blocked(),
        failed: failed(),
        recent_failures: vec![(id("payloop"), 3)],
        product_activity: products()
            .into_iter()
            .filter_map(|product| Some((product.id, product.last_hermes_activity_at?)))
            .collect(),
        products: products(),
        product_tasks: product_tasks(),
        last_completed: vec![LastCompleted {
            product_id: id("ledgerly"),
            task_type: Some(TaskType::Release),
            at: days_ago(6),
        }],
        ..Facts::default()
    }
}

/// The missions of the day: one of which everything is known, and one of which little is.
fn running() -> Vec<Task> {
    vec![
        Task {
            priority: Some(Priority::P0),
            progress_percent: Percent::new(68.0),
            current_step: Some("Watching the error budget".to_owned()),
            started_at: Some(ago(17)),
            assigned_agent: Some(id("deployer")),
            ..task("t_canary", "Promote the canary to all regions", Some("ledgerly"), TaskStatus::Running)
        },
        Task {
            priority: Some(Priority::P2),
            inferred: vec!["priority".to_owned()],
            last_activity_at: ago(11),
            ..task("t_mail", "Rewrite the onboarding mail", None, TaskStatus::Running)
        },
    ]
}

/// A mission that nobody has spoken of for too long.
pub(in super::super) fn quiet() -> Task {
    Task {
        priority: Some(Priority::P1),
        task_type: Some(TaskType::Maintenance),
        progress_percent: Percent::new(31.0),
        current_step: Some("Copying the archive".to_owned()),
        started_at: Some(ago(190)),
        last_activity_at: ago(74),
        ..task("t_index", "Index the archive anew", Some("readmark"), TaskStatus::Running)
    }
}

fn blocked() -> Vec<Task> {
    let asks = |name, title, product, reason, minutes, why: &str| Task {
        attention: vec![reason],
        blocker_reason: Some(why.to_owned()),
        last_activity_at: ago(minutes),
        ..task(name, title, Some(product), TaskStatus::Blocked)
    };
    vec![
        asks(
            "t_payouts",
            "Turn on instant payouts",
            "ledgerly",
            AttentionReason::ApprovalNeeded,
            47,
            "It changes how customers are paid. Shall it go out?",
        ),
        Task {
            // No source told the reason: it is guessed from the words.
            attention: Vec::new(),
            last_action: Some("stripe: 401 Expired API Key".to_owned()),
            ..asks(
                "t_stripe",
                "Reconcile the payouts of May",
                "ledgerly",
                AttentionReason::ExpiredCredential,
                87,
                "The Stripe key expired at 15:15",
            )
        },
        asks(
            "t_push",
            "Send the release notes to devices",
            "readmark",
            AttentionReason::MissingCredentials,
            260,
            "No key for the push service is set",
        ),
        asks(
            "t_export",
            "Export for accountants",
            "atlas-desk",
            AttentionReason::UnclearRequirement,
            1_500,
            "Which of the two formats should it be?",
        ),
        asks(
            "t_gpu",
            "Train the receipt reader anew",
            "payloop",
            AttentionReason::CostOrRisk,
            610,
            "About 140 dollars, above the cap of 50",
        ),
    ]
}

fn failed() -> Vec<Task> {
    let fails = |name, title, product, minutes, error: &str| Task {
        completed_at: Some(ago(minutes)),
        last_activity_at: ago(minutes),
        error: Some(error.to_owned()),
        ..task(name, title, Some(product), TaskStatus::Failed)
    };
    let sync = "502 from the bank's gateway";
    vec![
        Task {
            task_type: Some(TaskType::Deploy),
            ..fails(
                "t_deploy",
                "Deploy Ledgerly 4.2",
                "ledgerly",
                130,
                "Probe of eu-1 timed out; rolled back",
            )
        },
        fails("t_sync3", "Sync invoices", "payloop", 300, sync),
        fails("t_tests", "Upgrade the sync engine", "readmark", 420, "11 of 842 tests failed"),
        fails("t_sync2", "Sync invoices", "payloop", 1_740, sync),
        fails("t_sync1", "Sync invoices", "payloop", 3_180, sync),
    ]
}

fn last_event(task: &Task) -> LastEvent {
    let at = now() - TimeDelta::seconds(12);
    let event = Event {
        id: id("e_canary"),
        task_id: task.id.clone(),
        timestamp: at,
        level: EventLevel::Info,
        event_type: EventType::Deployment,
        message: "Moved 50 % of the traffic to 4.2.1".to_owned(),
        metadata: None,
        tool_name: None,
        command: None,
        artifact_url: None,
    };
    LastEvent { at, event, task: task.clone() }
}

fn ended() -> Vec<(chrono::DateTime<chrono::Utc>, Ended)> {
    let days = (0..DAYS).rev().zip(ENDS);
    days.map(|(back, (completed, failed))| {
        let duration_ms = completed * 372_000;
        let ended = Ended { completed, failed, dropped: 0, duration_ms, timed: completed };
        (bucket(days_ago(back) - TimeDelta::hours(3)), ended)
    })
    .collect()
}

/// The tasks of the products that have any: queued, running, blocked, and by day backwards from today completed and failed.
fn product_tasks() -> Vec<ProductTasks> {
    let of = |product: &str, [queued, running, blocked]: [u64; 3], ends: &[(u64, u64)]| {
        let mut counts = StatusCounts::default();
        *counts.get_mut(TaskStatus::Queued) = queued;
        *counts.get_mut(TaskStatus::Running) = running;
        *counts.get_mut(TaskStatus::Blocked) = blocked;
        let ended = ends.iter().zip(0..);
        let ended = ended.map(|((completed, failed), back)| {
            (day(days_ago(back)), DayEnds { completed: *completed, failed: *failed })
        });
        let mut days: Vec<_> = ended.collect();
        days.reverse();
        ProductTasks { id: id(product), counts, days }
    };
    vec![
        of("atlas-desk", [2, 0, 1], &[(3, 0), (2, 0), (4, 0), (1, 0), (2, 0), (5, 0), (1, 0)]),
        of("ledgerly", [4, 1, 2], &[(1, 1), (2, 0), (0, 1), (4, 0), (1, 1), (3, 0), (6, 0), (5, 0)]),
        of("payloop", [1, 0, 1], &[(0, 1), (0, 1), (1, 1), (0, 0), (2, 0), (1, 0)]),
        of("readmark", [0, 0, 1], &[(4, 1), (2, 0), (1, 0), (3, 0), (2, 0), (6, 0)]),
    ]
}
