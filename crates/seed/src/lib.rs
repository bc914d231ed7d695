//! Believable telemetry of a founder's Hermes agent, as native lines: for the demo data, for benches, for a look at
//! the pages with more rows than anyone has.
//!
//! The same plan gives the same bytes. Tasks are told one after the other, so a million of them take no more memory
//! than one.
//!
//! # Invariants
//! - Every line decodes without a warning, and every id is there once.
//! - What happens to a task happens between its beginning and its end, and nothing happens after `now`.
//!
//! # To add a story
//! A line in `data/stories.jsonl`; the most telling ones stand first, because small plans take only those. Then
//! `cargo xtask seed --demo`, which makes the demo data again.
//!
//! # To add a product, a job, a worker, words
//! A line in the file of that name in `data/`. What goes with what is in `chances`.

mod actions;
mod attempt;
mod background;
mod beats;
mod catalogue;
mod chances;
pub mod demo;
mod entities;
mod lines;
mod rhythm;
mod rng;
mod spec;
mod tell;
mod words;

use std::io::{self, Write};

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::BadId;

use crate::{
    background::Background,
    catalogue::Catalogue,
    lines::Lines,
    rhythm::Moments,
    rng::Rng,
    spec::Spec,
    tell::{Touched, tell},
};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Decides what is left to chance.
    pub seed: u64,
    /// The newest moment.
    pub now: DateTime<Utc>,
    /// How many tasks.
    pub tasks: usize,
    /// Over how many days.
    pub days: u32,
    /// Of how many products.
    pub products: usize,
}

impl Plan {
    /// So many tasks over 63 days, of the 52 products.
    pub fn new(seed: u64, now: DateTime<Utc>, tasks: usize) -> Self {
        Self { seed, now, tasks, days: 63, products: 52 }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines in all.
    pub lines: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Products.
    pub products: u64,
    /// Agents, tools, integrations and runners.
    pub agents: u64,
    /// Scheduled jobs.
    pub jobs: u64,
    /// Tasks.
    pub tasks: u64,
    /// Events of tasks.
    pub events: u64,
    /// Runs of tasks.
    pub runs: u64,
}

/// Why nothing more was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The lines could not be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
    /// A row could not be put into JSON.
    #[error("cannot write a row: {0}")]
    Json(#[from] serde_json::Error),
    /// A file of this crate is wrong.
    #[error("data/{file}, line {line}: {reason}")]
    Data {
        /// The file.
        file: &'static str,
        /// Its line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A name makes no id.
    #[error(transparent)]
    Id(#[from] BadId),
}

/// Writes the telemetry of a plan. `out` should be buffered.
pub fn write(out: impl Write, plan: &Plan) -> Result<Summary, Error> {
    let Plan { seed, now, .. } = *plan;
    let catalogue = Catalogue::load(plan.products)?;
    let from = now - TimeDelta::days(plan.days.max(1).into());
    let mut lines = Lines::new(out);
    for product in &catalogue.products {
        entities::product(&mut lines, product, seed, from)?;
    }
    let mut touched: Vec<Option<Touched>> = catalogue.products.iter().map(|_| None).collect();
    let stories = stories(plan, from, &catalogue)?;
    let many = plan.tasks - stories.len();
    let mut background = Background::new(&catalogue, seed, now, plan.days);
    let moments = Moments::new(from, now - TimeDelta::minutes(12), many, seed);
    for (number, created) in (stories.len() as u64..).zip(moments) {
        if let Some(spec) = background.task(number, created)? {
            let told = tell(&mut lines, &spec, &catalogue, Rng::of(!seed, number))?;
            keep(&mut touched[spec.product], told);
        }
    }
    for (number, spec) in (0..).zip(&stories) {
        let told = tell(&mut lines, spec, &catalogue, Rng::of(!seed, number))?;
        keep(&mut touched[spec.product], told);
    }
    for (product, touched) in catalogue.products.iter().zip(&touched) {
        if let Some(touched) = touched {
            entities::progress(&mut lines, product, seed, touched)?;
        }
    }
    for agent in &catalogue.agents {
        entities::agent(&mut lines, agent, seed, now)?;
    }
    for job in catalogue.jobs.iter().filter(|job| {
        let product = job.product.as_ref();
        product.is_none_or(|id| catalogue.product(id.as_str()).is_some())
    }) {
        entities::job(&mut lines, job, seed, now)?;
    }
    lines.finish()
}

/// The stories that there is room for: at most a quarter of the tasks.
fn stories(plan: &Plan, from: DateTime<Utc>, catalogue: &Catalogue) -> Result<Vec<Spec>, Error> {
    let most = plan.tasks.div_ceil(4);
    let specs = (0..)
        .zip(&catalogue.stories)
        .map(|(number, story)| Spec::of_story(story, number, plan.seed, (from, plan.now), catalogue));
    let specs: Result<Vec<_>, _> = specs.filter_map(Result::transpose).take(most).collect();
    specs
}

/// Keeps the latest of what happened to a product.
fn keep(latest: &mut Option<Touched>, told: Touched) {
    let Some(latest) = latest else {
        *latest = Some(told);
        return;
    };
    latest.activity = latest.activity.max(told.activity);
    latest.deployment = latest.deployment.max(told.deployment);
    latest.commit = latest.commit.max(told.commit);
}
