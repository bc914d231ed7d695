//! A row of `sessions`.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{SqliteConnection, sqlite::SqliteRow};

use crate::{
    hash,
    table::{Cells, Table, query},
    time,
};

/// The columns that are read, in the order of [`SessionRow::of`].
const COLUMNS: [&str; 31] = [
    "id",
    "source",
    "model",
    "model_config",
    "parent_session_id",
    "started_at",
    "ended_at",
    "end_reason",
    "message_count",
    "tool_call_count",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "cwd",
    "git_branch",
    "git_repo_root",
    "billing_provider",
    "estimated_cost_usd",
    "actual_cost_usd",
    "cost_status",
    "title",
    "api_call_count",
    "rewind_count",
    "archived",
    "display_name",
    "origin_json",
    "profile_name",
    "cost_source",
    "chat_id",
];

/// What the agent says of a session.
#[derive(Debug, Clone, Default)]
pub(crate) struct SessionRow {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) model: Option<String>,
    pub(crate) delegated_from: Option<String>,
    pub(crate) parent: Option<String>,
    pub(crate) started_at: Option<DateTime<Utc>>,
    pub(crate) ended_at: Option<DateTime<Utc>>,
    pub(crate) end_reason: Option<String>,
    pub(crate) input_tokens: Option<u64>,
    pub(crate) output_tokens: Option<u64>,
    pub(crate) cache_read_tokens: Option<u64>,
    pub(crate) cache_write_tokens: Option<u64>,
    pub(crate) reasoning_tokens: Option<u64>,
    pub(crate) cwd: Option<String>,
    pub(crate) git_branch: Option<String>,
    pub(crate) git_repo_root: Option<String>,
    pub(crate) estimated_cost_usd: Option<f64>,
    pub(crate) actual_cost_usd: Option<f64>,
    pub(crate) cost_status: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) api_calls: Option<u64>,
    pub(crate) rewinds: i64,
    /// The chat, route or platform that it came from, as the agent names it.
    pub(crate) origin: Option<String>,
    /// The fingerprint of all of it.
    pub(crate) print: u64,
}

/// The statement that reads sessions; a condition is to be added.
pub(crate) fn select(table: &Table) -> String {
    table.select(&COLUMNS)
}

/// The session of that id.
pub(crate) async fn by_id(
    conn: &mut SqliteConnection,
    table: &Table,
    id: &str,
) -> Result<Option<SessionRow>, sqlx::Error> {
    let sql = format!("{} where id = ?", select(table));
    let row = query(sql).bind(id.to_owned()).fetch_optional(conn).await?;
    Ok(row.as_ref().and_then(SessionRow::of))
}

/// What the agent said of the session's workspace when it began: `system_prompt` has it where the columns do not.
pub(crate) async fn prompt_clues(
    conn: &mut SqliteConnection,
    table: &Table,
    id: &str,
) -> Result<PromptClues, sqlx::Error> {
    if !table.has("system_prompt") {
        return Ok(PromptClues::default());
    }
    let sql = format!("{} where id = ?", table.select(&["system_prompt"]));
    let row = query(sql).bind(id.to_owned()).fetch_optional(conn).await?;
    let prompt = row.as_ref().and_then(|row| Cells(row).text(0)).unwrap_or_default();
    Ok(PromptClues::of(&prompt))
}

/// The workspace, as the prompt tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PromptClues {
    /// `- Root: …` of the workspace block: the root of the repository.
    pub(crate) root: Option<String>,
    /// `- Branch: …` of the same block.
    pub(crate) branch: Option<String>,
    /// `Current working directory: …`
    pub(crate) cwd: Option<String>,
}

