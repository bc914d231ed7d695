//! What Hermes asks for before it does it. Stored; in force once Hermes is connected for control.

use serde::{Deserialize, Serialize};

use crate::task::Priority;

string_enum! {
    /// Where secrets are that need approval.
    pub enum SecretsScope as "scope of secrets" {
        Production = "production", "Production";
        Everywhere = "everywhere", "Everywhere";
    }
}

string_enum! {
    /// What becomes of a merge to main without green checks.
    pub enum MergeRule as "rule for merges" {
        Ask = "ask", "Ask me";
        Never = "never", "Never allowed";
    }
}

/// Thresholds above which Hermes asks. The switch of each is its `…Asks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the page")]
pub struct Approvals {
    /// Before a deployment of a product that matters.
    pub deploy_asks: bool,
    /// That is, of this priority or above.
    pub deploy_priority: Priority,
    /// Before data is rewritten or deleted.
    pub data_asks: bool,
    /// That is, more rows than this. 0 to 1,000,000,000.
    pub data_rows: u64,
    /// Before money is spent.
    pub spending_asks: bool,
    /// That is, more dollars a task than this. 0 to 100,000.
    pub spending_dollars: u64,
    /// Before secrets are made or rotated.
    pub secrets_asks: bool,
    /// Where they are.
    pub secrets_scope: SecretsScope,
    /// Before something is merged to main without green checks.
    pub merge_asks: bool,
    /// What then.
    pub merge_rule: MergeRule,
    /// Before customers are mailed.
    pub mail_asks: bool,
    /// That is, more recipients than this. 0 to 1,000,000.
    pub mail_recipients: u64,
    /// The most that a product may cost a month, in dollars. 0 to 100,000.
    pub monthly_dollars: u64,
    /// How sure Hermes must be to act alone, in percent. 50 to 100.
    pub confidence_percent: u64,
    /// When to remind of an open question, in minutes. 5 to 10,080.
    pub remind_minutes: u64,
}

impl Default for Approvals {
    fn default() -> Self {
        Self {
            deploy_asks: true,
            deploy_priority: Priority::P0,
            data_asks: true,
            data_rows: 10_000,
            spending_asks: true,
            spending_dollars: 10,
            secrets_asks: true,
            secrets_scope: SecretsScope::Production,
            merge_asks: true,
            merge_rule: MergeRule::Never,
            mail_asks: true,
            mail_recipients: 0,
            monthly_dollars: 250,
            confidence_percent: 90,
            remind_minutes: 120,
        }
    }
}
