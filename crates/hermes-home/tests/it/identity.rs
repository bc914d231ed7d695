//! Whose work a session is: a card's, a job's, its parent's, its own; found out early or late, it comes to the same.

use std::path::Path;

use chrono::TimeDelta;
use domain::{
    event::EventType,
    task::{Task, TaskStatus},
};

use crate::harness::{Ledger, copy_of, db::sql, made, now, reader, recorded, same};

async fn titles(ledger: &Ledger) -> Vec<String> {
    ledger.tasks().await.iter().map(|task| task.id.to_string()).collect()
}

#[tokio::test]
async fn a_card_its_attempt_and_its_worker_are_one_task() {
    let home = copy_of(&recorded());
    let ledger = Ledger::new();
    ledger.import(home.path()).await;
    let id = "hermes:kanban:default:t_d45dda96";
    assert_eq!(ledger.task(id).await.status, TaskStatus::Completed);
    assert!(titles(&ledger).await.iter().all(|task| !task.contains("20261122_171733_d8afef")));
    let runs = ledger.runs(id).await;
    let [run] = &runs[..] else { panic!("{runs:#?}") };
    assert_eq!(run.id.as_str(), "hermes:kanban:default:run:6");
    assert!(run.metrics.as_ref().unwrap()["costUsd"] > 0.12, "{run:?}");
    let events = ledger.events(id).await;
    let by_worker =
        events.iter().filter(|event| event.id.as_str().contains("20261122_171733_d8afef")).count();
    assert!(by_worker >= 4, "{events:#?}");
    assert!(events.iter().any(|event| event.message == "Card created"), "{events:#?}");
}

#[tokio::test]
async fn a_worker_says_nothing_of_how_its_card_stands() {
    let home = copy_of(&recorded());
    let ledger = Ledger::new();
    ledger.import(home.path()).await;
    // The worker's own turn ended well; the card did not.
    for card in ["t_42658add", "t_928e45de"] {
        let task = ledger.task(&format!("hermes:kanban:default:{card}")).await;
        assert_eq!(task.status, TaskStatus::Blocked, "{card}");
        assert!(task.blocker_reason.is_some(), "{card}");
    }
}

#[tokio::test]
async fn an_execution_of_a_job_and_its_session_are_one_task() {
    let home = copy_of(&recorded());
    let ledger = Ledger::new();
    ledger.import(home.path()).await;
    let id = "hermes:default:cron:974371cba2d6428181c1108faaa6ba11";
    let task = ledger.task(id).await;
    assert_eq!((task.title.as_str(), task.status), ("landing-site health", TaskStatus::Completed));
    assert!(titles(&ledger).await.iter().all(|task| !task.contains("cron_d67ff18d4473")));
    let runs = ledger.runs(id).await;
    let [run] = &runs[..] else { panic!("{runs:#?}") };
    assert!(run.metrics.as_ref().unwrap()["inputTokens"] > 15_000.0, "{run:?}");
    let commands = ledger.events(id).await;
    assert!(commands.iter().any(|event| event.event_type == EventType::CommandExecuted));
}

#[tokio::test]
async fn what_a_child_did_belongs_to_its_parent_s_task() {
    let home = copy_of(&recorded());
    let ledger = Ledger::new();
    ledger.import(home.path()).await;
    let all = titles(&ledger).await;
    let id = "hermes:default:20261122_171349_e65c6c";
    let events = ledger.events(id).await;
    let runs = ledger.runs(id).await;
    for child in ["20261122_171357_c6fdc5", "20261122_171357_48adce"] {
        assert!(all.iter().all(|task| !task.contains(child)), "{child}");
        assert!(events.iter().any(|event| event.id.as_str().contains(child)), "{child}");
        assert!(runs.iter().any(|run| run.id.as_str().contains(child)), "{child}");
    }
    // One of them failed at a command; the task did not.
    assert_eq!(ledger.task(id).await.status, TaskStatus::Completed);
}

