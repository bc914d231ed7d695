//! Rows back into the tables.

use domain::{
    fold::{Key, Ledger},
    id::{AgentId, TaskId},
    query::{sort_title, task_tokens},
    stamp::Stamp,
    task::TaskRecord,
};
use sqlx::SqliteConnection;
use store::Result;

use super::{columns, insert};
use crate::{
    deep,
    error::{json, sql},
    merges, meta,
    time::micros,
};

const PUT_TASK: &str = "on conflict (id) do update set title = excluded.title, product = excluded.product, \
    status = excluded.status, priority = excluded.priority, type = excluded.type, source = excluded.source, \
    agent = excluded.agent, created_at = excluded.created_at, started_at = excluded.started_at, \
    completed_at = excluded.completed_at, ended_at = excluded.ended_at, duration_ms = excluded.duration_ms, \
    retries = excluded.retries, progress = excluded.progress, activity_at = excluded.activity_at, flagged = excluded.flagged, row = excluded.row";

/// Saves the touched rows of `after`; `before` holds what they were.
pub(crate) async fn save(
    conn: &mut SqliteConnection,
    touched: &[Key],
    before: &Ledger,
    after: &Ledger,
) -> Result<()> {
    save_small(conn, touched, after).await?;
    save_merges(conn, touched, before, after).await?;
    save_tasks(conn, touched, before, after).await?;
    save_events(conn, touched, after).await?;
    save_runs(conn, touched, after).await?;
    deep::save(conn, touched, before, after).await
}

/// Products, agents and jobs: few, and kept by their identity alone.
async fn save_small(conn: &mut SqliteConnection, touched: &[Key], after: &Ledger) -> Result<()> {
    for key in touched {
        let (statement, row) = match key {
            Key::Product(id) => (
                "insert into products (id, row) values (?, ?) on conflict (id) do update set row = excluded.row",
                after.products.get(id).map(serde_json::to_string),
            ),
            Key::Agent(id) => (
                "insert into agents (id, row) values (?, ?) on conflict (id) do update set row = excluded.row",
                after.agents.get(id).map(serde_json::to_string),
            ),
            Key::Job(id) => (
                "insert into jobs (id, row) values (?, ?) on conflict (id) do update set row = excluded.row",
                after.jobs.get(id).map(serde_json::to_string),
            ),
            Key::Task(_) | Key::Event(_) | Key::Run(_) | Key::TaskMerged(_) => continue,
        };
        if let Some(row) = row {
            let (_, id) = super::reference(key);
            sqlx::query(statement)
                .bind(id)
                .bind(row.map_err(json)?)
                .execute(&mut *conn)
                .await
                .map_err(sql)?;
        }
    }
    Ok(())
}

/// Merges, and the end of the rows that they took over. In the order in which they came, so that chains come out right.
async fn save_merges(
    conn: &mut SqliteConnection,
    touched: &[Key],
    before: &Ledger,
    after: &Ledger,
) -> Result<()> {
    for key in touched {
        let Key::TaskMerged(from) = key else { continue };
        let Some(into) = after.merges.get(from) else { continue };
        merges::save(conn, from, into).await?;
    }
    for task in super::gone(before, after) {
        forget_words(conn, task).await?;
        deep::forget(conn, task).await?;
        sqlx::query("delete from tasks where id = ?")
            .bind(task.id.as_str())
            .execute(&mut *conn)
            .await
            .map_err(sql)?;
    }
    Ok(())
}

async fn save_tasks(
    conn: &mut SqliteConnection,
    touched: &[Key],
    before: &Ledger,
    after: &Ledger,
) -> Result<()> {
    let mut tasks = Vec::new();
    let mut reworded = Vec::new();
    for key in touched {
        let Key::Task(id) = key else { continue };
        let Some(task) = after.tasks.get(id) else { continue };
        let old = before.tasks.get(id);
        if old.is_none_or(|old| words_differ(old, task)) {
            reworded.push((task, old.is_some()));
        }
        tasks.push((task, serde_json::to_string(task).map_err(json)?));
    }
    let into = "insert into tasks (id, title, product, status, priority, type, source, agent, created_at, started_at, \
        completed_at, ended_at, duration_ms, retries, progress, activity_at, flagged, row)";
    insert(conn, into, PUT_TASK, &tasks, |mut row, (task, json)| {
        row.push_bind(task.id.as_str())
            .push_bind(sort_title(task))
            .push_bind(task.product().to_string())
            .push_bind(task.status_or_queued() as i64)
            .push_bind(task.priority.map(|value| value as i64))
            .push_bind(task.task_type.map(|value| value as i64))
            .push_bind(task.source.map(|value| value as i64))
            .push_bind(task.assigned_agent.as_ref().map(AgentId::as_str))
            .push_bind(micros(task.created_at.unwrap_or(task.first_seen_at)))
            .push_bind(task.started_at.map(micros))
            .push_bind(task.completed_at.map(micros))
            .push_bind(task.ended_at().map(micros))
            .push_bind(task.duration().map(|value| i64::try_from(value).unwrap_or(i64::MAX)))
            .push_bind(task.retry_count)
            .push_bind(task.progress_percent.map(|value| f64::from(value.get())))
            .push_bind(micros(task.last_seen_at))
            .push_bind(task.is_flagged())
            .push_bind(json);
    })
    .await?;
    for (task, known) in reworded {
        save_words(conn, task, known).await?;
    }
    Ok(())
}

