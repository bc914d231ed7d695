//! What the founder says of a type of task.

use serde::{Deserialize, Serialize};

use crate::task::Priority;

/// The longest label, in characters.
pub(super) const MAX_LABEL: usize = 40;

/// What the founder says of a type of task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Category {
    /// What it is called, in at most 40 characters; without one as it comes.
    pub label: Option<String>,
    /// The priority of its tasks where neither a source nor a priority rule says one.
    pub priority: Option<Priority>,
    /// Whether its running tasks are left out of the active missions. They count in every figure all the same.
    pub hidden: bool,
}
