//! Loads what the page shows of a task: the head, and the data of the one tab that is open.

use std::collections::BTreeSet;

use domain::{
    event::{Event, EventLevel, EventType},
    id::{ProductId, TaskId},
    insight::execution::spend,
    logs::LogQuery,
    query::{Page, PageRequest},
    run::Run,
};
use serde_json::Value;
use service::Hermes;

use super::{
    Ask, EVENTS, Happening, LINES, Learning, Lesson, Output, RunView, Show, Tab, TabView, TaskPage, Timeline,
};
use crate::api::{ApiError, answer, overview::ProductRef};

/// How many attempts are told of.
const RUNS: usize = 50;
/// How many lines of an output the timeline shows, and how many bytes.
const OUTPUT_LINES: usize = 60;
const OUTPUT_BYTES: usize = 6_000;
/// How many lessons are shown, the latest.
const LESSONS: usize = 50;

pub(super) async fn page(hermes: &Hermes, id: &str, ask: Ask) -> Result<Option<Box<TaskPage>>, ApiError> {
    // A text that is no id names no task.
    let Ok(asked) = TaskId::new(id) else { return Ok(None) };
    let Some(task) = answer(hermes.task(&asked).await)? else { return Ok(None) };
    let (id, now, zone) = (task.id.clone(), hermes.now(), answer(hermes.zone().await)?);
    let runs = answer(hermes.all_runs(&id).await)?;
    let head = PageRequest { page: 1, per_page: 1 };
    let events = answer(hermes.events(&id, head).await)?.map_or(0, |page| page.total);
    let mut named = vec![task.product_id.clone()];
    let tab = match ask.tab {
        Tab::Timeline => TabView::Timeline(timeline(hermes, &id, &ask, &runs).await?),
        Tab::Execution => TabView::Execution(Box::new(answer(hermes.execution(&id).await)?)),
        Tab::Logs => TabView::Logs(log(hermes, &id, &ask).await?),
        Tab::Learning => {
            let learning = learning(hermes, &id).await?;
            let others = learning.recurrences.iter().flat_map(|recurrence| &recurrence.others);
            named.extend(others.map(|other| other.product_id.clone()));
            TabView::Learning(learning)
        }
    };
    let products = answer(hermes.products_by_id(&named).await)?;
    let product = products.iter().find(|product| product.id == task.product_id);
    let decided = match ask.decided {
        Some(entry) => answer(hermes.audit_entry(entry).await)?,
        None => None,
    };
    Ok(Some(Box::new(TaskPage {
        merged: id != asked,
        owner: product.and_then(|product| product.owner.clone()),
        agent: agent(hermes, task.assigned_agent.as_ref().map(ToString::to_string)).await?,
        item: answer(hermes.attention_of(&task).await)?,
        events,
        runs_total: runs.len() as u64,
        spend: spend(&runs),
        runs: views(runs),
        tab,
        now,
        zone,
        decided,
        products: refs(&products, &named),
        task,
    })))
}

fn refs(products: &[domain::product::Product], named: &[ProductId]) -> Vec<ProductRef> {
    let named: BTreeSet<&ProductId> = named.iter().collect();
    let wanted = products.iter().filter(|product| named.contains(&product.id));
    wanted
        .map(|product| ProductRef {
            id: product.id.clone(),
            name: product.name.clone(),
            slug: product.slug.clone(),
        })
        .collect()
}

/// What people call the agent of that id.
async fn agent(hermes: &Hermes, id: Option<String>) -> Result<Option<String>, ApiError> {
    let Some(id) = id else { return Ok(None) };
    let agents = answer(hermes.agents(PageRequest { page: 1, per_page: u32::MAX }).await)?;
    let known = agents.items.into_iter().find(|agent| agent.id.as_str() == id);
    Ok(Some(known.map_or(id, |agent| agent.name)))
}

fn views(runs: Vec<Run>) -> Vec<RunView> {
    let skip = runs.len().saturating_sub(RUNS);
    let view = |(run, number): (Run, u64)| RunView {
        number,
        spend: spend(std::slice::from_ref(&run)),
        status: run.status,
        started_at: run.started_at,
        ended_at: run.ended_at,
        commit_sha: run.commit_sha,
        branch_name: run.branch_name,
        pr_url: run.pr_url,
        deployment_url: run.deployment_url,
        model: run.model,
        inferred: run.inferred,
    };
    runs.into_iter().zip(1..).skip(skip).map(view).collect()
}

async fn log(hermes: &Hermes, id: &TaskId, ask: &Ask) -> Result<domain::logs::LogWindow, ApiError> {
    let query = LogQuery {
        levels: ask.level.into_iter().collect(),
        q: ask.q.clone(),
        only_matches: false,
        place: ask.place(),
        per_page: LINES as usize,
    };
    answer(hermes.task_log(id, query).await)?.ok_or(ApiError::Internal)
}

