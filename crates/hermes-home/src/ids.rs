//! Identities in the ledger. They carry source, profile and board, so that two homes' worth of sessions, boards and
//! jobs never collide; what the agent made unique is kept readable.

use domain::id::{AgentId, EventId, JobId, LineId, MAX_ID_BYTES, ProductId, RunId, TaskId};

use crate::hash;

/// Room for what is appended to an identity to make a line's.
const ROOM: usize = 64;

/// Joins the parts. Callers may name sessions as they like, so a part that cannot stand in an id (too long, control
/// characters) is replaced by its fingerprint.
pub(crate) fn join(parts: &[&str]) -> String {
    let plain = parts.join(":");
    if plain.len() + ROOM <= MAX_ID_BYTES && !plain.chars().any(char::is_control) {
        return plain;
    }
    let clean = |part: &&str| {
        if part.len() <= 32 && !part.chars().any(char::is_control) {
            (*part).to_owned()
        } else {
            format!("~{}", hash::hex(part.as_bytes()))
        }
    };
    parts.iter().map(clean).collect::<Vec<_>>().join(":")
}

macro_rules! made {
    ($($(#[$meta:meta])* $name:ident -> $id:ident;)+) => {$(
        $(#[$meta])*
        pub(crate) fn $name(text: impl AsRef<str>) -> $id {
            // `join` sees to it that the text is one; a fingerprint always is.
            let text = text.as_ref();
            $id::new(text).or_else(|_| $id::new(hash::hex(text.as_bytes()))).unwrap_or_else(|_| unreachable!())
        }
    )+};
}

made! {
    /// A task's id.
    task -> TaskId;
    /// A run's id.
    run -> RunId;
    /// An event's id.
    event -> EventId;
    /// A worker's id.
    agent -> AgentId;
    /// A job's id.
    job -> JobId;
    /// A product's id.
    product -> ProductId;
    /// A line's id.
    line -> LineId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_agent_named_stays_readable() {
        assert_eq!(join(&["hermes", "default", "mc-task-42"]), "hermes:default:mc-task-42");
    }

    #[test]
    fn a_name_that_cannot_stand_in_an_id_is_replaced_by_its_fingerprint() {
        let long = join(&["hermes", "default", &"x".repeat(5000)]);
        assert!(long.starts_with("hermes:default:~") && long.len() < 64, "{long}");
        let odd = join(&["hermes", "default", "a\nb"]);
        assert_eq!(task(&odd).as_str(), odd);
        assert_ne!(join(&["hermes", "default", "a\nb"]), join(&["hermes", "default", "a\nc"]));
    }
}
