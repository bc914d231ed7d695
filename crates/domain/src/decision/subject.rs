//! What an item is about.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    UnknownValue,
    id::{AgentId, ItemKey, JobId, ProductId, TaskId},
};

/// What an item is about. A decision ends when its task or agent changes; see [`super::watch`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the row of that name")]
pub enum Subject {
    Task(TaskId),
    Agent(AgentId),
    Job(JobId),
    Product(ProductId),
}

/// Its text in a form: the kind, a colon, the id.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Task(id) => write!(f, "task:{id}"),
            Self::Agent(id) => write!(f, "agent:{id}"),
            Self::Job(id) => write!(f, "job:{id}"),
            Self::Product(id) => write!(f, "product:{id}"),
        }
    }
}

impl FromStr for Subject {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        let (kind, id) = text.split_once(':').unwrap_or((text, ""));
        let subject = match kind {
            "task" => id.parse().ok().map(Self::Task),
            "agent" => id.parse().ok().map(Self::Agent),
            "job" => id.parse().ok().map(Self::Job),
            "product" => id.parse().ok().map(Self::Product),
            _ => None,
        };
        subject.ok_or_else(|| UnknownValue {
            what: "subject",
            value: text.chars().take(80).collect(),
            allowed: "task:ID, agent:ID, job:ID, product:ID".to_owned(),
        })
    }
}

impl Subject {
    /// What an item is about whose key is no more than a kind and an id, of the kinds whose changes end decisions.
    pub fn of(item: &ItemKey) -> Option<Self> {
        item.as_str().parse().ok().filter(|subject| matches!(subject, Self::Task(_) | Self::Agent(_)))
    }
}

impl ItemKey {
    /// The key of the same item of the task that this item's turned out to be. A key that does not name the task
    /// stays as it is.
    #[must_use]
    pub fn moved(&self, from: &TaskId, into: &TaskId) -> Self {
        let rest = self.as_str().strip_prefix("task:").and_then(|rest| rest.strip_prefix(from.as_str()));
        let rest = rest.filter(|rest| rest.is_empty() || rest.starts_with(':'));
        let moved = rest.and_then(|rest| Self::new(format!("task:{into}{rest}")).ok());
        moved.unwrap_or_else(|| self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_moves_with_the_task_that_it_names() {
        let [a, b] = ["hermes:default:a", "b"].map(|id| TaskId::new(id).unwrap());
        for (key, moved) in [
            ("task:hermes:default:a", "task:b"),
            ("task:hermes:default:a:stuck", "task:b:stuck"),
            ("task:hermes:default:ab", "task:hermes:default:ab"),
            ("job:hermes:default:a", "job:hermes:default:a"),
        ] {
            assert_eq!(ItemKey::new(key).unwrap().moved(&a, &b).as_str(), moved);
        }
    }

    #[test]
    fn what_a_plain_key_is_about_is_known_by_itself() {
        let of = |key: &str| Subject::of(&ItemKey::new(key).unwrap());
        assert_eq!(of("task:hermes:x"), Some(Subject::Task(TaskId::new("hermes:x").unwrap())));
        assert_eq!(of("agent:github"), Some(Subject::Agent(AgentId::new("github").unwrap())));
        assert_eq!(of("job:j_1:missed"), None);
        assert_eq!(of("task:"), None);
        assert_eq!(of("whatever"), None);
    }

    #[test]
    fn a_subject_is_its_text() {
        for text in ["task:hermes:x", "agent:github", "job:j_1", "product:ledgerly"] {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        let error = "planet:x".parse::<Subject>().unwrap_err();
        assert!(error.to_string().contains("product:ID"), "{error}");
    }
}
