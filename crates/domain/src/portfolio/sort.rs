//! In which order products come.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::{UnknownValue, insight::portfolio::ProductInsight, task::Priority};

string_enum! {
    /// What products are ordered by. Each has an end that comes first by nature.
    pub enum PortfolioKey as "order of products" {
        Attention = "attention", "Attention first";
        Name = "name", "Name";
        Priority = "priority", "Priority";
        Health = "health", "Health, lowest first";
        Momentum = "momentum", "Momentum";
        Change = "change", "Momentum, falling first";
        Open = "open", "Open tasks";
        Failed = "failed", "Failed tasks";
        Activity = "activity", "Last Hermes activity";
        Deployment = "deployment", "Last deployment";
        Commit = "commit", "Last commit";
    }
}

/// A key and whether its other end comes first; in a URL `health` and `-health`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortfolioSort {
    /// What is compared.
    pub key: PortfolioKey,
    /// Whether the end comes first that comes last by nature.
    pub reversed: bool,
}

impl Default for PortfolioSort {
    fn default() -> Self {
        Self { key: PortfolioKey::Attention, reversed: false }
    }
}

impl fmt::Display for PortfolioSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.reversed { "-" } else { "" })?;
        f.write_str(self.key.as_str())
    }
}

impl FromStr for PortfolioSort {
    type Err = UnknownValue;
    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        let key = text.strip_prefix('-');
        Ok(Self { key: key.unwrap_or(text).parse()?, reversed: key.is_some() })
    }
}

impl PortfolioSort {
    /// Orders two products. What is unknown comes last in either direction; ties end with the name, then the id.
    pub fn compare(self, a: &ProductInsight, b: &ProductInsight) -> Ordering {
        // A key is a number whose smallest comes first by nature, so that one comparison serves all of them.
        let ordering = match (self.number(a), self.number(b)) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) if self.reversed => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
        };
        let name = |insight: &ProductInsight| insight.product.name.to_lowercase();
        let by_name = || match self {
            Self { key: PortfolioKey::Name, reversed: true } => name(b).cmp(&name(a)),
            _ => name(a).cmp(&name(b)),
        };
        ordering.then_with(by_name).then_with(|| a.product.id.cmp(&b.product.id))
    }

    #[expect(clippy::cast_possible_wrap, reason = "counts of tasks")]
    fn number(self, insight: &ProductInsight) -> Option<i64> {
        let product = &insight.product;
        let latest = |at: Option<chrono::DateTime<chrono::Utc>>| Some(-at?.timestamp_micros());
        let rank = Priority::rank(product.priority) as i64;
        match self.key {
            PortfolioKey::Name => Some(0),
            PortfolioKey::Priority => product.priority.map(|_| rank),
            PortfolioKey::Health => insight.health.score.map(i64::from),
            PortfolioKey::Momentum => insight.momentum.score.map(|score| -i64::from(score)),
            PortfolioKey::Change => insight.change().map(i64::from),
            PortfolioKey::Open => Some(-(insight.open_tasks() as i64)),
            PortfolioKey::Failed => Some(-(insight.failed_tasks as i64)),
            PortfolioKey::Activity => latest(product.last_hermes_activity_at),
            PortfolioKey::Deployment => latest(insight.last_deployment_at),
            PortfolioKey::Commit => latest(product.last_commit_at),
            // The worst severity, then the priority, then the lowest health.
            PortfolioKey::Attention => {
                let severity = insight.attention.map_or(9, |attention| attention.severity as i64);
                let health = insight.health.score.map_or(200, i64::from);
                Some((severity * 100 + rank.min(99)) * 1_000 + health)
            }
        }
    }
}
