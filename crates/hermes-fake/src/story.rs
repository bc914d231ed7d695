//! What happens in a session, row by row: a request, tools and their results, an end.

use serde_json::{Value, json};

use crate::{
    projects::Project,
    python,
    rng::Rng,
    rows::Message,
    tools::{self, Deed},
    words,
};

/// How a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The model answers and stops.
    Answered,
    /// The same, after two answers that Hermes asked to verify.
    Verified,
    /// The process dies while tools run: they are asked for, and nothing comes back.
    Killed,
    /// The model fails: a result, and no answer to it.
    ModelFailed,
    /// The limit of turns is reached.
    TurnLimit,
    /// Still at work.
    Open,
}

impl Ending {
    pub(crate) fn any(rng: &mut Rng) -> Self {
        match rng.below(100) {
            0..82 => Self::Answered,
            82..87 => Self::Verified,
            87..91 => Self::Killed,
            91..96 => Self::ModelFailed,
            _ => Self::TurnLimit,
        }
    }
}

/// The rows of a session, and what else they leave behind.
#[derive(Debug, Default)]
pub(crate) struct Story {
    pub(crate) messages: Vec<Message>,
    /// Files that were changed, each once, in order.
    pub(crate) changed: Vec<String>,
    /// Runs of the tests: the row of the result, and the exit code.
    pub(crate) tests: Vec<(usize, i32)>,
}

/// A story in about so many rows. `begin` and `end` are uses of tools that must come first and last.
pub(crate) fn tell(
    rng: &mut Rng,
    project: &Project,
    ask: &str,
    rows: usize,
    ending: Ending,
    (begin, end): (Vec<Deed>, Vec<Deed>),
) -> Story {
    let mut story = Story::default();
    story.messages.push(Message::new("user", ask.to_owned(), 0.03));
    for deed in begin {
        story.act(rng, "", vec![deed]);
    }
    let steps =
        [format!("Look at {}", project.slug), "Make the change".to_owned(), "Run the tests".to_owned()];
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let planned = rows > 8;
    if planned {
        story.act(rng, "I'll plan the work first.", vec![tools::todo(&steps, 0)]);
    }
    let mut done = 0;
    while story.messages.len() + 3 < rows {
        let text = if rng.chance(50) { "" } else { *rng.pick(words::FILLER) };
        let mut deeds = vec![tools::any(rng, project)];
        if rng.chance(20) {
            deeds.push(tools::any(rng, project));
        }
        if planned && done < 2 && rng.chance(15) {
            done += 1;
            deeds.push(tools::todo(&steps, done));
        }
        story.act(rng, text, deeds);
        if rng.chance(2) {
            story.messages.push(Message::answer("Done so far.", Some("stop"), 1.0));
            story.messages.push(Message::new("user", "Go on".to_owned(), rng.seconds(5.0, 90.0)));
        }
    }
    for deed in end {
        story.act(rng, "", vec![deed]);
    }
    story.end(rng, project, ending);
    story
}

impl Story {
    /// The model asks for tools, and each answers.
    fn act(&mut self, rng: &mut Rng, text: &str, deeds: Vec<Deed>) {
        let ids: Vec<String> = deeds.iter().map(|_| format!("call_{}", rng.hex(24))).collect();
        self.messages.push(asks(rng, text, &ids, &deeds));
        for (id, deed) in ids.into_iter().zip(deeds) {
            if let Some(exit) = deed.test {
                self.tests.push((self.messages.len(), exit));
            }
            self.changed.extend(deed.changed.filter(|path| !self.changed.contains(path)));
            let result = Message::new("tool", deed.result, deed.seconds);
            self.messages.push(Message { tool_call_id: Some(id), tool_name: deed.stored, ..result });
        }
    }

    fn end(&mut self, rng: &mut Rng, project: &Project, ending: Ending) {
        let text = format!("Done with {}. {}", project.slug, rng.pick(words::FILLER));
        match ending {
            Ending::Answered => {
                self.messages.push(Message::answer(text, Some("stop"), rng.seconds(0.5, 6.0)));
            }
            Ending::Verified => {
                for finish in ["verification_required", "verification_required", "stop"] {
                    self.messages.push(Message::answer(text.clone(), Some(finish), 0.2));
                }
            }
            Ending::Killed | Ending::Open => {
                let deeds = [tools::test(rng)];
                let ids = [format!("call_{}", rng.hex(24))];
                self.messages.push(asks(rng, "Running the tests once more.", &ids, &deeds));
            }
            // The last row is a result already.
            Ending::ModelFailed => {}
            Ending::TurnLimit => {
                let nudge = "You've reached the maximum number of tool-calling iterations allowed. Please provide a \
                             final response summarizing what you've found and accomplished so far, without calling \
                             any more tools.";
                self.messages.push(Message::new("user", nudge.to_owned(), 0.1));
                let answer = "I reached the iteration limit and couldn't generate a summary.";
                self.messages.push(Message::answer(answer, None, 0.1));
            }
        }
    }
}

/// The row that asks for tools.
fn asks(rng: &mut Rng, text: &str, ids: &[String], deeds: &[Deed]) -> Message {
    let calls: Vec<Value> = ids
        .iter()
        .zip(deeds)
        .map(|(id, deed)| {
            json!({
                "id": id,
                "call_id": id,
                "response_item_id": id.replacen("call_", "fc_", 1),
                "type": "function",
                "function": { "name": deed.name, "arguments": python::dumps(&deed.arguments) },
            })
        })
        .collect();
    Message {
        tool_calls: Some(python::dumps(&Value::Array(calls))),
        finish: Some("tool_calls"),
        reasoning: rng.chance(25).then(|| tools::prose(rng, 1)),
        calls: i64::try_from(deeds.len()).unwrap_or(0),
        ..Message::new("assistant", text.to_owned(), rng.seconds(0.4, 8.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(seed: u64, ending: Ending) -> Story {
        let mut rng = Rng::new(seed);
        let project = crate::projects::make(&mut rng, 1).remove(0);
        tell(&mut rng, &project, "Do it", 20, ending, (Vec::new(), Vec::new()))
    }

    #[test]
    fn each_ending_has_its_last_row() {
        let last = |ending| {
            let message = told(3, ending).messages.pop().unwrap();
            (message.role, message.finish)
        };
        assert_eq!(last(Ending::Answered), ("assistant", Some("stop")));
        assert_eq!(last(Ending::Killed), ("assistant", Some("tool_calls")));
        assert_eq!(last(Ending::ModelFailed), ("tool", None));
        assert_eq!(last(Ending::TurnLimit), ("assistant", None));
    }

    #[test]
    fn every_tool_that_is_asked_for_answers_unless_killed() {
        for seed in 0..50 {
            let story = told(seed, Ending::Answered);
            let asked: i64 = story.messages.iter().map(|message| message.calls).sum();
            let answered = story.messages.iter().filter(|message| message.role == "tool").count();
            assert_eq!(usize::try_from(asked).unwrap(), answered);
            assert!((15..40).contains(&story.messages.len()));
        }
    }
}
