//! The workers: how each is, and one in full.

use domain::{
    agent::AgentStatus,
    decision::Subject,
    facts::work::{WorkKind, Worker},
    id::AgentId,
    insight::agent_health::{
        self, Moment, SomeTasks, TASKS, WorkerDetail, WorkerHealth, WorkerKind, Workers, days, group, keys,
        long_span,
    },
    job::Job,
    query::{Direction, PageRequest, Sort, SortKey, TaskFilter, TaskQuery},
    settings::Settings,
    task::TaskStatus,
};

use crate::{Hermes, calendar, error::Result};

/// Of how many failures the words are looked at.
const FAILURES: u32 = 100;

/// How many scheduled jobs a scheduler's page lists.
const JOBS: usize = 100;

/// All workers, and what they are made from.
pub struct AllWorkers {
    /// The workers.
    pub workers: Workers,
    /// What their sources tell, by id.
    pub told: Vec<AgentStatus>,
}

impl Hermes {
    /// All workers: those that a source tells of, and those that only work names.
    pub async fn workers(&self) -> Result<AllWorkers> {
        let (now, settings) = (self.now(), self.settings().await?);
        let today = calendar::calendar(calendar::zone_of(&settings), now).today();
        let told = self.store().agents().await?;
        let work = self.store().work(agent_health::span(now, today), None).await?;
        let moment = Moment { now, today, rules: &settings.rules };
        Ok(AllWorkers { workers: agent_health::workers(&told, &work, moment), told })
    }

    /// How one worker is, with what its source tells; `None` where no line ever named it.
    pub async fn worker(&self, id: &AgentId) -> Result<Option<(WorkerHealth, Option<AgentStatus>)>> {
        let settings = self.settings().await?;
        Ok(self.one_worker(id, &settings).await?.map(|(worker, told, _)| (worker, told)))
    }

    async fn one_worker(
        &self,
        id: &AgentId,
        settings: &Settings,
    ) -> Result<Option<(WorkerHealth, Option<AgentStatus>, Option<Worker>)>> {
        let now = self.now();
        let today = calendar::calendar(calendar::zone_of(settings), now).today();
        let told = self.store().agents().await?;
        let work = self.store().work(long_span(now), Some(&keys(id))).await?;
        let moment = Moment { now, today, rules: &settings.rules };
        let Some(worker) = agent_health::worker(&told, &work, id, moment) else { return Ok(None) };
        let of_kind = work.workers.into_iter().filter(|work| worker.counts == Some(work.key.kind));
        let told = told.into_iter().find(|agent| agent.id == *id);
        let most = of_kind.max_by_key(|work| work.total);
        Ok(Some((worker, told, most)))
    }

    /// One worker in full; `None` where no line ever named it.
    pub async fn worker_detail(&self, id: &AgentId) -> Result<Option<WorkerDetail>> {
        let settings = self.settings().await?;
        let Some((worker, told, work)) = self.one_worker(id, &settings).await? else { return Ok(None) };
        let open = [TaskStatus::Running, TaskStatus::Blocked, TaskStatus::Queued];
        let open = self.tasks_of(id, &open, SortKey::Activity, TASKS).await?;
        let mut failed =
            self.tasks_of(id, &[TaskStatus::Failed], SortKey::Completed, FAILURES as usize).await?;
        let completed = self.tasks_of(id, &[TaskStatus::Completed], SortKey::Completed, TASKS).await?;
        let errors = match work.as_ref().filter(|work| work.key.kind == WorkKind::Call) {
            Some(work) => {
                let events = self.store().failed_calls(&work.key.name, FAILURES as usize).await?;
                group(events.into_iter().map(|event| (event.message, event.timestamp, event.task_id)))
            }
            None => group(
                failed
                    .items
                    .iter()
                    .filter_map(|task| Some((task.error.clone()?, task.ended_at(), task.id.clone()))),
            ),
        };
        failed.items.truncate(TASKS);
        let attention = self.executive().await?.attention.items;
        let about = |subject: &Subject| matches!(subject, Subject::Agent(about) if about == id);
        let (days, week) = days(work.as_ref(), self.now());
        Ok(Some(WorkerDetail {
            reported_at: told.and_then(|told| told.reported_at),
            week,
            days,
            open,
            failed,
            completed,
            tools: self.store().tools_of(id).await?,
            errors,
            jobs: self.jobs_of(&worker).await?,
            attention: attention.into_iter().filter(|item| about(&item.subject)).collect(),
            worker,
        }))
    }

    async fn jobs_of(&self, worker: &WorkerHealth) -> Result<Vec<Job>> {
        if worker.kind != Some(WorkerKind::Scheduler) {
            return Ok(Vec::new());
        }
        let mut jobs = self.store().jobs().await?;
        jobs.truncate(JOBS);
        Ok(jobs)
    }

    async fn tasks_of(
        &self,
        id: &AgentId,
        statuses: &[TaskStatus],
        key: SortKey,
        most: usize,
    ) -> Result<SomeTasks> {
        let filter = TaskFilter {
            status: statuses.iter().copied().collect(),
            agent: [id.clone()].into(),
            ..TaskFilter::default()
        };
        let page = PageRequest { page: 1, per_page: u32::try_from(most).unwrap_or(FAILURES) };
        let sort = vec![Sort { key, direction: Direction::Descending }];
        let found = self.store().tasks(&TaskQuery { filter, sort, page }).await?;
        Ok(SomeTasks { items: found.items, total: found.total })
    }
}
