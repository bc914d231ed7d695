//! How long tasks are usually silent, and which running ones are stuck. Only types of which one is silent are looked at,
//! and of each a bounded number of events.

use domain::{
    facts::{GAP_EVENTS, GAP_TASKS, Gap, MAX_ROWS, Spans},
    task::{Task, TaskStatus, TaskType},
};
use sqlx::SqliteConnection;
use store::{Result, StoreError};

use super::{limit, number, records};
use crate::{error::sql, time::micros};

/// The usual gap of each type of which a running task is silent, by type (unknown first).
pub(super) async fn gaps(conn: &mut SqliteConnection, spans: Spans) -> Result<Vec<Gap>> {
    let types: Vec<Option<i64>> = sqlx::query_scalar(
        "select distinct type from tasks where status = ? and activity_at < ? order by type nulls first",
    )
    .bind(TaskStatus::Running as i64)
    .bind(micros(spans.quiet))
    .fetch_all(&mut *conn)
    .await
    .map_err(sql)?;
    let mut gaps = Vec::with_capacity(types.len());
    for place in types {
        gaps.push(Gap::of(kind(place)?, of_type(conn, place, spans).await?));
    }
    Ok(gaps)
}

/// The gaps between the events of the tasks of that type that were completed last, in milliseconds.
async fn of_type(conn: &mut SqliteConnection, place: Option<i64>, spans: Spans) -> Result<Vec<u64>> {
    let tasks: Vec<String> = sqlx::query_scalar(
        "select id from tasks where status = 3 and coalesce(type, -1) = ? and ended_at <= ? \
         order by ended_at desc, id limit ?",
    )
    .bind(place.unwrap_or(-1))
    .bind(micros(spans.until))
    .bind(limit(GAP_TASKS))
    .fetch_all(&mut *conn)
    .await
    .map_err(sql)?;
    let mut gaps = Vec::new();
    for task in tasks {
        let times: Vec<i64> =
            sqlx::query_scalar("select at from events where task = ? order by at desc limit ?")
                .bind(task)
                .bind(limit(GAP_EVENTS))
                .fetch_all(&mut *conn)
                .await
                .map_err(sql)?;
        // Whole milliseconds of each gap, as `TimeDelta` counts them.
        gaps.extend(times.windows(2).map(|pair| number((pair[0] - pair[1]) / 1000)));
    }
    Ok(gaps)
}

/// How many running tasks are stuck, and the first of them, the longest silent first.
pub(super) async fn stuck(
    conn: &mut SqliteConnection,
    gaps: &[Gap],
    spans: Spans,
) -> Result<(u64, Vec<Task>)> {
    let (mut total, mut rows) = (0, Vec::new());
    for gap in gaps {
        let before = micros(spans.until - gap.limit(spans.until - spans.quiet));
        let place = gap.task_type.map(|kind| kind as i64);
        let count: i64 = sqlx::query_scalar(
            "select count(*) from tasks where status = ? and activity_at < ? and type is ?",
        )
        .bind(TaskStatus::Running as i64)
        .bind(before)
        .bind(place)
        .fetch_one(&mut *conn)
        .await
        .map_err(sql)?;
        total += number(count);
        let first = sqlx::query(
            "select row from tasks where status = ? and activity_at < ? and type is ? order by activity_at, id limit ?",
        )
        .bind(TaskStatus::Running as i64)
        .bind(before)
        .bind(place)
        .bind(limit(MAX_ROWS))
        .fetch_all(&mut *conn)
        .await
        .map_err(sql)?;
        rows.extend(records(first)?);
    }
    rows.sort_by(|a, b| a.last_activity_at.cmp(&b.last_activity_at).then_with(|| a.id.cmp(&b.id)));
    rows.truncate(MAX_ROWS);
    Ok((total, rows))
}

/// The type at that place of the domain's list.
pub(super) fn kind(place: Option<i64>) -> Result<Option<TaskType>> {
    let Some(place) = place.filter(|place| *place >= 0) else { return Ok(None) };
    let known = usize::try_from(place).ok().and_then(|place| TaskType::ALL.get(place)).copied();
    known
        .map(Some)
        .ok_or_else(|| StoreError::Corrupt("a task type that this version does not know".to_owned()))
}
