//! The kinds of workers that the founder asked to see.

use crate::{agent::AgentType, id::AgentId};

string_enum! {
    /// A kind of worker of the brief. Which one a worker is, is a guess from its id and name.
    pub enum WorkerKind as "kind of worker" {
        HermesCore = "hermes-core", "Hermes core";
        OpenClaw = "openclaw", "OpenClaw";
        GitHub = "github", "GitHub";
        VmRunner = "vm-runner", "Local VM runner";
        CliRunner = "cli-runner", "CLI runner";
        Scheduler = "scheduler", "Scheduler";
        Deployment = "deployment", "Deployment tools";
        Monitoring = "monitoring", "Monitoring tools";
        Notification = "notification", "Notification tools";
        Model = "model", "Model provider";
        Secrets = "secrets", "Secrets and config";
    }
}

/// Words by the kind that they stand for; the first that holds counts.
const WORDS: [(WorkerKind, &[&str]); 10] = [
    (WorkerKind::Secrets, &["secret", "secrets", "vault", "credentials"]),
    (WorkerKind::Model, &["model", "llm", "openai", "anthropic", "openrouter"]),
    (WorkerKind::GitHub, &["github", "gh"]),
    (WorkerKind::OpenClaw, &["openclaw"]),
    (WorkerKind::Scheduler, &["scheduler", "cron", "cronjob"]),
    (WorkerKind::Deployment, &["deploy", "deployer", "deployment", "vercel", "fly", "cloudflare", "netlify"]),
    (
        WorkerKind::Monitoring,
        &["monitor", "monitoring", "uptime", "sentry", "grafana", "prometheus", "alerts"],
    ),
    (
        WorkerKind::Notification,
        &[
            "notifier",
            "notification",
            "notifications",
            "gateway",
            "telegram",
            "slack",
            "mail",
            "email",
            "ntfy",
        ],
    ),
    (WorkerKind::VmRunner, &["vm"]),
    (WorkerKind::CliRunner, &["cli", "terminal", "shell"]),
];

impl WorkerKind {
    /// The kind that a worker's id and name tell of, if they do.
    ///
    /// ```
    /// use domain::{id::AgentId, insight::agent_health::WorkerKind};
    /// let of = |id, name| WorkerKind::of(&AgentId::new(id).unwrap(), name, None);
    /// assert_eq!(of("hermes:default:model:hermes-4", "hermes-4"), Some(WorkerKind::Model));
    /// assert_eq!(of("vm-runner", "Local VM runner"), Some(WorkerKind::VmRunner));
    /// assert_eq!(of("mac-mini", "Mac mini (iOS builds)"), None);
    /// ```
    pub fn of(id: &AgentId, name: &str, agent_type: Option<AgentType>) -> Option<Self> {
        let text = format!("{id} {name}").to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let says = |telling: &[&str]| telling.iter().any(|word| words.contains(word));
        let found = WORDS.iter().find(|(_, telling)| says(telling)).map(|(kind, _)| *kind);
        let core = || {
            let is_core = says(&["hermes"]) && (says(&["core"]) || agent_type == Some(AgentType::Agent));
            is_core.then_some(Self::HermesCore)
        };
        found.or_else(core)
    }
}
