//! What the ledger is told of a session: its task, its run, how it began.

use chrono::{DateTime, Utc};
use domain::{
    attention::AttentionReason,
    event::{EventLevel, EventType},
    patch::Patch,
    run::RunPatch,
    task::{Percent, TaskPatch, TaskStatus},
    telemetry::Body,
};

use super::{
    fold::card,
    happening::Happening,
    kind,
    link::{self, Role},
    outcome::{self, Outcome},
    row::SessionRow,
    state::{SHAPE, SessionState},
    tool::{clip, short},
};
use crate::{
    agents, entities, ids,
    pass::Pass,
    projects::{self, Found, Projects},
};

/// Tells of a session what is new of it.
pub(crate) struct Teller<'a, 'p> {
    pub(crate) pass: &'a mut Pass<'p>,
    pub(crate) profile: &'a str,
    pub(crate) projects: &'a Projects,
}

impl Teller<'_, '_> {
    /// Puts lines into the pass for all that is new.
    pub(crate) fn tell(&mut self, row: &SessionRow, state: &mut SessionState, happened: Vec<Happening>) {
        let Some(outcome) = outcome::of(state, row, self.pass.now) else { return };
        state.open = outcome.open;
        let decides = matches!(state.link.role, Role::Own | Role::Continues);
        state.status = decides.then_some(outcome.status);
        let found = self.projects.find(&state.clues, state.repository.as_deref());
        state.told_attention |= !attention(state, &outcome).is_empty();
        state.told_product = found.id().map(|id| id.as_str().to_owned());
        state.told_guess = found.is_guess();
        let moved = self.merged(state);
        self.beginnings(row, state);
        let scope = scope(self.profile, &row.id);
        let of = is_part(row, state).then_some(row.id.as_str());
        for event in happened {
            let (id, at, body) = event.line(&scope, &state.link.task, of);
            self.pass.line(&id, at, body);
        }
        let at = state.last_seen();
        if state.link.role == Role::Own {
            projects::tell_repository(self.pass, &found, state.started_at.unwrap_or(at));
        }
        let mut patch = self.task(row, state, &outcome, &found);
        if moved && state.link.role == Role::Works {
            // Said while the task was thought to be this session, and nobody else's to say.
            (patch.result, patch.retry_count) = (Patch::Clear, Patch::Clear);
        }
        let task = Body::Task(ids::task(&state.link.task), Box::new(patch));
        let name = state_of("session", self.profile, &row.id);
        if let Some(id) = next(&mut state.told.task, &name, at, &task) {
            self.pass.line(&id, at, task);
        }
        if state.link.role == Role::Works && state.own_run && state.open {
            // The attempt that a worker is may not stand on its board yet: wait for it.
            return;
        }
        if std::mem::replace(&mut state.told.own_run, state.own_run) && !state.own_run {
            self.give_up_run(state, &row.id);
        }
        let run = Body::Run(ids::run(&state.run), Box::new(run(row, state, &outcome)));
        let name = state_of("session-run", self.profile, &row.id);
        if let Some(id) = next(&mut state.told.run, &name, at, &run) {
            self.pass.line(&id, at, run);
        }
    }

    /// Tells of a session that was deleted while it was at work.
    pub(crate) fn tell_gone(&mut self, id: &str, state: &mut SessionState) {
        let at = state.last_seen();
        if state.status.take().is_none() {
            return;
        }
        state.status = Some(TaskStatus::Cancelled);
        let patch = TaskPatch {
            status: Patch::Set(TaskStatus::Cancelled),
            completed_at: Patch::Set(at),
            current_step: Patch::Clear,
            next_action: Patch::Clear,
            error: Patch::Set("Deleted in Hermes before it ended".to_owned()),
            ..TaskPatch::default()
        };
        let task = Body::Task(ids::task(&state.link.task), Box::new(patch));
        let name = state_of("session", self.profile, id);
        if let Some(line) = next(&mut state.told.task, &name, at, &task) {
            self.pass.line(&line, at, task);
        }
    }

    /// Where it was found out late whose work the session is, its own task becomes part of that one, and whoever says
    /// how that one stands says so again: what the session had said of itself came later.
    /// Whether that was so.
    fn merged(&mut self, state: &mut SessionState) -> bool {
        let under = state.told.under.replace(state.link.task.clone());
        let Some(from) = under.filter(|under| *under != state.link.task) else { return false };
        let id = ids::join(&["merge", &from, &state.link.task]);
        let (from, into) = (ids::task(&from), ids::task(&state.link.task));
        self.pass.line(&id, state.last_seen(), Body::TaskMerged { from, into });
        self.pass.raise(&state.link.task, state.last_seen());
        true
    }

