//! Rows of the ledger, copied at once: this store is for tests, which are small.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    change::{Row, TaskMerged},
    fold::Ledger,
    task::TaskRecord,
};

use crate::{Extent, Result, Rows};

/// How many rows come at a time.
const PART: usize = 100;

pub(super) struct Export(Vec<Row>);

#[async_trait]
impl Rows for Export {
    async fn next(&mut self) -> Result<Vec<Row>> {
        let part = PART.min(self.0.len());
        Ok(self.0.drain(..part).collect())
    }
}

/// Those tasks, in that order.
pub(super) fn export(ledger: &Ledger, tasks: Vec<&TaskRecord>, extent: Extent) -> Export {
    let mut rows = Vec::new();
    if extent == Extent::Whole {
        let products: BTreeMap<_, _> = tasks
            .iter()
            .filter_map(|task| ledger.products.get(&task.product()))
            .map(|product| (&product.id, product))
            .collect();
        rows.extend(products.into_values().cloned().map(|product| Row::Product(Box::new(product))));
    }
    for task in tasks {
        rows.push(Row::Task(Box::new(task.clone())));
        if extent == Extent::Whole {
            below(ledger, task, &mut rows);
        }
    }
    Export(rows)
}

/// What belongs to a task.
fn below(ledger: &Ledger, task: &TaskRecord, rows: &mut Vec<Row>) {
    let mut merged: Vec<_> = ledger.merges.iter().filter(|(_, into)| **into == task.id).collect();
    merged.sort();
    let merged = merged.into_iter().map(|(from, into)| TaskMerged { from: from.clone(), into: into.clone() });
    rows.extend(merged.map(Row::TaskMerged));

    let mut events: Vec<_> =
        ledger.events.values().filter(|record| record.event.task_id == task.id).collect();
    events.sort_by(|a, b| (a.event.timestamp, &a.stamp.1).cmp(&(b.event.timestamp, &b.stamp.1)));
    rows.extend(events.into_iter().cloned().map(|event| Row::Event(Box::new(event))));

    let mut runs: Vec<_> =
        ledger.runs.values().filter(|run| run.task_id.as_ref() == Some(&task.id)).collect();
    runs.sort_by(|a, b| a.id.cmp(&b.id));
    rows.extend(runs.into_iter().cloned().map(|run| Row::Run(Box::new(run))));
}
