//! Tells a task: its line, its events in order, a run for each try.

use std::io::Write;

use chrono::{DateTime, Utc};
use domain::{
    event::{Event, EventLevel, EventType},
    id::EventId,
    patch::Patch,
    task::{TaskPatch, TaskStatus},
};
use serde_json::json;

use crate::{
    Error,
    actions::{self, Action, facts},
    attempt::{Attempt, run},
    beats::{Beat, STUMBLES, along, beats, percent, share, step},
    catalogue::{Catalogue, Product, Stack},
    lines::Lines,
    rng::Rng,
    spec::Spec,
};

/// What a task did to its product.
pub(crate) struct Touched {
    pub(crate) activity: DateTime<Utc>,
    pub(crate) deployment: Option<DateTime<Utc>>,
    pub(crate) commit: Option<DateTime<Utc>>,
}

pub(crate) struct Teller<'a, W> {
    pub(crate) lines: &'a mut Lines<W>,
    pub(crate) spec: &'a Spec,
    pub(crate) product: &'a Product,
    pub(crate) stack: &'a Stack,
    pub(crate) rng: Rng,
    pub(crate) attempt: Attempt,
    count: usize,
    touched: Touched,
}

/// Writes all lines of the task.
pub(crate) fn tell<W: Write>(
    lines: &mut Lines<W>,
    spec: &Spec,
    catalogue: &Catalogue,
    rng: Rng,
) -> Result<Touched, Error> {
    let product = &catalogue.products[spec.product];
    let touched = Touched { activity: spec.last, deployment: None, commit: None };
    let stack = &catalogue.stacks[product.stack];
    let attempt = Attempt::new(0, spec.started.unwrap_or(spec.created));
    let mut teller = Teller { lines, spec, product, stack, rng, attempt, count: 0, touched };
    teller.begin()?;
    match spec.started {
        Some(started) => teller.work(started)?,
        None if spec.status != TaskStatus::Queued => teller.end(spec.last)?,
        None => {}
    }
    Ok(teller.touched)
}

