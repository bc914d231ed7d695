//! What holds of all seeded telemetry.

#![expect(clippy::unwrap_used, reason = "tests")]

mod demo;
mod laws;
mod world;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    event::Event,
    id::{EventId, ProductId, TaskId},
    task::TaskRecord,
    telemetry::{Body, Telemetry},
};
use ingest::Decoder;
use seed::Plan;

fn now() -> DateTime<Utc> {
    "2026-11-20T09:42:00Z".parse().unwrap()
}

fn bytes(plan: &Plan) -> Vec<u8> {
    let mut out = Vec::new();
    seed::write(&mut out, plan).unwrap();
    out
}

/// The lines of a plan, decoded; not one is refused or warned of.
fn decoded(bytes: &[u8]) -> Vec<Telemetry> {
    let decoded = Decoder::new([7; 32]).lines(bytes, 1);
    assert_eq!(decoded.rejected.first, []);
    assert_eq!(decoded.warnings.first, []);
    decoded.lines
}

/// Tasks as the lines leave them, with their events.
struct World {
    tasks: BTreeMap<TaskId, TaskRecord>,
    events: BTreeMap<EventId, Event>,
    products: BTreeMap<ProductId, String>,
    lines: Vec<Telemetry>,
}

impl World {
    fn of(plan: &Plan) -> Self {
        Self::from_lines(decoded(&bytes(plan)))
    }

    fn from_lines(lines: Vec<Telemetry>) -> Self {
        let (mut tasks, mut events, mut products) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for line in &lines {
            let stamp = domain::stamp::Stamp(line.ts, line.id.clone());
            let mut merge = |id: &TaskId, patch| {
                let task = tasks.entry(id.clone());
                task.or_insert_with(|| TaskRecord::placeholder(id.clone(), line.ts)).merge(patch, &stamp);
            };
            match &line.body {
                Body::Task(id, patch) => merge(id, patch),
                Body::Event(event, patch) => {
                    if let Some(patch) = patch {
                        merge(&event.task_id, patch);
                    }
                    assert!(events.insert(event.id.clone(), (**event).clone()).is_none(), "{}", event.id);
                }
                Body::Product(id, patch) => {
                    if let Some(name) = patch.name.value() {
                        products.insert(id.clone(), name.clone());
                    }
                }
                _ => {}
            }
        }
        Self { tasks, events, products, lines }
    }
}
