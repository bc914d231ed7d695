//! What a whole home holds.

use hermes_fake::Plan;

use crate::dump::{count, make, now, rows};

#[tokio::test]
async fn a_seed_decides_every_row() {
    let plan = |seed| Plan { sessions: 40, prompt_bytes: 2000, ..Plan::new(seed, now()) };
    let ((first, made), (second, again)) = (make(&plan(1)).await, make(&plan(1)).await);
    assert_eq!(made, again);
    assert_eq!(rows(first.path()).await, rows(second.path()).await);
    let (other, _) = make(&plan(2)).await;
    assert_ne!(rows(first.path()).await, rows(other.path()).await);
}

#[tokio::test]
async fn what_is_told_is_what_is_there() {
    let (home, made) = make(&Plan { sessions: 200, ..Plan::new(3, now()) }).await;
    assert_eq!((made.sessions, made.jobs, made.cards, made.projects), (200, 12, 12, 50));
    let messages = count(home.path(), "state.db", "SELECT count(*) FROM messages").await;
    assert_eq!(usize::try_from(messages).unwrap(), made.messages);
    let executions = count(home.path(), "cron/executions.db", "SELECT count(*) FROM executions").await;
    assert_eq!(usize::try_from(executions).unwrap(), made.executions);
    let found = count(
        home.path(),
        "state.db",
        "SELECT count(*) FROM messages_fts WHERE messages_fts MATCH 'rounding'",
    )
    .await;
    assert!(found > 0);
}

/// Each of the ten things that an importer gets wrong if it guesses is there to be got wrong.
#[tokio::test]
async fn a_home_has_every_oddity() {
    let (home, _) = make(&Plan { sessions: 800, messages_per_session: 24, ..Plan::new(4, now()) }).await;
    for (what, sql) in [
        ("never closed", "SELECT count(*) FROM sessions WHERE ended_at IS NULL"),
        ("closed", "SELECT count(*) FROM sessions WHERE end_reason = 'cron_complete'"),
        (
            "failed command",
            "SELECT count(*) FROM messages WHERE tool_name = 'terminal' AND json_extract(content, '$.exit_code') = 3",
        ),
        (
            "blocked command",
            "SELECT count(*) FROM messages WHERE tool_name = 'terminal' AND json_extract(content, '$.status') = 'blocked'",
        ),
        ("compacted", "SELECT count(*) FROM messages WHERE compacted = 1 AND active = 0"),
        ("re-inserted", "SELECT count(*) - count(DISTINCT tool_call_id) FROM messages WHERE role = 'tool'"),
        (
            "no such tool",
            "SELECT count(*) FROM messages WHERE role = 'tool' AND tool_name IS NULL AND NOT json_valid(content)",
        ),
        (
            "wrapped",
            "SELECT count(*) FROM messages WHERE content LIKE '<untrusted_tool_result %' AND tool_name LIKE 'mcp__%'",
        ),
        ("repeated answer", "SELECT count(*) FROM messages WHERE finish_reason = 'verification_required'"),
        ("turn limit", "SELECT count(*) FROM messages WHERE role = 'assistant' AND finish_reason IS NULL"),
        (
            "no folder",
            "SELECT count(*) FROM sessions WHERE cwd IS NULL AND source IN ('cron', 'subagent', 'webhook', 'api_server')",
        ),
        ("branch in the prompt", "SELECT count(*) FROM sessions WHERE system_prompt LIKE '%- Branch: main%'"),
        (
            "child",
            "SELECT count(*) FROM sessions c JOIN sessions p ON p.id = c.parent_session_id WHERE c.source = 'subagent'",
        ),
        (
            "worker",
            "SELECT count(*) FROM messages WHERE role = 'user' AND content LIKE 'work kanban task t_%'",
        ),
        ("html", "SELECT count(*) FROM sessions WHERE title LIKE '%<b>%'"),
        ("beside the agent", "SELECT count(*) FROM session_model_usage WHERE task = 'title_generation'"),
        ("fresh", "SELECT count(*) FROM messages WHERE timestamp > 1795367530 - 60"),
        (
            "asked and unanswered",
            "SELECT count(*) FROM messages m, json_each(m.tool_calls) c WHERE m.tool_calls IS NOT NULL \
             AND json_extract(c.value, '$.id') NOT IN (SELECT tool_call_id FROM messages WHERE tool_call_id IS NOT NULL)",
        ),
    ] {
        assert!(count(home.path(), "state.db", sql).await > 0, "{what}");
    }
    let counts = "SELECT count(*) FROM sessions s WHERE message_count <> (SELECT count(*) FROM messages WHERE session_id = s.id AND active = 1)";
    assert_eq!(count(home.path(), "state.db", counts).await, 0);
    let late = "SELECT count(*) FROM messages WHERE timestamp > 1795367530";
    assert_eq!(count(home.path(), "state.db", late).await, 0);
    for (what, file, sql) in [
        (
            "worker known",
            "kanban.db",
            "SELECT count(*) FROM task_runs WHERE json_extract(metadata, '$.worker_session_id') IS NOT NULL",
        ),
        ("given up", "kanban.db", "SELECT count(*) FROM task_events WHERE kind = 'gave_up'"),
        (
            "second run",
            "kanban.db",
            "SELECT count(*) FROM task_runs GROUP BY task_id ORDER BY 1 DESC LIMIT 1",
        ),
        ("failed attempt", "cron/executions.db", "SELECT count(*) FROM executions WHERE status = 'failed'"),
        (
            "failed test",
            "verification_evidence.db",
            "SELECT count(*) FROM verification_events WHERE status = 'failed'",
        ),
        (
            "changed files",
            "verification_evidence.db",
            "SELECT count(*) FROM verification_state WHERE changed_paths_json <> '[]'",
        ),
    ] {
        assert!(count(home.path(), file, sql).await > 0, "{what}");
    }
    assert!(std::fs::read_dir(home.path().join("sessions")).unwrap().count() > 0);
}

#[tokio::test]
async fn a_byte_order_mark_is_written_when_asked_for() {
    let (home, _) = make(&Plan { sessions: 2, bom: true, ..Plan::new(1, now()) }).await;
    let bytes = std::fs::read(home.path().join("cron/jobs.json")).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbf{"));
}

#[tokio::test]
async fn a_home_is_never_written_over() {
    let plan = Plan { sessions: 1, ..Plan::new(1, now()) };
    let (home, _) = make(&plan).await;
    assert!(hermes_fake::home(home.path(), &plan).await.is_err());
}
