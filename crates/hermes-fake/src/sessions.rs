//! Sessions of every source: their ids, what is asked in them, and what the source leaves unknown.

use serde_json::json;

use crate::{
    projects::Project,
    prompt::{self, Place},
    rng::Rng,
    rows::{Chat, Session},
    stamp::{self, Time},
    tools::{self, Deed},
    words,
};

/// Where a session comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Cli,
    /// Works on a card of the board.
    Worker {
        card: String,
        run: i64,
    },
    /// A run of a scheduled job.
    Cron {
        id: String,
        name: String,
        prompt: String,
    },
    /// Started by another session.
    Child {
        parent: String,
    },
    Webhook,
    Api,
    Telegram,
}

impl Kind {
    /// Any source that needs no other row.
    pub(crate) fn any(rng: &mut Rng) -> Self {
        match rng.below(100) {
            0..72 => Self::Cli,
            72..80 => Self::Webhook,
            80..88 => Self::Api,
            _ => Self::Telegram,
        }
    }

    /// What is asked first.
    pub(crate) fn ask(&self, rng: &mut Rng, project: &Project) -> String {
        match self {
            Self::Worker { card, .. } => format!("work kanban task {card}"),
            Self::Cron { prompt, .. } => format!(
                "[IMPORTANT: You are running as a scheduled cron job. DELIVERY: Your final response will be \
                 automatically delivered to the user.]\n\n{prompt}"
            ),
            Self::Webhook => format!(
                "CI failed for fastlane/{} on branch main: tests (https://ci.example.test/runs/{}). Triage it.",
                project.slug,
                rng.below(10_000)
            ),
            _ => words::about(rng.pick::<&str>(words::TASKS), &project.slug),
        }
    }

    /// Uses of tools that come first and last: a worker looks at its card and closes it, and a session whose
    /// folder is not stored goes there.
    pub(crate) fn duties(&self, project: &Project, succeeds: bool) -> (Vec<Deed>, Vec<Deed>) {
        let go = || vec![tools::go_to(project)];
        match self {
            Self::Worker { card, run } => {
                let shown =
                    json!({ "task": { "id": card, "status": "running" }, "parents": [], "comments": [] });
                let done = json!({ "ok": true, "task_id": card, "run_id": run });
                let close = tools::kanban(
                    "kanban_complete",
                    json!({ "summary": "Drafted.", "result": "drafted" }),
                    done,
                );
                let open = tools::kanban("kanban_show", json!({}), shown);
                (vec![open], if succeeds { vec![close] } else { Vec::new() })
            }
            Self::Cron { .. } | Self::Api | Self::Telegram => (go(), Vec::new()),
            Self::Webhook => (vec![tools::unknown()], Vec::new()),
            Self::Cli | Self::Child { .. } => (Vec::new(), Vec::new()),
        }
    }

    /// The row of a session that starts at `at`. It has no end yet.
    pub(crate) fn session(&self, rng: &mut Rng, project: &Project, at: Time, prompt_bytes: usize) -> Session {
        let start = stamp::in_id(at);
        let (id, source) = match self {
            Self::Cli | Self::Worker { .. } => (format!("{start}_{}", rng.hex(6)), "cli"),
            Self::Child { .. } => (format!("{start}_{}", rng.hex(6)), "subagent"),
            Self::Cron { id, .. } => (format!("cron_{id}_{start}"), "cron"),
            Self::Webhook => (format!("{start}_{}", rng.hex(8)), "webhook"),
            Self::Telegram => (format!("{start}_{}", rng.hex(8)), "telegram"),
            Self::Api if rng.chance(50) => (format!("mc-task-{}", rng.hex(8)), "api_server"),
            Self::Api => (format!("run_{}", rng.hex(32)), "api_server"),
        };
        let local = matches!(self, Self::Cli | Self::Worker { .. });
        let branch = if rng.chance(70) { "main" } else { "fix/rounding" };
        let place = Place { folder: &project.path, branch: local.then_some(branch), product: &project.slug };
        Session {
            id,
            source,
            parent: if let Self::Child { parent } = self { Some(parent.clone()) } else { None },
            system_prompt: prompt::text(rng, prompt_bytes, &place, at),
            started: at,
            cwd: local.then(|| project.path.clone()),
            title: None,
            end: None,
            chat: matches!(self, Self::Webhook | Self::Telegram).then(|| Chat::new(rng, source)),
        }
    }

    /// How Hermes calls the end, for sources that it ends at all: `hermes chat -q` and the API leave it open.
    pub(crate) fn end_reason(&self, rng: &mut Rng) -> Option<&'static str> {
        match self {
            Self::Cli => rng.chance(25).then_some("cli_close"),
            Self::Worker { .. } | Self::Api => None,
            Self::Cron { .. } => Some("cron_complete"),
            Self::Child { .. } => Some("agent_close"),
            Self::Webhook => Some("webhook_complete"),
            Self::Telegram => rng.chance(40).then_some("session_reset"),
        }
    }

    /// The title that is made in the background, or is missing.
    pub(crate) fn title(&self, rng: &mut Rng, ask: &str, at: Time) -> Option<String> {
        match self {
            Self::Cron { name, .. } => Some(format!("{name} · {}", at.format("%b %d %H:%M"))),
            Self::Cli | Self::Telegram => rng.chance(55).then(|| ask.to_owned()),
            _ => None,
        }
    }
}
