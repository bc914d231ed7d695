//! Figures that are kept by product, as told, made those of the products that count.

use std::collections::BTreeMap;

use super::Registry;
use crate::{
    facts::{Facts, LastCompleted, ProductTasks},
    id::ProductId,
    job::Job,
    task::{Task, TaskRecord, TaskStatus},
};

impl Registry {
    /// Makes the task one of the product that counts.
    pub fn point_task(&self, task: &mut Task) {
        if !self.merges.is_empty() {
            task.product_id = self.resolve(&task.product_id).clone();
        }
    }

    /// The same of a record.
    pub fn point_record(&self, task: &mut TaskRecord) {
        self.point(&mut task.product_id);
    }

    /// The same of a scheduled job.
    pub fn point_job(&self, job: &mut Job) {
        self.point(&mut job.product_id);
    }

    /// Makes a named product the one that counts.
    pub fn point(&self, id: &mut Option<ProductId>) {
        if let Some(id) = id.as_mut().filter(|_| !self.merges.is_empty()) {
            *id = self.resolve(id).clone();
        }
    }

    /// Makes facts by product as told those of the products that count. The list of products is not touched.
    pub fn settle(&self, facts: &mut Facts) {
        if self.merges.is_empty() {
            return;
        }
        let lists = [
            &mut facts.running,
            &mut facts.stuck,
            &mut facts.blocked,
            &mut facts.flagged,
            &mut facts.queued,
            &mut facts.failed,
        ];
        lists.into_iter().flatten().for_each(|task| self.point_task(task));
        facts.jobs.iter_mut().for_each(|job| self.point_job(job));
        if let Some(last) = &mut facts.last_event {
            self.point_task(&mut last.task);
        }
        facts.recent_failures = self.sum(std::mem::take(&mut facts.recent_failures), |a, b| a + b);
        facts.product_activity = self.sum(std::mem::take(&mut facts.product_activity), Ord::max);
        let tasks = std::mem::take(&mut facts.product_tasks).into_iter();
        let tasks = self.sum(tasks.map(|tasks| (tasks.id.clone(), tasks)).collect(), together);
        facts.product_tasks = tasks.into_iter().map(|(id, tasks)| ProductTasks { id, ..tasks }).collect();
        facts.last_completed = self.last(std::mem::take(&mut facts.last_completed));
    }

    fn sum<T>(&self, rows: Vec<(ProductId, T)>, add: impl Fn(T, T) -> T) -> Vec<(ProductId, T)> {
        let mut sums: BTreeMap<ProductId, T> = BTreeMap::new();
        for (id, value) in rows {
            let id = self.resolve(&id).clone();
            let sum = match sums.remove(&id) {
                Some(sum) => add(sum, value),
                None => value,
            };
            sums.insert(id, sum);
        }
        sums.into_iter().collect()
    }

    fn last(&self, rows: Vec<LastCompleted>) -> Vec<LastCompleted> {
        let mut last = BTreeMap::new();
        for row in rows {
            let at = last.entry((self.resolve(&row.product_id).clone(), row.task_type)).or_insert(row.at);
            *at = row.at.max(*at);
        }
        let row = |((product_id, task_type), at)| LastCompleted { product_id, task_type, at };
        last.into_iter().map(row).collect()
    }
}

fn together(mut sum: ProductTasks, other: ProductTasks) -> ProductTasks {
    for status in TaskStatus::ALL {
        *sum.counts.get_mut(*status) += other.counts.get(*status);
    }
    let mut days: BTreeMap<_, _> = sum.days.into_iter().collect();
    for (day, ends) in other.days {
        let of_day = days.entry(day).or_default();
        of_day.completed += ends.completed;
        of_day.failed += ends.failed;
    }
    sum.days = days.into_iter().collect();
    sum
}
