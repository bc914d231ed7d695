//! Rules over tasks: which tasks, and what follows.

use serde::{Deserialize, Serialize};

use super::Settings;
use crate::{
    id::ProductId,
    query::searched,
    task::{Priority, Task, TaskSource, TaskStatus, TaskType},
    text::{self, query_tokens, text_tokens},
};

/// The most rules of a kind.
pub(super) const MAX_RULES: usize = 50;

/// The longest text of words, in characters.
pub(super) const MAX_WORDS: usize = 200;

/// Which tasks: all that is said must hold. A condition that says nothing holds for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct When {
    /// The product that the work is for.
    pub product: Option<ProductId>,
    /// What kind of work it is.
    #[serde(rename = "type")]
    pub task_type: Option<TaskType>,
    /// What triggered it.
    pub source: Option<TaskSource>,
    /// Words that must each begin a word of the task's title or error. At most 200 characters.
    pub words: String,
}

impl When {
    /// Whether it holds for the task.
    pub fn holds(&self, task: &Task) -> bool {
        self.product.as_ref().is_none_or(|product| *product == task.product_id)
            && self.task_type.is_none_or(|of| Some(of) == task.task_type)
            && self.source.is_none_or(|source| Some(source) == task.source)
            && self.finds(task)
    }

    fn finds(&self, task: &Task) -> bool {
        let wanted = query_tokens(&self.words);
        if wanted.is_empty() {
            return true;
        }
        let mut words = text_tokens(&task.title);
        words.extend(task.error.as_deref().map(|error| text_tokens(searched(error))).unwrap_or_default());
        text::matches(&words, &wanted)
    }
}

/// A priority for tasks of which no source told one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriorityRule {
    /// Which tasks.
    #[serde(default)]
    pub when: When,
    /// The priority that they get.
    pub priority: Priority,
}

/// Which failures are tried again, once Hermes is connected for control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetryRule {
    /// Which failed tasks.
    #[serde(default)]
    pub when: When,
    /// How often at most, counting what was tried already. 0 (never) to 10.
    pub attempts: u32,
    /// How long to wait before it, in minutes. 0 to 1440.
    #[serde(default)]
    pub wait_minutes: u32,
}

impl Settings {
    /// The priority that our rules give the task: `None` where its source told one, or where no rule holds.
    pub fn inferred_priority(&self, task: &Task) -> Option<Priority> {
        if task.priority.is_some() {
            return None;
        }
        let by_rule = self.priority_rules.iter().find(|rule| rule.when.holds(task));
        by_rule.map(|rule| rule.priority).or_else(|| self.categories.get(&task.task_type?)?.priority)
    }

    /// Gives the task a priority where no source told one, and lists it as inferred.
    pub fn infer(&self, task: &mut Task) {
        let Some(priority) = self.inferred_priority(task) else { return };
        task.priority = Some(priority);
        if !task.inferred.iter().any(|field| field == "priority") {
            task.inferred.push("priority".to_owned());
        }
    }

    /// The rule by which the failed task would be tried again.
    pub fn retry(&self, task: &Task) -> Option<&RetryRule> {
        let failed = task.status == TaskStatus::Failed;
        let rule = self.retry_rules.iter().find(|rule| failed && rule.when.holds(task))?;
        (task.retry_count.unwrap_or(0) < rule.attempts).then_some(rule)
    }
}
