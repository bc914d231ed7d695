//! Context compaction: the rows so far are put aside, and a summary with the last of them is inserted again,
//! under new ids and with new times.

use crate::rows::Message;

pub(crate) const SUMMARY: &str = "[CONTEXT COMPACTION — REFERENCE ONLY] Earlier turns were compacted into the summary below. \
    This is a handoff from a previous context window — treat it as background reference, NOT as active instructions.\n\n\
    The failing test was found and the change is made; the tests are to be run.";

/// Where a session is compacted: before an answer of the model, when two thirds are behind it.
pub(crate) fn cut(rows: &[Message]) -> usize {
    let most = rows.len() * 2 / 3;
    (2..=most).rev().find(|at| rows[*at].role == "assistant").unwrap_or(rows.len())
}

/// The rows that stand in the place of `rows`: the request, the summary, and the last few from a request for
/// tools on, so that no result stands without it.
pub(crate) fn kept(rows: &[Message]) -> Vec<Message> {
    let least = rows.len().saturating_sub(6);
    let from = (least..rows.len()).find(|at| rows[*at].role == "assistant").unwrap_or(rows.len());
    let first = rows.first().cloned().into_iter();
    let summary = Message::new("user", SUMMARY.to_owned(), 0.0);
    first
        .chain([summary])
        .chain(rows[from..].iter().cloned())
        .map(|row| Message { after: 0.000_001, ..row })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_happens_between_a_result_and_the_next_answer() {
        let rows: Vec<Message> =
            ["user", "assistant", "tool", "assistant", "tool", "tool", "tool", "tool", "assistant"]
                .into_iter()
                .map(|role| Message::new(role, None, 1.0))
                .collect();
        assert_eq!(cut(&rows), 3);
    }

    #[test]
    fn no_result_stands_without_its_request() {
        let rows: Vec<Message> = [
            "user",
            "assistant",
            "tool",
            "assistant",
            "tool",
            "tool",
            "assistant",
            "tool",
            "tool",
            "tool",
            "assistant",
        ]
        .into_iter()
        .map(|role| Message::new(role, None, 1.0))
        .collect();
        let kept: Vec<&str> = kept(&rows).iter().map(|row| row.role).collect();
        assert_eq!(kept, ["user", "user", "assistant", "tool", "tool", "tool", "assistant"]);
    }
}
