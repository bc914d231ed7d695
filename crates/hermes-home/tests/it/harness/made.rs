//! Homes that are made by hand, row by row.

use std::path::Path;

use super::db::sql;

/// What stands in a text, for SQL.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A home of the agent's in which nothing happened yet.
pub(crate) async fn home() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let plan = hermes_fake::Plan {
        sessions: 0,
        jobs: 0,
        cards: 0,
        projects: 1,
        running: 0,
        search: false,
        ..hermes_fake::Plan::new(1, super::now())
    };
    hermes_fake::home(dir.path(), &plan).await.unwrap();
    sql(dir.path(), "projects.db", "delete from project_folders; delete from projects").await;
    dir
}

/// A session that began so many seconds before (or after) the time of the tests.
pub(crate) async fn session(home: &Path, id: &str, source: &str, at: i64) {
    let statement = format!(
        "insert into sessions (id, source, model, started_at) values ({}, {}, 'model', {})",
        quoted(id),
        quoted(source),
        super::now().timestamp() + at
    );
    sql(home, "state.db", &statement).await;
}

/// A row of a session's: what was asked for.
pub(crate) async fn asked(home: &Path, session: &str, at: i64, content: &str) {
    row(home, session, at, &format!("'user', {}, null, null, null, null", quoted(content))).await;
}

/// A row of a session's: the model was done.
pub(crate) async fn answered(home: &Path, session: &str, at: i64, content: &str) {
    row(home, session, at, &format!("'assistant', {}, null, null, null, 'stop'", quoted(content))).await;
}

/// A row of a session's: the model has a command run.
pub(crate) async fn called(home: &Path, session: &str, at: i64, call: &str, command: &str) {
    let arguments = serde_json::json!({ "command": command }).to_string();
    let calls = serde_json::json!([
        { "id": call, "type": "function", "function": { "name": "terminal", "arguments": arguments } }
    ]);
    let calls = quoted(&calls.to_string());
    row(home, session, at, &format!("'assistant', '', null, {calls}, null, 'tool_calls'")).await;
}

/// A row of a session's: a command ended.
pub(crate) async fn returned(home: &Path, session: &str, at: i64, call: &str, code: i64) {
    let result = serde_json::json!({ "output": "done", "exit_code": code, "error": null });
    let result = quoted(&result.to_string());
    row(home, session, at, &format!("'tool', {result}, {}, null, 'terminal', null", quoted(call))).await;
}

async fn row(home: &Path, session: &str, at: i64, cells: &str) {
    let statement = format!(
        "insert into messages (session_id, timestamp, role, content, tool_call_id, tool_calls, tool_name, finish_reason) \
         values ({}, {}, {cells})",
        quoted(session),
        super::now().timestamp() + at
    );
    sql(home, "state.db", &statement).await;
}

/// A card, and an attempt at it that began a second later.
pub(crate) async fn card(home: &Path, id: &str, status: &str, at: i64) {
    let (id, created) = (quoted(id), super::now().timestamp() + at);
    let statements = format!(
        "insert into tasks (id, title, status, created_at) values ({id}, 'A card', {}, {created}); \
         insert into task_runs (task_id, status, started_at) values ({id}, 'running', {})",
        quoted(status),
        created + 1
    );
    sql(home, "kanban.db", &statements).await;
}

/// A project with its folder.
pub(crate) async fn project(home: &Path, id: &str, folder: &str) {
    let (id, folder, created) = (quoted(id), quoted(folder), super::now().timestamp() - 86_400);
    let statements = format!(
        "insert into projects (id, slug, name, primary_path, created_at) values ('p_' || {id}, {id}, {id}, {folder}, {created})"
    );
    sql(home, "projects.db", &statements).await;
}
