//! Settings: what the founder decides. Every field has a default, so that an older file still reads; a field that
//! does not exist is refused by its name, so that a slip of the pen is not silently ignored.
//!
//! # To add a setting
//! 1. Its field here or in `settings/`, with a default; its range, if it has one, in [`check`].
//! 2. Its control in [`form`]: the page, its errors and its undo follow from that.
//! 3. What it does. A setting that does nothing yet says so in its hint.

mod approvals;
mod category;
pub mod check;
pub mod diff;
pub mod form;
mod notifications;
pub mod preview;
mod rules;
mod thresholds;
mod version;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::task::TaskType;

pub use self::{
    approvals::{Approvals, MergeRule, SecretsScope},
    category::Category,
    check::FieldError,
    diff::Difference,
    notifications::{Notice, Notifications},
    rules::{PriorityRule, RetryRule, When},
    thresholds::{Retention, RetentionRun, Rules},
    version::{SettingsVersion, VersionLine},
};

string_enum! {
    /// A section of the settings page.
    pub enum Section as "section of the settings" {
        General = "general", "General";
        Products = "products", "Products registry";
        Categories = "categories", "Task categories";
        Priorities = "priorities", "Priority rules";
        Notifications = "notifications", "Notification rules";
        Retries = "retries", "Auto-retry rules";
        Approvals = "approvals", "Approval thresholds";
        Retention = "retention", "Retention period";
        Transfer = "transfer", "Import and export";
        Demo = "demo", "Demo data";
    }
}

/// All settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// The founder's time zone, an IANA name; without one the machine's.
    pub time_zone: Option<String>,
    /// Whether single keys act on pages that have them.
    pub single_key_shortcuts: bool,
    /// Thresholds of the insights.
    pub rules: Rules,
    /// What is said of each type of task. Types that are not named are as they come.
    pub categories: BTreeMap<TaskType, Category>,
    /// Priorities where no source told one; the first rule that holds counts.
    pub priority_rules: Vec<PriorityRule>,
    /// What would be told to the founder outside this dashboard.
    pub notifications: Notifications,
    /// Which failures would be tried again; the first rule that holds counts.
    pub retry_rules: Vec<RetryRule>,
    /// What Hermes would ask for before it does it.
    pub approvals: Approvals,
    /// How long telemetry is kept.
    pub retention: Retention,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_zone: None,
            single_key_shortcuts: true,
            rules: Rules::default(),
            categories: BTreeMap::new(),
            priority_rules: Vec::new(),
            notifications: Notifications::default(),
            retry_rules: Vec::new(),
            approvals: Approvals::default(),
            retention: Retention::default(),
        }
    }
}

impl Settings {
    /// The settings as they are exported: JSON for people, the same text for the same settings.
    pub fn export(&self) -> String {
        // Numbers, texts, lists and maps by text always have a JSON form.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// What the founder calls that type of task.
    pub fn label(&self, task_type: TaskType) -> &str {
        let own = self.categories.get(&task_type).and_then(|category| category.label.as_deref());
        own.unwrap_or(task_type.label())
    }

    /// Whether tasks of that type are left out of the active missions.
    pub fn hides(&self, task_type: Option<TaskType>) -> bool {
        task_type.and_then(|of| self.categories.get(&of)).is_some_and(|category| category.hidden)
    }

    /// Without what says nothing: categories that are as they come.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.categories.retain(|_, category| *category != Category::default());
        self
    }
}