/// A worker's session that says of itself what it was asked for.
async fn worker(home: &Path, id: &str, ask: &str) {
    made::session(home, id, "cli", 10).await;
    made::asked(home, id, 11, ask).await;
    made::called(home, id, 12, &format!("call_{id}"), "make release").await;
    made::returned(home, id, 13, &format!("call_{id}"), 0).await;
    made::answered(home, id, 14, "All done").await;
}

/// The one task that there is.
async fn only(ledger: &Ledger) -> Task {
    let tasks = ledger.tasks().await;
    let [task] = &tasks[..] else { panic!("{:?}", titles(ledger).await) };
    task.clone()
}

/// What the ledger has but for the run that was given up, which has no metrics any more.
async fn kept(ledger: &Ledger) -> Vec<String> {
    let mut dump = ledger.dump().await;
    dump.retain(|line| !(line.starts_with("  run ") && line.contains("\"metrics\":null")));
    dump
}

#[tokio::test]
async fn a_worker_that_is_named_later_becomes_part_of_its_card() {
    let home = made::home().await;
    let path = home.path();
    made::card(path, "t_1", "running", 5).await;
    // Nothing in it tells of the card.
    worker(path, "work", "Release it, please").await;
    let ledger = Ledger::new();
    let mut follower = reader(path);
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(20)).await;
    assert_eq!(titles(&ledger).await, ["hermes:default:work", "hermes:kanban:default:t_1"]);
    assert_eq!(ledger.task("hermes:default:work").await.status, TaskStatus::Completed);

    let blocked = format!(
        "update task_runs set status = 'blocked', outcome = 'blocked', ended_at = {at}, \
         metadata = '{{\"worker_session_id\": \"work\"}}'; \
         update tasks set status = 'blocked', block_kind = 'needs_input'; \
         insert into task_events (task_id, kind, payload, created_at) \
         values ('t_1', 'blocked', '{{\"reason\": \"Which version?\"}}', {at})",
        // Before the session's last row: the card's word counts nevertheless.
        at = now().timestamp() + 12
    );
    sql(path, "kanban.db", &blocked).await;
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(30)).await;
    let task = only(&ledger).await;
    assert_eq!((task.id.as_str(), task.title.as_str()), ("hermes:kanban:default:t_1", "A card"));
    assert_eq!(task.status, TaskStatus::Blocked);
    assert_eq!(task.blocker_reason.as_deref(), Some("Which version?"));
    assert_eq!(task.result, None, "that was the session's word");
    // The old address still leads there.
    assert_eq!(ledger.task("hermes:default:work").await.id, task.id);

    let fresh = Ledger::new();
    fresh.finish_at(&mut reader(path), now() + TimeDelta::seconds(30)).await;
    assert_eq!(only(&fresh).await, task, "as if it had been known from the start");
    assert_eq!(ledger.finish_at(&mut follower, now() + TimeDelta::seconds(31)).await, 0);
}

#[tokio::test]
async fn a_worker_that_is_read_before_its_card_comes_to_the_same() {
    let home = made::home().await;
    let path = home.path();
    worker(path, "work", "work kanban task t_1").await;
    let ledger = Ledger::new();
    let mut follower = reader(path);
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(20)).await;
    assert_eq!(only(&ledger).await.status, TaskStatus::Completed);
    made::card(path, "t_1", "running", 5).await;
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(30)).await;
    assert_eq!(only(&ledger).await.status, TaskStatus::Running);
    let fresh = Ledger::new();
    fresh.finish_at(&mut reader(path), now() + TimeDelta::seconds(30)).await;
    same(&kept(&ledger).await, &fresh.dump().await, "card after worker");
}

