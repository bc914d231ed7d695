//! One event of the timeline.

use domain::event::{EventLevel, EventType};
use leptos::prelude::*;

use crate::{
    api::task::Happening,
    components::{Ago, CommandOutput, ForeignLink, Inferred, Told},
    format,
    state::Clock,
    ui::{Icon, IconName},
};

/// What stands for a kind of event.
const fn icon(kind: EventType) -> IconName {
    match kind {
        EventType::Created => IconName::Plus,
        EventType::Planned => IconName::ListChecks,
        EventType::Started => IconName::Play,
        EventType::ToolCalled => IconName::Wrench,
        EventType::CommandExecuted => IconName::Terminal,
        EventType::FileChanged => IconName::FilePen,
        EventType::TestRun => IconName::FlaskConical,
        EventType::Error => IconName::OctagonX,
        EventType::Retry => IconName::RotateCcw,
        EventType::Blocked => IconName::OctagonPause,
        EventType::Completed => IconName::CircleCheck,
        EventType::Deployment => IconName::Rocket,
        EventType::PrCreated => IconName::GitPullRequest,
        EventType::MemorySuggested => IconName::Lightbulb,
    }
}

/// What happened, when, by which tool, and what it put out.
#[component]
pub fn HappeningItem(
    /// The event.
    event: Happening,
    /// Where the whole log is.
    log: String,
) -> impl IntoView {
    let Happening {
        at,
        level,
        kind,
        message,
        tool,
        command,
        exit_code,
        duration_ms,
        output,
        url,
        inferred,
        ..
    } = event;
    let failed = level == EventLevel::Error || exit_code.is_some_and(|code| code != 0);
    let spoken = matches!(level, EventLevel::Warn | EventLevel::Error)
        .then(|| view! { <span class="sr">{format!("{}: ", level.label())}</span> });
    // Sources that tell a command as their message would show it twice.
    let same =
        command.as_ref().is_some_and(|command| message.trim_start_matches("$ ").trim() == command.trim());
    let title = if same { "Ran a command".to_owned() } else { message };
    let guessed = if inferred { vec!["event".to_owned()] } else { Vec::new() };
    let line = command.clone().or_else(|| output.as_ref().map(|_| "Output".to_owned()));
    let shows = line.filter(|_| output.is_some() || command.is_some());
    let shows = shows.map(|line| view! { <CommandOutput line exit_code duration_ms output failed log/> });
    let took = duration_ms.filter(|_| shows.is_none()).map(|ms| {
        view! { <span class="tl-type">{format::duration(ms)}</span> }
    });
    let tool = tool.map(|tool| {
        view! {
            <code class="tl-tool">
                <Told text=tool/>
            </code>
        }
    });
    let url = url.map(|url| view! { <p class="tl-link"><ForeignLink url/></p> });
    let exact =
        use_context::<Clock>().map(|clock| view! { <small>{format::clock(at, clock.zone())}</small> });
    view! {
        <li class="tl-item" data-level=level.as_str()>
            <span class="tl-mark">
                <Icon name=icon(kind) size=12/>
            </span>
            <div class="tl-body">
                <div class="tl-title">
                    {spoken}
                    <Inferred field="event" inferred=guessed>
                        <Told text=title/>
                    </Inferred>
                    <span class="tl-type">{kind.label()}</span>
                    {tool}
                    {took}
                </div>
                {shows}
                {url}
            </div>
            <div class="tl-time">
                <Ago at/>
                {exact}
            </div>
        </li>
    }
    .into_any()
}
