//! What follows from the ledger: read once as bounded facts, and worked out by `domain::insight`.

use chrono::{DateTime, Utc};
use domain::{
    decision::Decision,
    facts::Facts,
    insight::{
        digest::{self, Digest},
        executive::{Executive, executive},
        overview::spans,
    },
    overview::OverviewAnswer,
    query::{Direction, PageRequest, Sort, SortKey, TaskFilter, TaskQuery},
    settings::Rules,
    task::{Task, TaskStatus, TaskType},
    zone::Calendar,
};

use crate::{Hermes, calendar, error::Result};

/// How many shipped tasks a digest lists.
const SHIPPED: u32 = 100;

impl Hermes {
    /// Everything that the executive page shows, of one moment.
    pub async fn executive(&self) -> Result<Executive> {
        let moment = self.moment().await?;
        Ok(moment.executive())
    }

    /// The executive figures, and what they are made of.
    pub async fn overview(&self) -> Result<OverviewAnswer> {
        Ok(self.executive().await?.overview)
    }

    /// The digest of the founder's week so far.
    pub async fn digest(&self) -> Result<Digest> {
        let moment = self.moment().await?;
        let week = moment.calendar.week;
        let shipped = self.shipped(week, moment.now).await?;
        let actions = moment.executive().actions;
        Ok(digest::digest(&moment.facts, actions, shipped, week, moment.now))
    }

    pub(crate) async fn moment(&self) -> Result<Moment> {
        let (now, settings) = (self.now(), self.settings().await?);
        let calendar = calendar::calendar(calendar::zone_of(&settings), now);
        let facts = self.store().facts(spans(now, &settings.rules, &calendar)).await?;
        let decisions = self.store().decisions().await?;
        Ok(Moment { facts, decisions, calendar, now, rules: settings.rules })
    }

    /// Deployments and releases that were completed since then: the latest, and whether there are more.
    async fn shipped(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<(Vec<Task>, bool)> {
        let filter = TaskFilter {
            status: [TaskStatus::Completed].into(),
            task_type: [TaskType::Deploy, TaskType::Release].into(),
            ..TaskFilter::default()
        };
        let sort = vec![Sort { key: SortKey::Completed, direction: Direction::Descending }];
        let page = PageRequest { page: 1, per_page: SHIPPED };
        let found = self.store().tasks(&TaskQuery { filter, sort, page }).await?;
        let within = |task: &Task| task.completed_at.is_some_and(|at| at >= since && at <= now);
        let more = found.total > found.items.len() as u64 && found.items.last().is_some_and(&within);
        Ok((found.items.into_iter().filter(&within).collect(), more))
    }
}

/// The facts of one moment, and what they are to be read with.
pub(crate) struct Moment {
    pub(crate) facts: Facts,
    decisions: Vec<Decision>,
    calendar: Calendar,
    now: DateTime<Utc>,
    pub(crate) rules: Rules,
}

impl Moment {
    pub(crate) fn executive(&self) -> Executive {
        executive(&self.facts, self.calendar.clone(), self.now, &self.rules, &self.decisions)
    }
}
