//! Statements of `state.db`, as Hermes commits them.

use anyhow::Result;
use sqlx::SqliteConnection;

use crate::{
    rows::{BASE_URL, MODEL, Message, Session, Usage},
    stamp::{self, Time},
};

/// What a new `state.db` says of itself.
pub(crate) async fn first_rows(db: &mut SqliteConnection) -> Result<()> {
    sqlx::raw_sql(
        "INSERT INTO schema_version (version) VALUES (22); \
         INSERT INTO state_meta (key, value) VALUES ('ghost_session_prune_v1', '1'), ('orphaned_compression_finalize_v1', '1')",
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a session counts; nothing of it when it begins.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Totals {
    pub(crate) messages: i64,
    pub(crate) calls: i64,
    pub(crate) usage: Usage,
}

/// A session's row.
pub(crate) async fn insert_session(
    db: &mut SqliteConnection,
    session: &Session,
    totals: Totals,
) -> Result<()> {
    let chat = session.chat.as_ref();
    let Totals { messages, calls, usage } = totals;
    let used = usage.calls > 0;
    sqlx::query(
        "INSERT INTO sessions (id, source, user_id, session_key, chat_id, chat_type, display_name, origin_json, model, \
         model_config, system_prompt, parent_session_id, cwd, billing_provider, billing_base_url, started_at, ended_at, \
         end_reason, title, message_count, tool_call_count, input_tokens, output_tokens, cache_read_tokens, \
         reasoning_tokens, api_call_count, estimated_cost_usd, cost_status, cost_source) VALUES \
         (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'custom', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&session.id)
    .bind(session.source)
    .bind(chat.map(|chat| chat.user.as_str()))
    .bind(chat.map(|chat| chat.key.as_str()))
    .bind(chat.map(|chat| chat.id.as_str()))
    .bind(chat.map(|chat| chat.kind))
    .bind(chat.map(|chat| chat.name.as_str()))
    .bind(chat.map(|chat| chat.origin.as_str()))
    .bind(MODEL)
    .bind(session.model_config())
    .bind(&session.system_prompt)
    .bind(&session.parent)
    .bind(&session.cwd)
    .bind(BASE_URL)
    .bind(stamp::real(session.started))
    .bind(session.end.map(|(at, _)| stamp::real(at)))
    .bind(session.end.map(|(_, reason)| reason))
    .bind(&session.title)
    .bind(messages)
    .bind(calls)
    .bind(usage.input)
    .bind(usage.output)
    .bind(usage.cached)
    .bind(usage.reasoning)
    .bind(usage.calls)
    .bind(used.then_some(usage.cost))
    .bind(used.then_some("estimated"))
    .bind(used.then_some("provider_models_api"))
    .execute(db)
    .await?;
    Ok(())
}

/// A row of a session, and whether it counts to what the model is told.
pub(crate) async fn insert_message(
    db: &mut SqliteConnection,
    session: &str,
    message: &Message,
    at: f64,
    compacted: bool,
) -> Result<i64> {
    let done = sqlx::query(
        "INSERT INTO messages (session_id, role, content, tool_call_id, tool_calls, tool_name, timestamp, \
         finish_reason, reasoning, reasoning_content, active, compacted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(session)
    .bind(message.role)
    .bind(&message.content)
    .bind(&message.tool_call_id)
    .bind(&message.tool_calls)
    .bind(message.tool_name)
    .bind(at)
    .bind(message.finish)
    .bind(&message.reasoning)
    .bind(&message.reasoning)
    .bind(!compacted)
    .bind(compacted)
    .execute(db)
    .await?;
    Ok(done.last_insert_rowid())
}

/// A row is appended to a session that is counted as it grows.
pub(crate) async fn count_message(db: &mut SqliteConnection, session: &str, calls: i64) -> Result<()> {
    sqlx::query(
        "UPDATE sessions SET message_count = message_count + 1, tool_call_count = tool_call_count + ? WHERE id = ?",
    )
    .bind(calls)
    .bind(session)
    .execute(db)
    .await?;
    Ok(())
}

/// A call of the model is accounted for, in the session and by model.
pub(crate) async fn account(db: &mut SqliteConnection, session: &str, usage: Usage, at: Time) -> Result<()> {
    sqlx::query(
        "UPDATE sessions SET input_tokens = input_tokens + ?, output_tokens = output_tokens + ?, \
         cache_read_tokens = cache_read_tokens + ?, reasoning_tokens = reasoning_tokens + ?, \
         estimated_cost_usd = COALESCE(estimated_cost_usd, 0) + ?, cost_status = 'estimated', \
         cost_source = 'provider_models_api', api_call_count = COALESCE(api_call_count, 0) + ? WHERE id = ?",
    )
    .bind(usage.input)
    .bind(usage.output)
    .bind(usage.cached)
    .bind(usage.reasoning)
    .bind(usage.cost)
    .bind(usage.calls)
    .bind(session)
    .execute(&mut *db)
    .await?;
    use_model(db, session, "", usage, (at, at)).await
}

/// The row of `session_model_usage` grows. `task` is empty for the agent itself; work beside it, such as
/// making a title, is counted here alone.
pub(crate) async fn use_model(
    db: &mut SqliteConnection,
    session: &str,
    task: &str,
    usage: Usage,
    (first, last): (Time, Time),
) -> Result<()> {
    let (provider, url) =
        if task.is_empty() { ("custom", BASE_URL) } else { ("auto", "http://127.0.0.1:18080/v1/") };
    sqlx::query(
        "INSERT INTO session_model_usage (session_id, model, billing_provider, billing_base_url, task, api_call_count, \
         input_tokens, output_tokens, cache_read_tokens, reasoning_tokens, estimated_cost_usd, cost_status, \
         cost_source, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT DO UPDATE SET api_call_count = api_call_count + excluded.api_call_count, \
         input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens, \
         cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens, \
         reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens, \
         estimated_cost_usd = estimated_cost_usd + excluded.estimated_cost_usd, last_seen = excluded.last_seen",
    )
    .bind(session)
    .bind(MODEL)
    .bind(provider)
    .bind(url)
    .bind(task)
    .bind(usage.calls)
    .bind(usage.input)
    .bind(usage.output)
    .bind(usage.cached)
    .bind(usage.reasoning)
    .bind(usage.cost)
    .bind(task.is_empty().then_some("estimated"))
    .bind(task.is_empty().then_some("provider_models_api"))
    .bind(stamp::real(first))
    .bind(stamp::real(last))
    .execute(db)
    .await?;
    Ok(())
}

/// Sets a title unless there is one. Titles are unique: one that is taken gets a number.
pub(crate) async fn set_title(db: &mut SqliteConnection, session: &str, title: &str) -> Result<String> {
    let taken: (i64,) =
        sqlx::query_as("SELECT count(*) FROM sessions WHERE title = ? OR title LIKE ? || ' #%'")
            .bind(title)
            .bind(title)
            .fetch_one(&mut *db)
            .await?;
    let title = numbered(title, taken.0);
    sqlx::query("UPDATE sessions SET title = ? WHERE id = ? AND title IS NULL")
        .bind(&title)
        .bind(session)
        .execute(db)
        .await?;
    Ok(title)
}

/// `title` for the first, `title #2` for the second.
pub(crate) fn numbered(title: &str, before: i64) -> String {
    if before == 0 { title.to_owned() } else { format!("{title} #{}", before + 1) }
}

/// The first reason wins.
pub(crate) async fn end_session(
    db: &mut SqliteConnection,
    session: &str,
    reason: &str,
    at: Time,
) -> Result<()> {
    sqlx::query("UPDATE sessions SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL")
        .bind(stamp::real(at))
        .bind(reason)
        .bind(session)
        .execute(db)
        .await?;
    Ok(())
}
