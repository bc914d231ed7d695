//! The run: one attempt at a task. The brief's `HermesRun`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    id::{RunId, TaskId},
    task::TaskStatus,
};

record! {
    /// What all lines together say of a run. Stores keep this; readers get [`Run`].
    pub struct RunRecord, patch RunPatch, id RunId {
        /// The task that it is an attempt at.
        task_id: TaskId = "taskId",
        /// When it began.
        started_at: DateTime<Utc> = "startedAt",
        /// When it ended.
        ended_at: DateTime<Utc> = "endedAt",
        /// Where it stands.
        status: TaskStatus = "status",
        /// What it wrote, line by line.
        logs: Vec<String> = "logs",
        /// Named figures: tokens, cost …
        metrics: BTreeMap<String, f64> = "metrics",
        /// The commit that came out of it.
        commit_sha: String = "commitSha",
        /// The branch it worked on.
        branch_name: String = "branchName",
        /// The pull request that came out of it.
        pr_url: String = "prUrl",
        /// Where it was deployed to.
        deployment_url: String = "deploymentUrl",
        /// JSON names of the fields whose values a source guessed rather than read.
        inferred: Vec<String> = "inferred",
        /// How sure the cost is, in its source's own word: `actual`, `estimated`, `included` (in a plan).
        cost_status: String = "costStatus",
        /// The model that worked.
        model: String = "model",
    }
}

/// A run as readers see it: the brief's `HermesRun`, with what nobody told as `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field is documented on RunRecord")]
pub struct Run {
    pub id: RunId,
    pub task_id: Option<TaskId>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub status: Option<TaskStatus>,
    pub logs: Vec<String>,
    pub metrics: Option<BTreeMap<String, f64>>,
    pub commit_sha: Option<String>,
    pub branch_name: Option<String>,
    pub pr_url: Option<String>,
    pub deployment_url: Option<String>,
    /// JSON names of the fields that a source guessed; the page marks them.
    pub inferred: Vec<String>,
    pub cost_status: Option<String>,
    pub model: Option<String>,
}

impl From<RunRecord> for Run {
    fn from(record: RunRecord) -> Self {
        Self {
            id: record.id,
            task_id: record.task_id,
            started_at: record.started_at,
            ended_at: record.ended_at,
            status: record.status,
            logs: record.logs.unwrap_or_default(),
            metrics: record.metrics,
            commit_sha: record.commit_sha,
            branch_name: record.branch_name,
            pr_url: record.pr_url,
            deployment_url: record.deployment_url,
            inferred: record.inferred.unwrap_or_default(),
            cost_status: record.cost_status,
            model: record.model,
        }
    }
}
