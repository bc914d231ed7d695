//! Which tasks would be told of outside this dashboard. Stored; delivery comes later.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    attention::AttentionReason,
    task::{Priority, Task, TaskStatus, TaskType},
    zone::Zone,
};

string_enum! {
    /// Why a task would be told of.
    pub enum Notice as "notice" {
        Approval = "approval", "Needs approval";
        Blocked = "blocked", "Blocked";
        Failed = "failed", "Failed";
        Deployed = "deployed", "Deployed";
        Completed = "completed", "Completed";
    }
}

/// Which tasks would be told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the page")]
pub struct Notifications {
    /// Those that say that they need an approval.
    pub approval: bool,
    /// Those that cannot go on.
    pub blocked: bool,
    /// Those that failed.
    pub failed: bool,
    /// Deployments and releases that were completed.
    pub deployed: bool,
    /// All others that were completed.
    pub completed: bool,
    /// Only those of this priority or above; without one all, those of unknown priority among them.
    pub least_priority: Option<Priority>,
    /// When it becomes quiet, `HH:MM` in the founder's time zone; with `quietTo`, or neither.
    pub quiet_from: Option<String>,
    /// When quiet ends, `HH:MM`. What came up meanwhile waits until then.
    pub quiet_to: Option<String>,
}

impl Default for Notifications {
    fn default() -> Self {
        Self {
            approval: true,
            blocked: true,
            failed: true,
            deployed: false,
            completed: false,
            least_priority: None,
            quiet_from: None,
            quiet_to: None,
        }
    }
}

impl Notifications {
    /// What would be told of the task as it stands, and when it came to stand so.
    pub fn notice(&self, task: &Task) -> Option<(Notice, DateTime<Utc>)> {
        let matters = match (self.least_priority, task.priority) {
            (None, _) => true,
            (Some(least), Some(priority)) => priority <= least,
            (Some(_), None) => false,
        };
        if !matters {
            return None;
        }
        let asks = task.attention.contains(&AttentionReason::ApprovalNeeded);
        let shipped = matches!(task.task_type, Some(TaskType::Deploy | TaskType::Release));
        let (wanted, notice, at) = match task.status {
            _ if asks && self.approval => (true, Notice::Approval, task.last_activity_at),
            TaskStatus::Blocked => (self.blocked, Notice::Blocked, task.last_activity_at),
            TaskStatus::Failed => (self.failed, Notice::Failed, task.ended_at()),
            TaskStatus::Completed if shipped && self.deployed => (true, Notice::Deployed, task.ended_at()),
            TaskStatus::Completed => (self.completed, Notice::Completed, task.ended_at()),
            _ => return None,
        };
        wanted.then_some((notice, at))
    }

    /// Whether it is quiet then.
    pub fn is_quiet(&self, at: DateTime<Utc>, zone: &Zone) -> bool {
        let time = |text: &Option<String>| text.as_deref().and_then(clock_time);
        let (Some(from), Some(to)) = (time(&self.quiet_from), time(&self.quiet_to)) else { return false };
        let here = zone.local(at).0.time();
        if from <= to { (from..to).contains(&here) } else { here >= from || here < to }
    }
}

/// `HH:MM` as a time of the day.
pub(super) fn clock_time(text: &str) -> Option<NaiveTime> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !two(hours) || !two(minutes) {
        return None;
    }
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)
}