    /// The run that a session was before it turned out to be an attempt that something else tells of: what it took is
    /// told of that one now, and of no other.
    fn give_up_run(&mut self, state: &mut SessionState, session: &str) {
        let own = scope(self.profile, session);
        if state.run == own || state.told.run.0 == 0 {
            return;
        }
        let patch = RunPatch { metrics: Patch::Clear, cost_status: Patch::Clear, ..RunPatch::default() };
        let body = Body::Run(ids::run(&own), Box::new(patch));
        let (name, at) = (state_of("session-run", self.profile, session), state.last_seen());
        if let Some(id) = next(&mut state.told.run, &name, at, &body) {
            self.pass.line(&id, at, body);
        }
    }

    fn beginnings(&mut self, row: &SessionRow, state: &mut SessionState) {
        let scope = scope(self.profile, &row.id);
        let source = if row.source.is_empty() { "somewhere" } else { &row.source };
        let opener = state.began.clone().unwrap_or_default();
        let part = is_part(row, state);
        let of = part.then_some(row.id.as_str());
        if !state.told_created
            && !part
            && let Some(at) = state.started_at
        {
            state.told_created = true;
            state.events += 1;
            let text = if opener.is_empty() { format!("Asked for, by {source}") } else { opener.clone() };
            let event =
                Happening::new("0-created".to_owned(), at, EventType::Created, EventLevel::Info, text);
            let (id, at, body) = event.with("source", source).line(&scope, &state.link.task, of);
            self.pass.line(&id, at, body);
        }
        if !state.told_started
            && let Some(at) = state.answered_at
        {
            state.told_started = true;
            state.events += 1;
            let model = row.model.as_deref().unwrap_or("the model");
            let text = match state.link.role {
                Role::Own if !part => format!("Work began, with {model}"),
                Role::Continues => format!("Work went on in another session, with {model}"),
                Role::Own | Role::Works => format!("A worker began, with {model}"),
                Role::Helps => format!("A helper began: {opener}"),
            };
            let event =
                Happening::new("1-started".to_owned(), at, EventType::Started, EventLevel::Info, text);
            let (id, at, body) = event.line(&scope, &state.link.task, of);
            self.pass.line(&id, at, body);
        }
    }

    fn task(&self, row: &SessionRow, state: &SessionState, outcome: &Outcome, found: &Found) -> TaskPatch {
        let patch = match state.link.role {
            Role::Helps => return TaskPatch::default(),
            Role::Works => TaskPatch::default(),
            Role::Own | Role::Continues => decided(state, outcome),
        };
        let mut patch = doing(state, outcome, patch);
        if state.link.role == Role::Works && !state.told_attention {
            // The card or the job may have reasons of its own; a worker without any says nothing of them.
            patch.attention = Patch::Keep;
        }
        if state.link.role == Role::Own { self.whole(row, state, found, patch) } else { patch }
    }

    /// What only the session that the task is can say.
    fn whole(&self, row: &SessionRow, state: &SessionState, found: &Found, patch: TaskPatch) -> TaskPatch {
        let title =
            row.title.clone().or_else(|| state.opener.as_deref().map(short)).or_else(|| state.began.clone());
        let words = format!(
            "{} {}",
            row.title.as_deref().unwrap_or_default(),
            state.opener.as_deref().unwrap_or_default()
        );
        let task_type = kind::task_type(&words, state.did);
        let mut inferred = Vec::new();
        if task_type.is_some() {
            inferred.push("type".to_owned());
        }
        if found.is_guess() {
            inferred.push("productId".to_owned());
        }
        let mut tags = Vec::new();
        if self.profile != "default" {
            tags.push(self.profile.to_owned());
        }
        if !row.source.is_empty() {
            tags.push(row.source.clone());
        }
        TaskPatch {
            description: set(state.opener.clone().filter(|opener| title.as_ref() != Some(opener))),
            title: set(title),
            product_id: set(found.id().cloned()),
            task_type: set(task_type),
            source: Patch::Set(kind::task_source(&row.source, row.origin.as_deref())),
            created_at: state.started_at.into(),
            started_at: state.started_at.into(),
            assigned_agent: Patch::Set(ids::agent(agents::core_id(self.profile))),
            tags: Patch::Set(tags),
            inferred: Patch::Set(inferred),
            ..patch
        }
    }
}

/// How a task goes and how it ends.
fn decided(state: &SessionState, outcome: &Outcome) -> TaskPatch {
    let unresolved = || state.failures.last().map(|failure| format!("{}: {}", failure.what, failure.error));
    let answer = state.last.as_ref().filter(|_| outcome.status == TaskStatus::Completed);
    TaskPatch {
        status: Patch::Set(outcome.status),
        completed_at: set(outcome.ended_at),
        retry_count: Patch::Set(state.retries),
        result: set(answer.map(|last| last.text.clone()).filter(|text| !text.is_empty())),
        error: set(outcome.error.clone().or_else(unresolved)),
        ..TaskPatch::default()
    }
}

