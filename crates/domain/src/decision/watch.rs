//! Which decisions end as lines are folded: "items come back when their cause comes back".
//!
//! A decision on an item of a task ends for good when the task leaves the state that it was decided in: its status,
//! the reasons for attention that its source gives, or its blocker. One on an item of an agent ends when what is
//! wrong with its configuration changes. So what was blocked, ran, and is blocked again in the same words is shown
//! again. Line by line: it makes no difference how lines are put together to batches.
//!
//! Where a task turns out to be another, its decisions move along, unless the state changes by that.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::Subject;
use crate::{
    attention::AttentionReason,
    fold::{Key, Ledger, keys},
    id::TaskId,
    task::{TaskRecord, TaskStatus},
    telemetry::{Body, Telemetry},
};

/// What happens to the decisions on a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// They ended for good.
    Ended {
        /// Whose.
        subject: Subject,
        /// When.
        at: DateTime<Utc>,
    },
    /// They are those of another task now.
    Moved {
        /// The task that is no more.
        from: TaskId,
        /// The task that it is.
        into: TaskId,
    },
}

/// What a decision depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Task {
        status: TaskStatus,
        attention: Vec<AttentionReason>,
        blocker: Option<String>,
    },
    Agent {
        issue: Option<String>,
    },
    /// There is no such row.
    Nothing,
}

/// The subjects of decisions, and their states.
#[derive(Debug, Default)]
pub struct Watch {
    states: HashMap<Subject, State>,
    turns: Vec<Turn>,
}

impl Watch {
    /// Watches those of the subjects that can change, as they are in the ledger. A subject is never a task that
    /// turned out to be another.
    pub fn over(subjects: impl IntoIterator<Item = Subject>, ledger: &Ledger) -> Self {
        let known = |subject: Subject| Some((state(&subject, ledger)?, subject));
        let states = subjects.into_iter().filter_map(known).map(|(state, subject)| (subject, state));
        Self { states: states.collect(), turns: Vec::new() }
    }

    /// Looks at what a line changed, after it was merged.
    pub fn look(&mut self, line: &Telemetry, ledger: &Ledger, now: DateTime<Utc>) {
        if self.states.is_empty() {
            return;
        }
        for key in keys(line).into_iter().flatten() {
            match key {
                Key::Task(id) => self.compare(Subject::Task(ledger.resolve(&id).clone()), ledger, now),
                Key::Agent(id) => self.compare(Subject::Agent(id), ledger, now),
                Key::Product(_) | Key::Event(_) | Key::Run(_) | Key::Job(_) | Key::TaskMerged(_) => {}
            }
        }
        if let Body::TaskMerged { from, .. } = &line.body {
            self.follow(from, ledger, now);
        }
    }

    /// What happened, in order.
    pub fn into_turns(self) -> Vec<Turn> {
        self.turns
    }

    /// Ends the decisions on the subject if it changed.
    fn compare(&mut self, subject: Subject, ledger: &Ledger, now: DateTime<Utc>) {
        let Some(known) = self.states.get(&subject) else { return };
        if state(&subject, ledger).as_ref() != Some(known) {
            self.states.remove(&subject);
            self.turns.push(Turn::Ended { subject, at: now });
        }
    }

    /// Takes the decisions of a task along to the one that it turned out to be.
    fn follow(&mut self, from: &TaskId, ledger: &Ledger, now: DateTime<Utc>) {
        let into = ledger.resolve(from);
        if into == from {
            return;
        }
        let Some(known) = self.states.remove(&Subject::Task(from.clone())) else { return };
        let subject = Subject::Task(into.clone());
        if state(&subject, ledger).as_ref() == Some(&known) {
            self.states.insert(subject, known);
            self.turns.push(Turn::Moved { from: from.clone(), into: into.clone() });
        } else {
            self.turns.push(Turn::Ended { subject: Subject::Task(from.clone()), at: now });
        }
    }
}

/// What a decision on the subject depends on; `None` where no change ends it.
fn state(subject: &Subject, ledger: &Ledger) -> Option<State> {
    match subject {
        Subject::Task(id) => Some(ledger.tasks.get(id).map_or(State::Nothing, of_task)),
        Subject::Agent(id) => {
            let agent = ledger.agents.get(id);
            Some(agent.map_or(State::Nothing, |agent| State::Agent { issue: agent.config_issue.clone() }))
        }
        Subject::Job(_) | Subject::Product(_) => None,
    }
}

fn of_task(task: &TaskRecord) -> State {
    // The order of the reasons says nothing.
    let mut attention = task.attention.clone().unwrap_or_default();
    attention.sort_unstable();
    attention.dedup();
    State::Task { status: task.status_or_queued(), attention, blocker: task.blocker_reason.clone() }
}
