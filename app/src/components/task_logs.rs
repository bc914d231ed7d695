//! The log of a task: levels, search, numbers, and pages that keep a long one light.

pub mod log_bar;
pub mod log_row;

use domain::{
    id::TaskId,
    logs::{LogLine, LogWindow},
};
use leptos::prelude::*;

use self::{log_bar::LogBar, log_row::LogRow};
use crate::{
    api::task::Ask,
    components::EmptyState,
    format,
    ui::{IconName, Panel},
};

/// Lines that are laid out together: those out of sight cost nothing.
const CHUNK: usize = 100;

/// A page of the log.
#[component]
pub fn TaskLogs(
    /// The task.
    id: TaskId,
    /// What was asked for.
    ask: Ask,
    /// The lines.
    mut log: LogWindow,
) -> impl IntoView {
    let items = std::mem::take(&mut log.items);
    follow_hash(id.clone(), ask.clone());
    if ask.end {
        follow_end();
    }
    let (total, page, per_page, bytes) = (log.total, log.page, log.per_page, log.bytes);
    let all = log.levels.total();
    let last = u32::try_from(total.div_ceil(u64::from(per_page.max(1)))).unwrap_or(u32::MAX).max(1);
    let first = u64::from(page.saturating_sub(1)) * u64::from(per_page) + 1;
    let shown = items.len() as u64;
    let current = log.current.map(|found| found.line);
    let link = |to: u32, words: &'static str| {
        let href = Ask { page: to, line: 0, nth: 0, end: false, decided: None, ..ask.clone() }.link(&id);
        view! {
            <a class="btn" data-size="sm" href=href>
                {words}
            </a>
        }
    };
    let range = match (shown, last) {
        (0, _) | (_, 1) => format::count(total, "line", "lines"),
        _ => format!(
            "{} – {} of {}",
            format::number(first),
            format::number(first + shown - 1),
            format::number(total)
        ),
    };
    let pages = view! {
        <nav class="panel-foot" id="end" aria-label="Pages of the log">
            <span>{range}</span>
            <span class="t3">{format!("{} in all", format::bytes(bytes))}</span>
            <span class="panel-actions">
                {(page > 2).then(|| link(1, "First"))}
                {(page > 1).then(|| link(page - 1, "Earlier"))}
                {(page < last).then(|| link(page + 1, "Later"))}
                {(page + 1 < last).then(|| link(last, "Last"))}
            </span>
        </nav>
    };
    let body = if items.is_empty() {
        let (title, text) = if all == 0 {
            ("The log is empty", "What runs write and what events say appears here, line by line.")
        } else {
            ("No line of that level", "Choose another level, or all of them.")
        };
        view! { <EmptyState icon=IconName::ScrollText title text/> }.into_any()
    } else {
        lines(items, &id, &ask, current)
    };
    view! {
        <Panel title="Log" count=Some(format::count(all, "line", "lines"))>
            <LogBar id=id.clone() ask=ask.clone() log/>
            {body}
            {pages}
        </Panel>
    }
    .into_any()
}

fn lines(mut items: Vec<LogLine>, id: &TaskId, ask: &Ask, current: Option<u64>) -> AnyView {
    let mut chunks = Vec::new();
    while !items.is_empty() {
        let rest = items.split_off(items.len().min(CHUNK));
        let row = |line: LogLine| {
            let here = current == Some(line.no);
            view! { <LogRow line here id=id.clone() level=ask.level q=ask.q.clone()/> }
        };
        chunks.push(view! { <div class="log-chunk">{items.into_iter().map(row).collect_view()}</div> });
        items = rest;
    }
    view! {
        <div class="log" role="region" tabindex="0" aria-label="Lines of the log">
            {chunks}
        </div>
    }
    .into_any()
}

/// A link to a line that is on another page, such as `#L1200`: the page that has it is opened.
fn follow_hash(id: TaskId, ask: Ask) {
    Effect::new(move || {
        #[cfg(feature = "hydrate")]
        {
            let hash = window().location().hash().unwrap_or_default();
            let Some(line) = hash.strip_prefix("#L").and_then(|line| line.parse::<u64>().ok()) else {
                return;
            };
            if document().get_element_by_id(&format!("L{line}")).is_none() && ask.line != line {
                let there = Ask { line, page: 0, nth: 0, end: false, ..ask.clone() }.link(&id);
                // It fails only where the address is none.
                let _ = window().location().replace(&format!("{there}#L{line}"));
            }
        }
        let _ = (&id, &ask);
    });
}

/// How near the end of the log one counts as being there, in pixels.
#[cfg(feature = "hydrate")]
const NEAR: f64 = 120.0;

/// Who stands at the end of the log stays there when lines come; who went up to read something is left there.
fn follow_end() {
    #[cfg(feature = "hydrate")]
    {
        let end = || document().get_element_by_id("end");
        // Now the document still has the lines of before.
        let below = end().map(|end| end.get_bounding_client_rect().bottom());
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        let is_there = below.zip(height).is_some_and(|(below, height)| below > 0.0 && below - height < NEAR);
        // By the next frame it has those that came.
        request_animation_frame(move || {
            if let Some(end) = end().filter(|_| is_there) {
                end.scroll_into_view_with_bool(false);
            }
        });
    }
}
