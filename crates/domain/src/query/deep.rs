//! A search in everything: what is looked through beyond a task's own words ([`super::task_tokens`]).
//!
//! Only beginnings are: a ledger of outputs would else weigh more in its index than in its rows. The words of an
//! event and of a run are found for the task that it belongs to; each word of a search may stand in another text.

use crate::{event::Event, run::RunRecord, task::TaskRecord, text};

/// How much of each of a task's description, summary and result is looked through, in characters.
pub const MAX_DETAIL_CHARS: usize = 2_000;

/// How much of an event is looked through, in characters: its message, then its command, then its output.
pub const MAX_EVENT_CHARS: usize = 500;

/// How much of a run's log is looked through, in characters.
pub const MAX_RUN_CHARS: usize = 2_000;

/// The fact of an event that holds what was printed.
const OUTPUT: &str = "output";

/// The words of a task's description, summary and result.
pub fn detail_tokens(task: &TaskRecord) -> Vec<String> {
    let texts = [&task.description, &task.summary, &task.result];
    texts.into_iter().flatten().flat_map(|text| beginning([text.as_str()], MAX_DETAIL_CHARS)).collect()
}

/// The words of an event: of its message, its command and its output, as far as [`MAX_EVENT_CHARS`] reach.
pub fn event_tokens(event: &Event) -> Vec<String> {
    let output = event.metadata.as_ref().and_then(|facts| facts.get(OUTPUT)?.as_str());
    let texts = [Some(event.message.as_str()), event.command.as_deref(), output];
    beginning(texts.into_iter().flatten(), MAX_EVENT_CHARS)
}

/// The words of a run's log.
pub fn run_tokens(run: &RunRecord) -> Vec<String> {
    beginning(run.logs.iter().flatten().map(String::as_str), MAX_RUN_CHARS)
}

/// The words of the first characters of texts that follow each other, each on a line of its own.
fn beginning<'a>(texts: impl IntoIterator<Item = &'a str>, mut room: usize) -> Vec<String> {
    let mut tokens = Vec::new();
    for text in texts {
        let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
        let (taken, rest) = text.split_at(end);
        tokens.extend(text::text_tokens(taken));
        if !rest.is_empty() {
            break;
        }
        room -= taken.chars().count();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_beginning_counts_over_all_texts_together() {
        assert_eq!(beginning(["one two", "three"], 100), ["one", "two", "three"]);
        assert_eq!(beginning(["one two", "three"], 9), ["one", "two", "th"]);
        assert_eq!(beginning(["one two", "three"], 7), ["one", "two"]);
        assert_eq!(beginning(["größe über"], 7), ["große", "u"]);
        assert_eq!(beginning([""], 0), Vec::<String>::new());
    }
}
