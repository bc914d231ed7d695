//! One line of the log.

use domain::{event::EventLevel, id::TaskId, logs::LogLine};
use leptos::prelude::*;

use crate::{
    api::task::{Ask, Tab},
    components::{AnsiText, Inferred},
    format,
    state::Clock,
};

/// Number, time, level and text. The number is a link to the line.
#[component]
pub fn LogRow(
    /// The line.
    line: LogLine,
    /// Whether it is the match that was asked for.
    here: bool,
    /// The task.
    id: TaskId,
    /// The level that the lines were filtered by.
    level: Option<EventLevel>,
    /// What is looked for.
    q: String,
) -> impl IntoView {
    let LogLine { no, at, level: of, inferred, text } = line;
    let href = format!("{}#L{no}", Ask { line: no, level, ..Ask::tab(Tab::Logs) }.link(&id));
    let clock = use_context::<Clock>();
    let time = at.zip(clock).map(|(at, clock)| {
        let title = format::absolute(at, clock.zone());
        view! { <span class="ts" title=title>{format::seconds(at, clock.zone())}</span> }
    });
    let guessed = if inferred { vec!["level".to_owned()] } else { Vec::new() };
    let word = of.map(|level| {
        let word = if level == EventLevel::Success { "ok" } else { level.as_str() };
        view! { <Inferred field="level" inferred=guessed>{word}</Inferred> }
    });
    view! {
        <div class="ln" id=format!("L{no}") data-level=of.map(EventLevel::as_str) data-here=here.then_some("")>
            <a class="no" href=href>
                {no}
            </a>
            {time.unwrap_or_else(|| view! { <span class="ts" title=String::new()>{String::new()}</span> })}
            <span class="lv">{word}</span>
            <span class="msg" id=here.then_some("match") dir="auto">
                <AnsiText text marked=q/>
            </span>
        </div>
    }
    .into_any()
}