/// What is being done, and what it needs of the founder.
fn doing(state: &SessionState, outcome: &Outcome, patch: TaskPatch) -> TaskPatch {
    let running = outcome.status == TaskStatus::Running;
    let todo = state.todo.as_ref();
    let step = todo.and_then(|todo| todo.current.clone());
    let calling = || state.pending.last().map(|pending| pending.what.clone());
    TaskPatch {
        progress_percent: set(todo.and_then(|todo| Percent::new(todo.percent()))),
        current_step: set(step.or_else(calling).filter(|_| running)),
        last_action: set(state.last_action.clone()),
        next_action: set(todo.and_then(|todo| todo.next.clone()).filter(|_| running)),
        attention: Patch::Set(attention(state, outcome)),
        ..patch
    }
}

/// Why the work needs the founder: what failed and has not worked since, what was refused, a death.
fn attention(state: &SessionState, outcome: &Outcome) -> Vec<AttentionReason> {
    let any = |of: fn(&super::state::Failure) -> bool| state.failures.iter().any(of);
    let reasons = [
        (AttentionReason::ApprovalNeeded, !state.refused.is_empty()),
        (AttentionReason::ExpiredCredential, any(|failure| failure.expired)),
        (AttentionReason::MissingCredentials, any(|failure| failure.credentials && !failure.expired)),
        (AttentionReason::FailedDeployment, any(|failure| failure.deploys)),
        (AttentionReason::FailingTests, any(|failure| failure.tests)),
        (AttentionReason::DeadSession, outcome.died),
    ];
    reasons.into_iter().filter(|(_, holds)| *holds).map(|(reason, _)| reason).collect()
}

fn run(row: &SessionRow, state: &SessionState, outcome: &Outcome) -> RunPatch {
    #[expect(clippy::cast_precision_loss, reason = "tokens of a session stay far below 2^52")]
    let count = |name: &str, value: Option<u64>| value.map(|value| (name.to_owned(), value as f64));
    let cost = row.cost();
    let metrics = [
        count("inputTokens", row.input_tokens),
        count("outputTokens", row.output_tokens),
        count("cacheReadTokens", row.cache_read_tokens),
        count("cacheWriteTokens", row.cache_write_tokens),
        count("reasoningTokens", row.reasoning_tokens),
        count("apiCalls", row.api_calls),
        cost.map(|(usd, _)| ("costUsd".to_owned(), usd)),
    ];
    let inferred = [
        ("commitSha", state.commit.is_some()),
        ("prUrl", state.pr_url.is_some()),
        ("deploymentUrl", state.deployment_url.is_some()),
    ];
    // An attempt of a card or an execution of a job begins and ends by their word.
    let whole = |patch: RunPatch| RunPatch {
        started_at: state.started_at.into(),
        ended_at: set(outcome.ended_at),
        status: Patch::Set(outcome.status),
        ..patch
    };
    let patch = RunPatch {
        task_id: Patch::Set(ids::task(&state.link.task)),
        metrics: Patch::Set(metrics.into_iter().flatten().collect()),
        commit_sha: set(state.commit.clone()),
        branch_name: set(state.branch.clone().or_else(|| state.first_branch.clone())),
        pr_url: set(state.pr_url.clone()),
        deployment_url: set(state.deployment_url.clone()),
        inferred: Patch::Set(
            inferred.into_iter().filter(|(_, told)| *told).map(|(name, _)| name.to_owned()).collect(),
        ),
        cost_status: set(cost.map(|(_, sure)| sure.to_owned())),
        model: set(row.model.as_deref().map(|model| clip(model, 200))),
        ..RunPatch::default()
    };
    if state.own_run { whole(patch) } else { patch }
}

/// Whether the session is told as part of something else. What says itself that it works on a card or a job is, even
/// while nothing is known of that: its board may be read later.
fn is_part(row: &SessionRow, state: &SessionState) -> bool {
    state.link.role != Role::Own || card(state).is_some() || link::job(&row.id).is_some()
}

/// The task that a session is where nothing else tells whose work it is.
pub(crate) fn own_task(profile: &str, session: &str) -> String {
    ids::join(&["hermes", profile, session])
}

/// What the keys of a session's events are unique in.
pub(crate) fn scope(profile: &str, session: &str) -> String {
    ids::join(&["hermes", profile, session])
}

/// What the lines that say how a session stands are named after. A state of another shape begins its count again, so
/// the shape is part of the name.
fn state_of(what: &str, profile: &str, session: &str) -> String {
    ids::join(&[what, profile, session, &SHAPE.to_string()])
}

/// The id of the next line of that state; nothing where the ledger knows it.
fn next(told: &mut (u32, u64), name: &str, at: DateTime<Utc>, body: &Body) -> Option<String> {
    let print = crate::hash::of_json(&(entities::print(body), at));
    if told.1 == print {
        return None;
    }
    *told = (told.0 + 1, print);
    Some(entities::line_id(name, told.0))
}

/// A session's row always says all of it: what is gone is cleared.
fn set<T>(value: Option<T>) -> Patch<T> {
    value.map_or(Patch::Clear, Patch::Set)
}