impl PromptClues {
    fn of(prompt: &str) -> Self {
        let mut clues = Self::default();
        let mut workspace = false;
        for line in prompt.lines().map(str::trim) {
            workspace |= line.starts_with("Workspace (");
            let after = |start: &str| line.strip_prefix(start).map(|rest| rest.trim().to_owned());
            if workspace && clues.root.is_none() {
                clues.root = after("- Root:");
            }
            if workspace && clues.branch.is_none() {
                clues.branch = after("- Branch:");
            }
            if clues.cwd.is_none() {
                clues.cwd = after("Current working directory:");
            }
        }
        clues
    }
}

impl SessionRow {
    /// The session in a row of [`COLUMNS`]; nothing where it has no id.
    pub(crate) fn of(row: &SqliteRow) -> Option<Self> {
        let cells = Cells(row);
        let json = |index| cells.text(index).and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let config = json(3).unwrap_or_default();
        let word = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
        let origin = json(27).unwrap_or_default();
        let session = Self {
            id: cells.text(0)?,
            source: cells.text(1).unwrap_or_default(),
            model: cells.text(2),
            delegated_from: word(&config, "_delegate_from"),
            parent: cells.text(4),
            started_at: cells.real(5).and_then(time::seconds),
            ended_at: cells.real(6).and_then(time::seconds),
            end_reason: cells.text(7),
            input_tokens: cells.count(10),
            output_tokens: cells.count(11),
            cache_read_tokens: cells.count(12),
            cache_write_tokens: cells.count(13),
            reasoning_tokens: cells.count(14),
            cwd: cells.text(15),
            git_branch: cells.text(16),
            git_repo_root: cells.text(17),
            estimated_cost_usd: cells.real(19),
            actual_cost_usd: cells.real(20),
            cost_status: cells.text(21),
            title: cells.text(22),
            api_calls: cells.count(23),
            rewinds: cells.int(24).unwrap_or(0),
            origin: cells.text(26).or_else(|| word(&origin, "chat_name")).or_else(|| cells.text(30)),
            print: 0,
        };
        let print = hash::of(format!("{session:?}").as_bytes());
        Some(Self { print, ..session })
    }

    /// The session that started this one.
    pub(crate) fn parent(&self) -> Option<&str> {
        self.parent.as_deref().or(self.delegated_from.as_deref()).filter(|parent| *parent != self.id)
    }

    /// Whether a session of the agent's started this one to have part of the work done.
    pub(crate) fn is_helper(&self) -> bool {
        self.source == "subagent" || self.delegated_from.is_some()
    }

    /// What it cost in US dollars, and how sure that is (`actual`, `estimated`, `included`). Nothing where it is not
    /// known: 0 with the status `unknown` is no price.
    pub(crate) fn cost(&self) -> Option<(f64, &str)> {
        let status = self.cost_status.as_deref();
        match (self.actual_cost_usd, self.estimated_cost_usd) {
            _ if status == Some("unknown") => None,
            (Some(cost), _) if cost > 0.0 => Some((cost, "actual")),
            (_, Some(cost)) => Some((cost, status.unwrap_or("estimated"))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_read_from_the_prompt() {
        let prompt = "…\n- Root: /not/this\nWorkspace (snapshot at session start — …):\n- Root: /srv/work/x\n- Branch: main\n- Status: clean\n\nCurrent working directory: /srv/work/x/api\n";
        let clues = PromptClues::of(prompt);
        assert_eq!(clues.root.as_deref(), Some("/srv/work/x"));
        assert_eq!(clues.branch.as_deref(), Some("main"));
        assert_eq!(clues.cwd.as_deref(), Some("/srv/work/x/api"));
    }

    #[test]
    fn an_unknown_price_is_none() {
        let row = |status: &str, estimated| SessionRow {
            cost_status: Some(status.to_owned()),
            estimated_cost_usd: Some(estimated),
            ..SessionRow::default()
        };
        assert_eq!(row("unknown", 0.0).cost(), None);
        assert_eq!(row("estimated", 0.25).cost(), Some((0.25, "estimated")));
        assert_eq!(row("included", 0.0).cost(), Some((0.0, "included")));
    }
}
