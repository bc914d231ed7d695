use std::collections::HashSet;

use chrono::TimeDelta;
use domain::{
    agent::{AgentHealth, AgentType},
    attention::AttentionReason,
    event::{EventLevel, EventType},
    product::{ProductCategory, ProductStatus},
    task::{Priority, TaskSource, TaskStatus, TaskType},
    telemetry::Body,
};
use seed::Plan;

use crate::{World, bytes, decoded, now};

#[test]
fn the_same_plan_gives_the_same_bytes_and_another_seed_others() {
    let plan = Plan::new(3, now(), 300);
    assert!(bytes(&plan) == bytes(&plan));
    assert!(bytes(&plan) != bytes(&Plan { seed: 4, ..plan }));
}

#[test]
fn every_plan_gives_the_number_of_tasks_it_names() {
    for (tasks, days, products) in [(0, 63, 52), (1, 63, 52), (7, 1, 3), (500, 63, 52), (2500, 400, 130)] {
        let world = World::of(&Plan { days, products, ..Plan::new(5, now(), tasks) });
        assert_eq!(world.tasks.len(), tasks, "{tasks} over {days} days of {products}");
        assert_eq!(world.products.len(), products);
    }
}

#[test]
fn every_line_has_an_id_of_its_own_and_lies_in_the_span() {
    let plan = Plan::new(1, now(), 3000);
    let lines = decoded(&bytes(&plan));
    let ids: HashSet<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids.len(), lines.len());
    let from = plan.now - TimeDelta::days(plan.days.into());
    assert!(lines.iter().all(|line| (from..=plan.now).contains(&line.ts)));
    let newest = lines.iter().map(|line| line.ts).max().unwrap();
    assert!(plan.now - newest < TimeDelta::minutes(2));
}

#[test]
fn what_happens_to_a_task_happens_in_order_between_its_beginning_and_its_end() {
    let world = World::of(&Plan::new(2, now(), 3000));
    let mut before = None;
    for event in world.events.values() {
        let task = &world.tasks[&event.task_id];
        let created = task.created_at.unwrap();
        assert!(event.timestamp >= created, "{event:?}");
        assert!(task.completed_at.is_none_or(|end| event.timestamp <= end), "{event:?}");
        if let Some((id, at)) =
            before.replace((&event.task_id, event.timestamp)).filter(|(id, _)| *id == &event.task_id)
        {
            assert!(at <= event.timestamp, "{id}: {event:?}");
        }
    }
    for task in world.tasks.values() {
        let status = task.status.unwrap();
        assert_eq!(task.completed_at.is_some(), !status.is_open(), "{task:?}");
        assert!(task.started_at.is_none_or(|started| started >= task.created_at.unwrap()), "{task:?}");
        assert!(task.completed_at >= task.started_at || status.is_open(), "{task:?}");
        assert_eq!(status == TaskStatus::Failed, task.error.is_some(), "{task:?}");
        assert_eq!(status == TaskStatus::Blocked, task.blocker_reason.is_some(), "{task:?}");
    }
}

#[test]
fn every_word_of_the_data_model_occurs() {
    let world = World::of(&Plan::new(1, now(), 2000));
    let mut seen: HashSet<String> = HashSet::new();
    for line in &world.lines {
        match &line.body {
            Body::Product(_, patch) => {
                seen.extend(patch.category.value().map(|word| format!("category {word}")));
                seen.extend(patch.status.value().map(|word| format!("product {word}")));
            }
            Body::Agent(_, patch) => {
                seen.extend(patch.agent_type.value().map(|word| format!("agent {word}")));
                seen.extend(patch.status.value().map(|word| format!("health {word}")));
            }
            Body::Event(event, _) => {
                seen.insert(format!("level {}", event.level));
                seen.insert(format!("event {}", event.event_type));
            }
            _ => {}
        }
    }
    for task in world.tasks.values() {
        seen.extend(task.status.map(|word| format!("status {word}")));
        seen.extend(task.priority.map(|word| format!("priority {word}")));
        seen.extend(task.task_type.map(|word| format!("type {word}")));
        seen.extend(task.source.map(|word| format!("source {word}")));
        seen.extend(task.attention.iter().flatten().map(|word| format!("attention {word}")));
    }
    // What we find out ourselves, no source of the generator's kind tells.
    let found = [
        AttentionReason::Blocked,
        AttentionReason::ConfigIssue,
        AttentionReason::FailedJob,
        AttentionReason::MissedJob,
        AttentionReason::StuckTask,
    ];
    let told: Vec<_> =
        AttentionReason::ALL.iter().filter(|reason| !found.contains(reason)).copied().collect();
    let all = [
        words("category", ProductCategory::ALL),
        words("product", ProductStatus::ALL),
        words("agent", AgentType::ALL),
        words("health", AgentHealth::ALL),
        words("level", EventLevel::ALL),
        words("event", EventType::ALL),
        words("status", TaskStatus::ALL),
        words("priority", Priority::ALL),
        words("type", TaskType::ALL),
        words("source", TaskSource::ALL),
        words("attention", &told),
    ];
    let missing: Vec<String> = all.concat().into_iter().filter(|word| !seen.contains(word)).collect();
    assert_eq!(missing, [""; 0]);
}

fn words<T: std::fmt::Display>(name: &str, all: &[T]) -> Vec<String> {
    all.iter().map(|word| format!("{name} {word}")).collect()
}