impl<W: Write> Teller<'_, W> {
    fn begin(&mut self) -> Result<(), Error> {
        let spec = self.spec;
        let patch = TaskPatch {
            title: Patch::Set(spec.title.clone()),
            description: Patch::Set(spec.text.clone()),
            product_id: Patch::Set(self.product.id.clone()),
            status: Patch::Set(TaskStatus::Queued),
            priority: Patch::Set(spec.priority),
            task_type: Patch::Set(spec.task_type),
            source: Patch::Set(spec.source),
            created_at: Patch::Set(spec.created),
            retry_count: Patch::Set(0),
            assigned_agent: Patch::Set(spec.agent.clone()),
            tags: Patch::Set(spec.tags.clone()),
            progress_percent: percent(0.0),
            next_action: spec.next.clone().filter(|_| spec.status == TaskStatus::Queued).into(),
            inferred: Some(spec.inferred.clone()).filter(|inferred| !inferred.is_empty()).into(),
            ..TaskPatch::default()
        };
        self.lines.summary.tasks += 1;
        self.lines.row("task", &format!("l-{}", spec.id), spec.created, spec.id.as_str(), &patch)?;
        let message = format!("Created: {}", spec.source.label().to_lowercase());
        self.event(spec.created, EventType::Created, EventLevel::Info, message, None)?;
        let planned = along(spec.created, spec.started.unwrap_or(spec.last), 6, 10);
        self.event(
            planned,
            EventType::Planned,
            EventLevel::Info,
            format!("Plan: {}", spec.steps.join(" → ")),
            None,
        )
    }

    /// All tries, one after the other.
    fn work(&mut self, started: DateTime<Utc>) -> Result<(), Error> {
        let spec = self.spec;
        let patch = TaskPatch {
            status: Patch::Set(TaskStatus::Running),
            started_at: Patch::Set(started),
            progress_percent: percent(2.0),
            current_step: spec.steps.first().cloned().into(),
            ..TaskPatch::default()
        };
        let message = format!("{} started", spec.agent);
        self.event(started, EventType::Started, EventLevel::Info, message, Some(patch))?;
        let tries = i64::from(spec.retries) + 1;
        for number in 0..tries {
            let last = number + 1 == tries;
            let from = along(started, spec.last, number, tries);
            let to = along(started, spec.last, number + 1, tries);
            self.attempt = Attempt::new(number, from);
            let beats = beats(self.spec, &mut self.rng, last);
            let count = i64::try_from(beats.len()).unwrap_or(1).max(1);
            for (place, beat) in (1..).zip(beats) {
                // Nothing happens at even distances, but for the end.
                let early = if place == count { 0 } else { self.below(60) };
                let at = along(from, to, place * 100 - early, count * 100);
                self.beat(beat, at, share(number * count + place, tries * count))?;
            }
            let status = if last { spec.status } else { TaskStatus::Failed };
            run(self, to, status)?;
        }
        Ok(())
    }

    fn below(&mut self, bound: usize) -> i64 {
        i64::try_from(self.rng.below(bound)).unwrap_or(0)
    }

    fn beat(&mut self, beat: Beat, at: DateTime<Utc>, done: f64) -> Result<(), Error> {
        let (spec, words) = (self.spec, &self.spec.words);
        match beat {
            Beat::Act => {
                let action = actions::action(spec.task_type, self.stack, words, &mut self.rng);
                self.act(at, action, done)
            }
            Beat::Tests => {
                let fails = spec.status == TaskStatus::Failed;
                let action = actions::tests(self.stack, words, fails, &mut self.rng);
                self.act(at, action, done)
            }
            Beat::PullRequest => {
                let url = format!("{}/pulls/{}", self.product.repo_url(), self.rng.between(24, 960));
                self.touched.commit = Some(at);
                self.attempt.pull_request = Some(url.clone());
                self.link(at, EventType::PrCreated, format!("Opened {url}"), url)
            }
            Beat::Deployment => {
                let staging = self.product.staging_url().filter(|_| spec.title.contains("staging"));
                let live = staging.is_none();
                let url = staging.or_else(|| self.product.production_url());
                let url = url.unwrap_or_else(|| self.product.repo_url());
                self.touched.deployment = Some(at).filter(|_| live);
                self.touched.commit = Some(at);
                self.attempt.deployment = Some(url.clone());
                let place = if live { "production" } else { "staging" };
                self.link(
                    at,
                    EventType::Deployment,
                    format!("Deployed {} to {place}", self.product.row.name),
                    url,
                )
            }
            Beat::Memory => {
                let lesson = spec.lesson.clone().unwrap_or_default();
                let metadata = facts([("memory", json!(lesson)), ("lesson", json!(lesson))]);
                let action = Action { message: lesson, metadata, ..Action::default() };
                self.tell(at, EventType::MemorySuggested, EventLevel::Info, action, None)
            }
            Beat::Error => {
                let message = *self.rng.pick(&STUMBLES).unwrap_or(&STUMBLES[0]);
                let metadata = facts([("exitCode", json!(1))]);
                let action = Action { message: message.to_owned(), metadata, ..Action::default() };
                self.tell(at, EventType::Error, EventLevel::Error, action, None)
            }
            Beat::Retry => {
                let again = self.attempt.number + 1;
                let patch =
                    TaskPatch { retry_count: u32::try_from(again).ok().into(), ..TaskPatch::default() };
                let message = format!("Trying again ({again} of {})", spec.retries);
                self.event(at, EventType::Retry, EventLevel::Warn, message, Some(patch))
            }
            Beat::End => self.end(at),
        }
    }

    fn act(&mut self, at: DateTime<Utc>, action: Action, done: f64) -> Result<(), Error> {
        let spec = self.spec;
        let goal = spec.progress.map_or(95.0, |goal| f64::from(goal.get()));
        let progress = (goal * done).clamp(2.0, goal);
        let kind = action.kind.unwrap_or((EventType::ToolCalled, EventLevel::Info));
        let patch = TaskPatch {
            progress_percent: percent(progress),
            current_step: step(&spec.steps, progress).into(),
            last_action: Patch::Set(action.message.clone()),
            next_action: spec.next.clone().filter(|_| spec.status == TaskStatus::Running).into(),
            attention: Some(spec.attention.clone())
                .filter(|reasons| spec.status == TaskStatus::Running && !reasons.is_empty())
                .into(),
            ..TaskPatch::default()
        };
        self.tell(at, kind.0, kind.1, action, Some(patch))
    }

    /// The last event, by what became of the task.
    fn end(&mut self, at: DateTime<Utc>) -> Result<(), Error> {
        let spec = self.spec;
        let (kind, level, message) = match spec.status {
            TaskStatus::Completed => {
                (EventType::Completed, EventLevel::Success, format!("Done: {}", spec.title))
            }
            TaskStatus::Blocked => {
                (EventType::Blocked, EventLevel::Warn, spec.blocker.clone().unwrap_or_default())
            }
            TaskStatus::Failed => {
                (EventType::Error, EventLevel::Error, spec.error.clone().unwrap_or_default())
            }
            _ => (EventType::Completed, EventLevel::Info, spec.result.clone().unwrap_or_default()),
        };
        let (completed, ended) = (spec.status == TaskStatus::Completed, !spec.status.is_open());
        let works = spec.started.filter(|_| ended).map(|started| at - started);
        let patch = TaskPatch {
            status: Patch::Set(spec.status),
            progress_percent: if completed { percent(100.0) } else { Patch::Keep },
            current_step: if ended { Patch::Clear } else { Patch::Keep },
            next_action: spec.next.clone().map_or(Patch::Clear, Patch::Set),
            blocker_reason: spec.blocker.clone().into(),
            error: spec.error.clone().into(),
            result: spec.result.clone().into(),
            summary: Patch::from(works.map(|_| self.attempt.summary(spec))),
            completed_at: Some(at).filter(|_| ended).into(),
            duration_ms: works.and_then(|span| u64::try_from(span.num_milliseconds()).ok()).into(),
            attention: Some(spec.attention.clone()).filter(|reasons| !reasons.is_empty()).into(),
            ..TaskPatch::default()
        };
        self.event(at, kind, level, message, Some(patch))
    }

    fn link(
        &mut self,
        at: DateTime<Utc>,
        kind: EventType,
        message: String,
        url: String,
    ) -> Result<(), Error> {
        let patch = TaskPatch { last_action: Patch::Set(message.clone()), ..TaskPatch::default() };
        let mut event = self.new_event(at, kind, EventLevel::Success, message)?;
        event.artifact_url = Some(url);
        self.put(&event, Some(&patch))
    }

    fn event(
        &mut self,
        at: DateTime<Utc>,
        kind: EventType,
        level: EventLevel,
        message: String,
        patch: Option<TaskPatch>,
    ) -> Result<(), Error> {
        let event = self.new_event(at, kind, level, message)?;
        self.put(&event, patch.as_ref())
    }

    fn tell(
        &mut self,
        at: DateTime<Utc>,
        kind: EventType,
        level: EventLevel,
        action: Action,
        patch: Option<TaskPatch>,
    ) -> Result<(), Error> {
        let mut event = self.new_event(at, kind, level, action.message)?;
        event.metadata = Some(action.metadata).filter(|metadata| !metadata.is_empty());
        event.tool_name = action.tool.map(str::to_owned);
        event.command = action.command;
        self.attempt.note(kind);
        self.put(&event, patch.as_ref())
    }

    fn new_event(
        &mut self,
        at: DateTime<Utc>,
        kind: EventType,
        level: EventLevel,
        message: String,
    ) -> Result<Event, Error> {
        let id = EventId::new(format!("{}-e{:02}", self.spec.id, self.count))?;
        self.count += 1;
        Ok(Event {
            id,
            task_id: self.spec.id.clone(),
            timestamp: at,
            level,
            event_type: kind,
            message,
            metadata: None,
            tool_name: None,
            command: None,
            artifact_url: None,
        })
    }

    fn put(&mut self, event: &Event, patch: Option<&TaskPatch>) -> Result<(), Error> {
        self.attempt.log(&event.message);
        self.lines.event(event, patch)
    }
}