async fn timeline(hermes: &Hermes, id: &TaskId, ask: &Ask, runs: &[Run]) -> Result<Timeline, ApiError> {
    let mut counts = [0; 3];
    let of = |event: &Event| {
        let problem = matches!(event.level, EventLevel::Warn | EventLevel::Error);
        [true, event.command.is_some(), problem]
    };
    let mut count = |event: Event| {
        for (count, is) in counts.iter_mut().zip(of(&event)) {
            *count += u64::from(is);
        }
    };
    answer(hermes.each_event(id, &mut count).await)?;
    let which = Show::ALL.iter().position(|(show, ..)| *show == ask.show).unwrap_or(0);
    let total: u64 = counts.get(which).copied().unwrap_or(0);
    let last = u32::try_from(total.div_ceil(EVENTS.into())).unwrap_or(u32::MAX).max(1);
    let request = PageRequest { page: ask.page.clamp(1, last), per_page: EVENTS };
    let (from, to) = if ask.newest {
        let to = total.saturating_sub(request.offset());
        (to.saturating_sub(EVENTS.into()), to)
    } else {
        (request.offset(), request.offset() + u64::from(EVENTS))
    };
    let (mut items, mut place) = (Vec::new(), 0);
    let mut keep = |event: Event| {
        if of(&event).get(which) == Some(&true) {
            if (from..to).contains(&place) {
                items.push(happening(event, runs));
            }
            place += 1;
        }
    };
    answer(hermes.each_event(id, &mut keep).await)?;
    if ask.newest {
        items.reverse();
    }
    Ok(Timeline { events: Page::new(items, total, request), counts })
}

fn happening(event: Event, runs: &[Run]) -> Happening {
    let run = run_of(&event, runs);
    let fact = |key: &str| event.metadata.as_ref().and_then(|facts| facts.get(key));
    let output = ["output", "stack", "reason"].iter().find_map(|key| fact(key).and_then(Value::as_str));
    Happening {
        exit_code: fact("exitCode").and_then(Value::as_i64),
        duration_ms: fact("durationMs").and_then(Value::as_u64),
        output: output.filter(|text| !text.trim().is_empty()).map(end_of),
        inferred: fact("inferred").and_then(Value::as_bool).unwrap_or(false),
        at: event.timestamp,
        level: event.level,
        kind: event.event_type,
        message: event.message,
        tool: event.tool_name,
        command: event.command,
        url: event.artifact_url,
        run,
    }
}

/// The attempt that began last before the event, by the times; `true` where it had ended by then.
fn run_of(event: &Event, runs: &[Run]) -> (u64, bool) {
    let began = |run: &&Run| run.started_at.is_some_and(|at| at <= event.timestamp);
    let Some((number, run)) = (1..).zip(runs).filter(|(_, run)| began(run)).last() else {
        return (0, false);
    };
    (number, run.ended_at.is_some_and(|at| at < event.timestamp))
}

/// The last lines of an output, which say how it ended.
fn end_of(text: &str) -> Output {
    let text = text.trim_end().trim_start_matches('\n');
    let total = text.lines().count();
    let mut shown: Vec<&str> = text.lines().rev().take(OUTPUT_LINES).collect();
    let mut bytes = 0;
    let fits = shown.iter().take_while(|line| {
        bytes += line.len() + 1;
        bytes <= OUTPUT_BYTES
    });
    let fits = fits.count().max(1);
    shown.truncate(fits);
    let before = total.saturating_sub(shown.len()) as u64;
    shown.reverse();
    let mut text = shown.join("\n");
    if text.len() > OUTPUT_BYTES {
        text.truncate(text.floor_char_boundary(OUTPUT_BYTES));
        text.push('…');
    }
    Output { text, before }
}

async fn learning(hermes: &Hermes, id: &TaskId) -> Result<Learning, ApiError> {
    let mut lessons: Vec<Lesson> = Vec::new();
    let mut keep = |event: Event| {
        if event.event_type == EventType::MemorySuggested {
            if lessons.len() == LESSONS {
                lessons.remove(0);
            }
            lessons.push(lesson(event));
        }
    };
    answer(hermes.each_event(id, &mut keep).await)?;
    let recurrences = answer(hermes.recurrences(id).await)?.unwrap_or_default();
    Ok(Learning { lessons, recurrences })
}

fn lesson(event: Event) -> Lesson {
    let text = |key: &str| {
        let text = event.metadata.as_ref().and_then(|facts| facts.get(key)).and_then(Value::as_str);
        text.filter(|text| !text.trim().is_empty()).map(ToOwned::to_owned)
    };
    let (lesson, memory, prevention) = (text("lesson"), text("memory"), text("prevention"));
    Lesson { at: event.timestamp, text: lesson.unwrap_or(event.message), memory, prevention }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_output_is_shown_and_the_rest_is_counted() {
        let long = (1..=100).map(|line| format!("line {line}")).collect::<Vec<_>>().join("\n");
        let output = end_of(&long);
        assert!(output.text.starts_with("line 41\n") && output.text.ends_with("line 100"), "{}", output.text);
        assert_eq!(output.before, 40);
        let one = end_of(&"é".repeat(9_000));
        assert!(one.text.len() <= OUTPUT_BYTES + 3 && one.before == 0);
        assert_eq!(end_of("ok\n"), Output { text: "ok".to_owned(), before: 0 });
    }
}
