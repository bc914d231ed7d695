//! What is looked for in a log, and of which level its lines are.

use domain::{
    event::EventLevel,
    id::TaskId,
    logs::{LogWindow, MAX_Q},
};
use leptos::prelude::*;

use crate::{
    api::task::{Ask, Tab},
    format, links,
    ui::{Icon, IconName},
};

/// Levels in the order of the bar: what is wrong first.
const LEVELS: [EventLevel; 5] =
    [EventLevel::Error, EventLevel::Warn, EventLevel::Info, EventLevel::Success, EventLevel::Debug];

/// A form that searches, links from match to match, and a link for each level.
#[component]
pub fn LogBar(
    /// The task.
    id: TaskId,
    /// What was asked for.
    ask: Ask,
    /// The counts.
    log: LogWindow,
) -> impl IntoView {
    let to = |ask: Ask| ask.link(&id);
    let here = Ask { page: 0, line: 0, nth: 0, end: false, decided: None, ..ask.clone() };
    let step = |nth: u64, name: IconName, words: &'static str, there: bool| {
        there.then(|| {
            let href = format!("{}#match", to(Ask { nth, ..here.clone() }));
            view! {
                <a class="btn" data-variant="ghost" data-size="sm" href=href aria-label=words title=words>
                    <Icon name/>
                </a>
            }
        })
    };
    let nth = log.current.map_or(0, |found| found.nth);
    let found = (!ask.q.is_empty()).then(|| {
        let words = match (nth, log.matches) {
            (_, 0) => "No line has it".to_owned(),
            (0, many) => format::count(many, "line has it", "lines have it"),
            (nth, many) => format!("{} of {}", format::number(nth), format::number(many)),
        };
        view! {
            <span class="t3 log-found" role="status">
                {words}
            </span>
            {step(nth.saturating_sub(1), IconName::ChevronUp, "Previous match", nth > 1)}
            {step(nth + 1, IconName::ChevronDown, "Next match", nth < log.matches)}
            <a class="btn" data-variant="ghost" data-size="sm" href=to(Ask { q: String::new(), ..here.clone() })>
                "Clear"
            </a>
        }
    });
    let chip = |level: Option<EventLevel>, words: &'static str, count: u64| {
        let chosen = ask.level == level;
        (count > 0 || chosen).then(|| {
            let href = to(Ask { level, ..here.clone() });
            let icon = match level {
                Some(EventLevel::Error) => Some(IconName::CircleX),
                Some(EventLevel::Warn) => Some(IconName::TriangleAlert),
                _ => None,
            };
            view! {
                <a
                    class="log-level"
                    data-level=level.map(EventLevel::as_str)
                    href=href
                    aria-current=chosen.then_some("true")
                    data-noscroll=""
                >
                    {icon.map(|name| view! { <Icon name/> })}
                    {words}
                    <span class="count">{format::number(count)}</span>
                </a>
            }
        })
    };
    let levels = LEVELS.map(|level| chip(Some(level), level.label(), log.levels.get(Some(level))));
    let follow = if ask.end {
        to(Ask { page: log.page, ..here.clone() })
    } else {
        format!("{}#end", to(Ask { end: true, q: String::new(), ..here.clone() }))
    };
    view! {
        <div class="log-bar">
            <form class="log-search" method="get" action=format!("{}#match", links::task(&id)) role="search">
                <input type="hidden" name="tab" value=tab_name()/>
                {ask.level.map(|level| view! { <input type="hidden" name="level" value=level.as_str()/> })}
                <label class="log-input">
                    <Icon name=IconName::Search/>
                    <input type="search" name="q" value=ask.q.clone() maxlength=MAX_Q.to_string() placeholder="Find in the log" aria-label="Find in the log"/>
                </label>
                <button class="btn" data-size="sm">
                    "Find"
                </button>
            </form>
            {found}
            <nav class="log-levels" aria-label="Levels">
                {chip(None, "All", log.levels.total())}
                {levels.into_iter().collect_view()}
            </nav>
            <a
                class="btn log-end"
                data-variant="ghost"
                data-size="sm"
                href=follow
                aria-current=ask.end.then_some("true")
                title=if ask.end { "Stay where you are" } else { "Go to the end, and stay there while lines come" }
                data-noscroll=ask.end.then_some("")
            >
                <Icon name=IconName::ArrowDown/>
                {if ask.end { "Following" } else { "Follow" }}
            </a>
        </div>
    }
    .into_any()
}

fn tab_name() -> &'static str {
    crate::api::task::TABS.iter().find(|(tab, ..)| *tab == Tab::Logs).map_or("logs", |(_, name, _)| *name)
}
