//! A task as it will have been, before anybody tells it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    attention::AttentionReason,
    id::{AgentId, TaskId},
    task::{Percent, Priority, TaskSource, TaskStatus, TaskType},
};

use crate::{
    Error,
    catalogue::{Catalogue, Story},
    rhythm::seconds,
    rng::{Rng, scramble},
    words::Words,
};

/// Everything that there is to tell of one task.
pub(crate) struct Spec {
    pub(crate) id: TaskId,
    /// Where its product stands in the catalogue.
    pub(crate) product: usize,
    pub(crate) words: Words,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) task_type: TaskType,
    pub(crate) priority: Priority,
    pub(crate) source: TaskSource,
    pub(crate) agent: AgentId,
    pub(crate) tags: Vec<String>,
    pub(crate) created: DateTime<Utc>,
    pub(crate) started: Option<DateTime<Utc>>,
    /// Its end; of an open one, when it was last heard of.
    pub(crate) last: DateTime<Utc>,
    pub(crate) status: TaskStatus,
    pub(crate) progress: Option<Percent>,
    pub(crate) steps: Vec<String>,
    pub(crate) blocker: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) lesson: Option<String>,
    pub(crate) attention: Vec<AttentionReason>,
    pub(crate) retries: u32,
    pub(crate) inferred: Vec<String>,
    /// How much of the work is told.
    pub(crate) actions: usize,
}

/// The id of the task with that number.
pub(crate) fn task_id(number: u64, seed: u64) -> Result<TaskId, Error> {
    Ok(TaskId::new(format!("t-{:010x}", scramble(number, seed)))?)
}

impl Spec {
    /// A story as a task; nothing where its product is not there, or where it began before `from`.
    pub(crate) fn of_story(
        story: &Story,
        number: u64,
        seed: u64,
        span: (DateTime<Utc>, DateTime<Utc>),
        catalogue: &Catalogue,
    ) -> Result<Option<Self>, Error> {
        let (from, now) = span;
        // Nothing happens at whole minutes.
        let at = |minutes: i64, salt: u64| {
            let fraction = Rng::of(seed ^ number, salt).unit() * 50.0;
            now - TimeDelta::minutes(minutes) + seconds(if minutes > 0 { fraction } else { 0.0 })
        };
        let created = at(story.created, 1);
        let product = catalogue.product(&story.product).filter(|_| created >= from);
        let Some(product) = product else { return Ok(None) };
        let started = story.started.map(|minutes| at(minutes, 2).max(created + TimeDelta::seconds(9)));
        let last = story.last.map_or(created, |minutes| at(minutes, 3));
        let last = last.max(started.unwrap_or(created) + TimeDelta::seconds(20)).min(now);
        let mut rng = Rng::of(seed ^ number, 4);
        let of = &catalogue.products[product];
        // What the title is about, where it names a part of the product.
        let title = story.title.to_lowercase();
        let named = of.row.areas.iter().find(|area| title.contains(area.as_str()));
        let words = Words {
            area: named.or_else(|| rng.pick(&of.row.areas)).cloned().unwrap_or_default(),
            name: of.row.name.clone(),
            slug: of.slug.clone(),
            version: "next".to_owned(),
            number: rng.between(3, 19),
        };
        Ok(Some(Self {
            id: task_id(number, seed)?,
            product,
            words,
            title: story.title.clone(),
            text: story.text.clone(),
            task_type: story.task_type,
            priority: story.priority,
            source: story.source,
            agent: story.agent.clone(),
            tags: story.tags.clone(),
            created,
            started: started.map(|at| at.min(last)),
            last,
            status: story.status,
            progress: story.progress,
            steps: story.steps.clone(),
            blocker: story.blocker.clone(),
            error: story.error.clone(),
            result: story.result.clone(),
            next: story.next.clone(),
            lesson: story.lesson.clone(),
            attention: story.attention.clone(),
            retries: story.retries,
            inferred: story.inferred.clone(),
            actions: story.steps.len() + 3,
        }))
    }
}
