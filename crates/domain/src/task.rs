//! The task: one piece of work of the agent. The brief's `HermesTask`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    attention::AttentionReason,
    id::{AgentId, ProductId, TaskId},
};

string_enum! {
    /// Where a task stands. The brief's `HermesTaskStatus`.
    pub enum TaskStatus as "task status" {
        Queued = "queued", "Queued";
        Running = "running", "Running";
        Blocked = "blocked", "Blocked";
        Completed = "completed", "Completed";
        Failed = "failed", "Failed";
        Skipped = "skipped", "Skipped";
        Cancelled = "cancelled", "Cancelled";
    }
}

impl Priority {
    /// Where a task of that priority comes among others: P0 first, unknown last.
    pub const fn rank(priority: Option<Self>) -> usize {
        match priority {
            Some(priority) => priority as usize,
            None => Self::ALL.len(),
        }
    }
}

impl TaskStatus {
    /// Whether the task can still change by itself: queued, running or blocked.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running | Self::Blocked)
    }
}

string_enum! {
    /// How much a task or product matters, P0 first. The brief's `HermesPriority`.
    pub enum Priority as "priority" {
        P0 = "P0", "P0";
        P1 = "P1", "P1";
        P2 = "P2", "P2";
        P3 = "P3", "P3";
    }
}

string_enum! {
    /// What kind of work a task is. The brief's `HermesTaskType`.
    pub enum TaskType as "task type" {
        Build = "build", "Build";
        Deploy = "deploy", "Deploy";
        Bugfix = "bugfix", "Bug fix";
        Monitoring = "monitoring", "Monitoring";
        Audit = "audit", "Audit";
        Refactor = "refactor", "Refactor";
        Documentation = "documentation", "Documentation";
        Research = "research", "Research";
        Security = "security", "Security";
        CostOptimization = "cost-optimization", "Cost optimisation";
        Release = "release", "Release";
        Maintenance = "maintenance", "Maintenance";
        ProductPlanning = "product-planning", "Product planning";
    }
}

string_enum! {
    /// What triggered a task.
    pub enum TaskSource as "task source" {
        Manual = "manual", "Manual";
        Cron = "cron", "Schedule";
        Github = "github", "GitHub";
        MonitoringAlert = "monitoring-alert", "Monitoring alert";
        Email = "email", "Email";
        Cli = "cli", "Command line";
        Webhook = "webhook", "Webhook";
        LocalAgent = "local-agent", "Local agent";
        HermesPlanner = "hermes-planner", "Hermes planner";
    }
}

record! {
    /// What all lines together say of a task. Stores keep this; readers get [`Task`].
    pub struct TaskRecord, patch TaskPatch, id TaskId {
        /// One line that says what the task is.
        title: String = "title",
        /// What is to be done and when it is done.
        description: String = "description",
        /// The product that the work is for.
        product_id: ProductId = "productId",
        /// Where the task stands.
        status: TaskStatus = "status",
        /// How much it matters.
        priority: Priority = "priority",
        /// What kind of work it is.
        task_type: TaskType = "type",
        /// What triggered it.
        source: TaskSource = "source",
        /// When it came into being, as told.
        created_at: DateTime<Utc> = "createdAt",
        /// When work began.
        started_at: DateTime<Utc> = "startedAt",
        /// When it ended, whatever the outcome.
        completed_at: DateTime<Utc> = "completedAt",
        /// How long the work took, in milliseconds.
        duration_ms: u64 = "durationMs",
        /// How often it was tried again.
        retry_count: u32 = "retryCount",
        /// Who works on it.
        assigned_agent: AgentId = "assignedAgent",
        /// Free labels.
        tags: Vec<String> = "tags",
        /// How far it is, 0 to 100.
        progress_percent: Percent = "progressPercent",
        /// What it is doing now.
        current_step: String = "currentStep",
        /// What it did last.
        last_action: String = "lastAction",
        /// What it will do next.
        next_action: String = "nextAction",
        /// Why it cannot go on.
        blocker_reason: String = "blockerReason",
        /// What happened, in a few sentences.
        summary: String = "summary",
        /// What came out.
        result: String = "result",
        /// What went wrong.
        error: String = "error",
        /// JSON names of the fields whose values a source guessed rather than read.
        inferred: Vec<String> = "inferred",
        /// Why its source says that it needs the founder, whatever its status.
        attention: Vec<AttentionReason> = "attention",
    }
}

/// The longest duration that is one, in milliseconds: a hundred years. Sums stay far from overflow.
pub const MAX_DURATION_MS: u64 = 100 * 366 * 24 * 60 * 60 * 1000;

/// A share of a whole, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(minimum = 0, maximum = 100))]
pub struct Percent(f32);

impl crate::patch::Visit for Percent {}

impl Percent {
    /// The share, or nothing where `value` is not a number from 0 to 100.
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=100.0).contains(&value).then_some(Self(value))
    }

    /// The share, 0 to 100.
    pub fn get(self) -> f32 {
        self.0
    }
}

