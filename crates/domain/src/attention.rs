//! Why something needs the founder.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    decision::{Decision, Subject},
    id::{ItemKey, ProductId, TaskId},
    task::Priority,
};

string_enum! {
    /// Why something needs the founder: the brief's nine reasons, and those that our own sources know besides.
    pub enum AttentionReason as "reason for attention" {
        ApprovalNeeded = "approval-needed", "Approval needed";
        MissingCredentials = "missing-credentials", "Missing credentials";
        FailedDeployment = "failed-deployment", "Failed deployment";
        FailingTests = "failing-tests", "Failing tests";
        UnclearRequirement = "unclear-requirement", "Unclear requirement";
        CostOrRisk = "cost-or-risk", "Cost or risk";
        ExpiredCredential = "expired-credential", "Expired credential";
        InactiveProduct = "inactive-product", "Inactive product";
        RepeatedFailures = "repeated-failures", "Repeated failures";
        DeadSession = "dead-session", "Session died";
        Blocked = "blocked", "Blocked";
        ConfigIssue = "config-issue", "Configuration issue";
        FailedJob = "failed-job", "Scheduled job failed";
        MissedJob = "missed-job", "Scheduled job missed";
        StuckTask = "stuck-task", "Stuck";
    }
}

impl crate::patch::Visit for Vec<AttentionReason> {}

string_enum! {
    /// How bad it is to leave something as it is, the worst first.
    pub enum Severity as "severity" {
        Critical = "critical", "Critical";
        High = "high", "High";
        Medium = "medium", "Medium";
        Low = "low", "Low";
    }
}

/// A row behind an item: what it says, and where to look.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// What it says.
    pub text: String,
    /// The task that says it.
    pub task_id: Option<TaskId>,
    /// When it was so.
    pub at: Option<DateTime<Utc>>,
}

/// One thing that needs the founder.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttentionItem {
    /// Its identity, the same as long as it is about the same thing: `task:t_1`, `product:p_1:repeated-failures`.
    pub key: ItemKey,
    /// What tells one occurrence from the next: with another cause it came back.
    pub cause: String,
    /// Why it needs the founder.
    pub reason: AttentionReason,
    /// Whether we guessed the reason from words, because no source told it.
    pub reason_inferred: bool,
    /// How bad it is to leave it.
    pub severity: Severity,
    /// What happened.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
    /// The product that it concerns; `None` where it concerns none or all.
    pub product_id: Option<ProductId>,
    /// How much the task or else the product matters.
    pub priority: Option<Priority>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Why, in the source's words.
    pub why: Option<String>,
    /// What follows as long as nothing is done.
    pub consequence: Option<String>,
    /// The rows that say so.
    pub evidence: Vec<Evidence>,
    /// What the founder decided about this occurrence: an acknowledged item stays where it is, a snoozed or resolved one
    /// is put aside.
    pub decision: Option<Decision>,
}

/// How many items there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SeverityCounts {
    /// Critical ones.
    pub critical: u64,
    /// High ones.
    pub high: u64,
    /// Medium ones.
    pub medium: u64,
    /// Low ones.
    pub low: u64,
}

impl SeverityCounts {
    /// Counts the items.
    pub fn of<'a>(items: impl IntoIterator<Item = &'a AttentionItem>) -> Self {
        let mut counts = Self::default();
        for item in items {
            *match item.severity {
                Severity::Critical => &mut counts.critical,
                Severity::High => &mut counts.high,
                Severity::Medium => &mut counts.medium,
                Severity::Low => &mut counts.low,
            } += 1;
        }
        counts
    }

    /// How many there are of that severity.
    pub fn get(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
        }
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.critical + self.high + self.medium + self.low
    }
}