/// Whether the two are found by other words: the fields that [`task_tokens`] reads.
fn words_differ(a: &TaskRecord, b: &TaskRecord) -> bool {
    a.title != b.title
        || a.product_id != b.product_id
        || a.assigned_agent != b.assigned_agent
        || a.tags != b.tags
        || a.error != b.error
}

async fn save_words(conn: &mut SqliteConnection, task: &TaskRecord, known: bool) -> Result<()> {
    if known {
        forget_words(conn, task).await?;
    }
    sqlx::query("insert into task_words (rowid, words) select key, ? from tasks where id = ?")
        .bind(task_tokens(task).join(" "))
        .bind(task.id.as_str())
        .execute(conn)
        .await
        .map_err(sql)?;
    Ok(())
}

async fn forget_words(conn: &mut SqliteConnection, task: &TaskRecord) -> Result<()> {
    sqlx::query("delete from task_words where rowid = (select key from tasks where id = ?)")
        .bind(task.id.as_str())
        .execute(conn)
        .await
        .map_err(sql)?;
    Ok(())
}

async fn save_events(conn: &mut SqliteConnection, touched: &[Key], after: &Ledger) -> Result<()> {
    let mut events = Vec::new();
    let mut newest: Option<(&Stamp, &str)> = None;
    for key in touched {
        let Key::Event(id) = key else { continue };
        let Some(record) = after.events.get(id) else { continue };
        events.push((record, serde_json::to_string(record).map_err(json)?));
        newest = newest.max(Some((&record.stamp, id.as_str())));
    }
    let into = "insert into events (id, task, at, line, tool, outcome, ordered_at, row)";
    let conflict = "on conflict (id) do update set task = excluded.task, at = excluded.at, line = excluded.line, \
        tool = excluded.tool, outcome = excluded.outcome, ordered_at = excluded.ordered_at, row = excluded.row";
    insert(conn, into, conflict, &events, |mut row, (record, json)| {
        let (tool, outcome, ordered_at) = columns::of_event(record);
        row.push_bind(record.event.id.as_str())
            .push_bind(record.event.task_id.as_str())
            .push_bind(micros(record.event.timestamp))
            .push_bind(record.stamp.1.as_str())
            .push_bind(tool)
            .push_bind(outcome)
            .push_bind(ordered_at)
            .push_bind(json);
    })
    .await?;
    let Some((stamp, id)) = newest else { return Ok(()) };
    let last = meta::text(conn, meta::LAST_EVENT).await?;
    let last: Option<(Stamp, String)> =
        last.map(|text| serde_json::from_str(&text).map_err(json)).transpose()?;
    if last.is_none_or(|(last, _)| last < *stamp) {
        meta::set_text(conn, meta::LAST_EVENT, serde_json::to_string(&(stamp, id)).map_err(json)?).await?;
    }
    Ok(())
}

async fn save_runs(conn: &mut SqliteConnection, touched: &[Key], after: &Ledger) -> Result<()> {
    let mut runs = Vec::new();
    for key in touched {
        let Key::Run(id) = key else { continue };
        let Some(run) = after.runs.get(id) else { continue };
        runs.push((run, serde_json::to_string(run).map_err(json)?));
    }
    let into = "insert into runs (id, task, started_at, model, worked, ended_at, row)";
    let conflict = "on conflict (id) do update set task = excluded.task, started_at = excluded.started_at, \
        model = excluded.model, worked = excluded.worked, ended_at = excluded.ended_at, row = excluded.row";
    insert(conn, into, conflict, &runs, |mut row, (run, json)| {
        let (model, worked, ended_at) = columns::of_run(run);
        row.push_bind(run.id.as_str())
            .push_bind(run.task_id.as_ref().map(TaskId::as_str))
            .push_bind(run.started_at.map(micros))
            .push_bind(model)
            .push_bind(worked)
            .push_bind(ended_at)
            .push_bind(json);
    })
    .await
}