impl Serialize for Percent {
    /// Whole numbers go out as such: `67`, not `67.0`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100 and whole")]
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 {
            serializer.serialize_u8(self.0 as u8)
        } else {
            serializer.serialize_f32(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f32::deserialize(deserializer)?;
        Self::new(value).ok_or_else(|| serde::de::Error::custom(format!("{value} is not between 0 and 100")))
    }
}

/// A task as readers see it: the brief's `HermesTask`, with what nobody told as `null`, and `inferred`,
/// `lastActivityAt` and `attention` beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field is documented on TaskRecord")]
pub struct Task {
    pub id: TaskId,
    pub title: String,
    pub description: Option<String>,
    pub product_id: ProductId,
    pub status: TaskStatus,
    pub priority: Option<Priority>,
    #[serde(rename = "type")]
    pub task_type: Option<TaskType>,
    pub source: Option<TaskSource>,
    pub created_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub duration_ms: Option<u64>,
    pub retry_count: Option<u32>,
    pub assigned_agent: Option<AgentId>,
    pub tags: Vec<String>,
    pub progress_percent: Option<Percent>,
    pub current_step: Option<String>,
    pub last_action: Option<String>,
    pub next_action: Option<String>,
    pub blocker_reason: Option<String>,
    pub summary: Option<String>,
    pub result: Option<String>,
    pub error: Option<String>,
    /// JSON names of the fields that we or a source guessed; the page marks them.
    pub inferred: Vec<String>,
    /// When a line last spoke of the task.
    pub last_activity_at: DateTime<Utc>,
    /// Why its source says that it needs the founder, whatever its status.
    pub attention: Vec<AttentionReason>,
}

impl TaskRecord {
    /// The product that the task counts for: its own, or the reserved `unassigned`.
    pub fn product(&self) -> ProductId {
        self.product_id.clone().unwrap_or_else(ProductId::unassigned)
    }

    /// Where the task stands; a task that only its events know of is taken for queued until a line says more.
    pub fn status_or_queued(&self) -> TaskStatus {
        self.status.unwrap_or(TaskStatus::Queued)
    }

    /// When the task ended: as told, else when its ended state was last spoken of. `None` while it is open.
    pub fn ended_at(&self) -> Option<DateTime<Utc>> {
        (!self.status_or_queued().is_open()).then(|| self.completed_at.unwrap_or(self.last_seen_at))
    }

    /// Whether its source says that it needs the founder, beyond what its status says: a blocked task does anyway.
    pub fn is_flagged(&self) -> bool {
        self.status != Some(TaskStatus::Blocked)
            && self.attention.as_ref().is_some_and(|reasons| !reasons.is_empty())
    }

    /// How long the work took, in milliseconds: as told, else from start to end where both are known.
    pub fn duration(&self) -> Option<u64> {
        self.duration_ms.or_else(|| {
            let span = self.completed_at? - self.started_at?;
            // A start in the year 1 is some program's word for "none".
            u64::try_from(span.num_milliseconds()).ok().filter(|ms| *ms <= MAX_DURATION_MS)
        })
    }
}

impl Task {
    /// When a task that has ended did so: as told, else when a line last spoke of it.
    pub fn ended_at(&self) -> DateTime<Utc> {
        self.completed_at.unwrap_or(self.last_activity_at)
    }
}

impl From<TaskRecord> for Task {
    fn from(record: TaskRecord) -> Self {
        let product_id = record.product();
        let status = record.status_or_queued();
        let duration_ms = record.duration();
        let mut inferred = record.inferred.unwrap_or_default();
        let guessed = [
            ("title", record.title.is_none()),
            ("status", record.status.is_none()),
            ("createdAt", record.created_at.is_none()),
        ];
        for (field, _) in guessed.into_iter().filter(|(_, guessed)| *guessed) {
            if !inferred.iter().any(|known| known == field) {
                inferred.push(field.to_owned());
            }
        }
        Self {
            title: record.title.unwrap_or_else(|| record.id.to_string()),
            id: record.id,
            description: record.description,
            product_id,
            status,
            priority: record.priority,
            task_type: record.task_type,
            source: record.source,
            created_at: record.created_at.unwrap_or(record.first_seen_at),
            started_at: record.started_at,
            completed_at: record.completed_at,
            duration_ms,
            retry_count: record.retry_count,
            assigned_agent: record.assigned_agent,
            tags: record.tags.unwrap_or_default(),
            progress_percent: record.progress_percent,
            current_step: record.current_step,
            last_action: record.last_action,
            next_action: record.next_action,
            blocker_reason: record.blocker_reason,
            summary: record.summary,
            result: record.result,
            error: record.error,
            inferred,
            last_activity_at: record.last_seen_at,
            attention: record.attention.unwrap_or_default(),
        }
    }
}
