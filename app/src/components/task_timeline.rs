//! What happened to a task, in order, by attempt.

pub mod happening_item;
pub mod run_head;

use domain::id::TaskId;
use leptos::prelude::*;

use self::{happening_item::HappeningItem, run_head::RunHead};
use crate::{
    api::task::{Ask, Happening, RunView, Show, Tab, Timeline},
    components::EmptyState,
    format,
    ui::{Icon, IconName, Panel},
};

/// A page of the timeline, and the ways to the rest of it.
#[component]
pub fn TaskTimeline(
    /// The task.
    id: TaskId,
    /// What was asked for.
    ask: Ask,
    /// The events.
    timeline: Timeline,
    /// The attempts.
    runs: Vec<RunView>,
) -> impl IntoView {
    let Timeline { events, counts } = timeline;
    let (total, page, per_page) = (events.total, events.page, events.per_page);
    let shown = events.items.len() as u64;
    let first = u64::from(page.saturating_sub(1)) * u64::from(per_page) + 1;
    let log = Ask::tab(Tab::Logs).link(&id);
    let body = if events.items.is_empty() {
        empty(ask.show)
    } else {
        groups(events.items)
            .into_iter()
            .map(|(run, items)| group(run, items, &runs, &log))
            .collect_view()
            .into_any()
    };
    let chip = |((show, _, words), count): ((Show, &'static str, &'static str), u64)| {
        let href = Ask { show, newest: ask.newest, ..Ask::default() }.link(&id);
        view! {
            <a href=href aria-current=(ask.show == show).then_some("true") data-noscroll="">
                {words}
                <span class="count">{format::number(count)}</span>
            </a>
        }
    };
    let chips = Show::ALL.into_iter().zip(counts).map(chip).collect_view();
    let turned = Ask { newest: !ask.newest, show: ask.show, ..Ask::default() }.link(&id);
    let turn = if ask.newest { "Oldest first" } else { "Newest first" };
    let last = u32::try_from(total.div_ceil(u64::from(per_page.max(1)))).unwrap_or(u32::MAX);
    let link = |to: u32, words: &'static str| {
        let href = Ask { page: to, show: ask.show, newest: ask.newest, ..Ask::default() }.link(&id);
        view! {
            <a class="btn" data-size="sm" href=href>
                {words}
            </a>
        }
    };
    let (before, after) = if ask.newest { ("Newer", "Older") } else { ("Earlier", "Later") };
    let pager = (last > 1).then(|| {
        let range = format!("{first} – {} of {}", first + shown.saturating_sub(1), format::number(total));
        view! {
            <nav class="panel-foot" aria-label="Pages of the timeline">
                <span>{range}</span>
                <span class="panel-actions">
                    {(page > 2).then(|| link(1, "First"))}
                    {(page > 1).then(|| link(page - 1, before))}
                    {(page < last).then(|| link(page + 1, after))}
                    {(page + 1 < last).then(|| link(last, "Last"))}
                </span>
            </nav>
        }
    });
    view! {
        <Panel
            title="Timeline"
            count=Some(format::count(counts[0], "event", "events"))
            actions=move || {
                view! {
                    <nav class="tl-show" aria-label="Which events">
                        {chips}
                    </nav>
                    <a class="btn" data-variant="ghost" data-size="sm" href=turned title=turn data-noscroll="">
                        <Icon name=IconName::ArrowDownUp/>
                        <span class="tl-turn">{turn}</span>
                    </a>
                }
            }
        >
            <div class="timeline">{body}</div>
            {pager}
        </Panel>
    }
    .into_any()
}

fn empty(show: Show) -> AnyView {
    let (title, text) = match show {
        Show::All => (
            "No event is known",
            "What Hermes does for this task appears here: plans, tools, commands, files, tests, errors, deployments.",
        ),
        Show::Commands => ("No command ran", "Commands that Hermes runs for this task appear here."),
        Show::Problems => ("No problem was met", "Warnings and errors of this task appear here."),
    };
    view! { <EmptyState icon=IconName::Activity title text/> }.into_any()
}

/// Neighbours of one attempt together.
fn groups(events: Vec<Happening>) -> Vec<((u64, bool), Vec<Happening>)> {
    let mut groups: Vec<((u64, bool), Vec<Happening>)> = Vec::new();
    for event in events {
        match groups.last_mut().filter(|(run, _)| *run == event.run) {
            Some((_, items)) => items.push(event),
            None => groups.push((event.run, vec![event])),
        }
    }
    groups
}

fn group((number, over): (u64, bool), items: Vec<Happening>, runs: &[RunView], log: &str) -> AnyView {
    let run = runs.iter().find(|run| run.number == number).cloned();
    let none = runs.is_empty();
    let item = |event| view! { <HappeningItem event log=log.to_owned()/> };
    view! {
        <RunHead number over run none/>
        <ol>{items.into_iter().map(item).collect_view()}</ol>
    }
    .into_any()
}