#[tokio::test]
async fn a_scheduled_session_that_is_read_before_its_execution_comes_to_the_same() {
    let home = made::home().await;
    let path = home.path();
    worker(path, "cron_j1_20261122_180010", "Run the job").await;
    let ledger = Ledger::new();
    let mut follower = reader(path);
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(20)).await;
    assert_eq!(only(&ledger).await.id.as_str(), "hermes:default:cron_j1_20261122_180010");
    let execution = "insert into executions (id, job_id, source, process_id, pid, status, claimed_at, started_at, finished_at, error) \
                     values ('x1', 'j1', 'direct', 'p', 1, 'failed', '2026-11-22T18:00:08+00:00', \
                     '2026-11-22T18:00:09+00:00', '2026-11-22T18:00:15+00:00', 'No output')";
    sql(path, "cron/executions.db", execution).await;
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(30)).await;
    let task = only(&ledger).await;
    assert_eq!((task.id.as_str(), task.status), ("hermes:default:cron:x1", TaskStatus::Failed));
    assert_eq!(task.error.as_deref(), Some("No output"));
    let fresh = Ledger::new();
    fresh.finish_at(&mut reader(path), now() + TimeDelta::seconds(30)).await;
    same(&kept(&ledger).await, &fresh.dump().await, "execution after session");
}

#[tokio::test]
async fn a_child_that_is_read_before_its_worker_is_linked_moves_with_it() {
    let home = made::home().await;
    let path = home.path();
    worker(path, "work", "work kanban task t_1").await;
    made::session(path, "child", "subagent", 12).await;
    made::asked(path, "child", 12, "Do a part").await;
    made::answered(path, "child", 13, "Did it").await;
    sql(path, "state.db", "update sessions set parent_session_id = 'work' where id = 'child'").await;
    let ledger = Ledger::new();
    let mut follower = reader(path);
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(20)).await;
    assert_eq!(only(&ledger).await.id.as_str(), "hermes:default:work");
    made::card(path, "t_1", "running", 5).await;
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(30)).await;
    assert_eq!(only(&ledger).await.id.as_str(), "hermes:kanban:default:t_1");
    // More of it comes after that.
    made::asked(path, "child", 40, "And another part").await;
    made::answered(path, "child", 41, "Did that, too").await;
    ledger.finish_at(&mut follower, now() + TimeDelta::seconds(50)).await;
    let fresh = Ledger::new();
    fresh.finish_at(&mut reader(path), now() + TimeDelta::seconds(50)).await;
    same(&kept(&ledger).await, &fresh.dump().await, "a child");
}

#[tokio::test]
async fn a_project_that_is_added_later_takes_its_sessions_along() {
    let home = made::home().await;
    let path = home.path();
    for (id, folder) in [("inside", "/srv/work/shop/api"), ("beside", "/srv/work/shopping")] {
        worker(path, id, "Release it").await;
        let set =
            format!("update sessions set cwd = '{folder}', git_repo_root = '{folder}' where id = '{id}'");
        sql(path, "state.db", &set).await;
    }
    let ledger = Ledger::new();
    let mut follower = reader(path);
    let at = now() + TimeDelta::seconds(20);
    ledger.finish_at(&mut follower, at).await;
    let product = async |ledger: &Ledger, id: &str| -> String {
        ledger.task(&format!("hermes:default:{id}")).await.product_id.to_string()
    };
    assert_eq!(product(&ledger, "inside").await, "hermes:repo:/srv/work/shop/api");

    made::project(path, "shop", "/srv/work/shop").await;
    ledger.finish_at(&mut follower, at).await;
    assert_eq!(product(&ledger, "inside").await, "hermes:shop");
    assert_eq!(product(&ledger, "beside").await, "hermes:repo:/srv/work/shopping");
    let fresh = Ledger::new();
    fresh.finish_at(&mut reader(path), at).await;
    let mut dump = ledger.dump().await;
    // The repository that turned out to be the project's is put away, as nothing is ever deleted.
    let put_away = |line: &String| line.starts_with("product ") && line.contains("\"status\":\"archived\"");
    assert_eq!(dump.iter().filter(|line| put_away(line)).count(), 1);
    dump.retain(|line| !put_away(line));
    same(&dump, &fresh.dump().await, "a project came");

    // Another process, after the project got another folder.
    sql(path, "projects.db", "update projects set primary_path = '/srv/work/shopping'").await;
    ledger.finish_at(&mut reader(path), at).await;
    assert_eq!(product(&ledger, "beside").await, "hermes:shop");
    assert_eq!(product(&ledger, "inside").await, "hermes:repo:/srv/work/shop/api");
}
