//! What follows from the ledger: read once as bounded facts, and worked out by `domain::insight`.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    decision::Decision,
    facts::{BUCKET_SECONDS, Facts, Period, bucket},
    insight::{
        digest::{self, Digest, Found, Present},
        executive::{Executive, executive},
        history::{self, History, HistoryQuery, Week},
        overview::spans,
    },
    overview::OverviewAnswer,
    query::{DateBound, Direction, PageRequest, Sort, SortKey, TaskFilter, TaskQuery},
    settings::Settings,
    task::{Task, TaskStatus, TaskType},
    zone::Calendar,
};

use crate::{Hermes, ServiceError, calendar, error::Result};

/// What is shipped by being completed.
const SHIPPING: [TaskType; 2] = [TaskType::Deploy, TaskType::Release];

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

    /// Work over time.
    pub async fn history(&self, query: &HistoryQuery) -> Result<History> {
        let (now, settings) = (self.now(), self.settings().await?);
        let zone = calendar::zone_of(&settings);
        let dates = query.dates(calendar::today(zone, now));
        let dates = dates.map_err(|error| ServiceError::Field { field: "from", reason: error.reason })?;
        let periods = calendar::periods(zone, dates);
        let facts = self.store().history(&until(periods.all(), now), query.product.as_ref()).await?;
        let products = self.store().products().await?;
        Ok(history::history(&facts, &periods, &products, query.product.clone(), now, &settings.rules))
    }

    /// The digest of one of the founder's weeks; of the present one so far, where none is named.
    pub async fn digest(&self, week: Option<Week>) -> Result<Digest> {
        let moment = self.moment().await?;
        let zone = calendar::zone_of(&self.settings().await?);
        let present = Week::of(calendar::today(zone, moment.now));
        let week = week.unwrap_or(present);
        if week > present {
            let reason = format!("this week is still to come; the present one is {present}");
            return Err(ServiceError::Field { field: "week", reason });
        }
        let (this, mut before) = (calendar::week(zone, week), calendar::week(zone, week.before()));
        if week == present {
            // A part of a week against a whole one would tell a fall that there is not.
            before.to = before.to.min(before.from + (next_bucket(moment.now) - this.from));
        }
        let periods = [this, before];
        let found = Found {
            history: self.store().history(&until(periods.to_vec(), moment.now), None).await?,
            shipped: self.ended(TaskStatus::Completed, &SHIPPING, periods[0], moment.now).await?,
            failed: self.ended(TaskStatus::Failed, &[], periods[0], moment.now).await?.0,
        };
        let actions = (week == present).then(|| moment.executive().actions);
        let now = actions.map(|actions| Present { facts: &moment.facts, actions });
        Ok(digest::digest(week, periods, found, now, moment.now))
    }

    pub(crate) async fn moment(&self) -> Result<Moment> {
        let (now, settings) = (self.now(), self.settings().await?);
        let calendar = calendar::calendar(calendar::zone_of(&settings), now);
        let mut facts = self.store().facts(spans(now, &settings.rules, &calendar)).await?;
        let Facts { running, stuck, blocked, flagged, queued, failed, .. } = &mut facts;
        for tasks in [running, stuck, blocked, flagged, queued, failed] {
            tasks.iter_mut().for_each(|task| settings.infer(task));
        }
        let decisions = self.store().decisions().await?;
        Ok(Moment { facts, decisions, calendar, now, settings })
    }

    /// The tasks of that status and those types (none is any) that ended within the period: the latest, and whether
    /// there are more.
    async fn ended(
        &self,
        status: TaskStatus,
        types: &[TaskType],
        period: Period,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Task>, bool)> {
        let filter = TaskFilter {
            status: [status].into(),
            task_type: types.iter().copied().collect(),
            ended_from: Some(DateBound::At(period.from)),
            ended_to: Some(DateBound::At(next_bucket(now).min(period.to))),
            ..TaskFilter::default()
        };
        let sort = vec![Sort { key: SortKey::Completed, direction: Direction::Descending }];
        let page = PageRequest { page: 1, per_page: digest::LISTED };
        let found = self.store().tasks(&TaskQuery { filter, sort, page }).await?;
        let more = found.total > found.items.len() as u64;
        Ok((found.items, more))
    }
}

/// What is said to end later than now has not: the periods end with the bucket that holds now, as the overview's do.
fn until(periods: Vec<Period>, now: DateTime<Utc>) -> Vec<Period> {
    let end = next_bucket(now);
    periods.into_iter().map(|period| Period { to: period.to.min(end), ..period }).collect()
}

fn next_bucket(now: DateTime<Utc>) -> DateTime<Utc> {
    bucket(now) + TimeDelta::seconds(BUCKET_SECONDS)
}

/// The facts of one moment, and what they are to be read with.
pub(crate) struct Moment {
    pub(crate) facts: Facts,
    decisions: Vec<Decision>,
    calendar: Calendar,
    now: DateTime<Utc>,
    pub(crate) settings: Settings,
}

impl Moment {
    pub(crate) fn executive(&self) -> Executive {
        let rules = &self.settings.rules;
        let mut executive = executive(&self.facts, self.calendar.clone(), self.now, rules, &self.decisions);
        executive.overview.missions.retain(|mission| !self.settings.hides(mission.task.task_type));
        executive
    }
}
