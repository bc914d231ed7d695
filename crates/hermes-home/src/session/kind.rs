//! What kind of work a task is, and what triggered it. The first is a guess from words and deeds.

use domain::task::{TaskSource, TaskType};

use super::state::Did;

/// Words that tell a kind, the most telling first.
const WORDS: [(TaskType, &[&str]); 11] = [
    (TaskType::Bugfix, &["fix", "fixes", "bug", "failing", "broken", "crash", "regression", "hotfix"]),
    (TaskType::Deploy, &["deploy", "deployment", "rollback", "ship"]),
    (TaskType::Security, &["security", "vulnerability", "cve", "rotate", "certificate", "secrets"]),
    (TaskType::Audit, &["audit", "review"]),
    (
        TaskType::Monitoring,
        &["health", "monitor", "monitoring", "watch", "uptime", "alert", "check", "smoke"],
    ),
    (TaskType::Release, &["release", "changelog", "tag", "announce"]),
    (TaskType::Refactor, &["refactor", "rename", "simplify", "restructure"]),
    (TaskType::Documentation, &["docs", "document", "documentation", "readme", "runbook", "notes"]),
    (TaskType::Research, &["research", "explore", "investigate", "compare", "profile", "analyse", "analyze"]),
    (TaskType::CostOptimization, &["cost", "costs", "spend", "cheaper"]),
    (TaskType::Maintenance, &["clean", "cleanup", "upgrade", "update", "bump", "migrate", "backup", "move"]),
];

/// The kind of work that words and deeds tell; nothing where they do not.
pub(crate) fn task_type(text: &str, did: Did) -> Option<TaskType> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let by_words = WORDS.iter().find(|(_, telling)| telling.iter().any(|word| words.contains(word)));
    by_words.map(|(kind, _)| *kind).or(match did {
        Did { deploy: true, .. } => Some(TaskType::Deploy),
        Did { document: true, .. } => Some(TaskType::Documentation),
        Did { edit: true, .. } | Did { pr: true, .. } => Some(TaskType::Build),
        _ => None,
    })
}

/// What triggered a session, by its source and by the name of the chat or route that it came from.
pub(crate) fn task_source(source: &str, origin: Option<&str>) -> TaskSource {
    let origin = origin.unwrap_or_default().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| origin.contains(word));
    match source {
        "cron" => TaskSource::Cron,
        "webhook" if says(&["github"]) => TaskSource::Github,
        "webhook" if says(&["alert", "monitor", "pager", "sentry", "grafana"]) => TaskSource::MonitoringAlert,
        "webhook" => TaskSource::Webhook,
        "cli" | "tui" => TaskSource::Cli,
        "subagent" | "acp" => TaskSource::LocalAgent,
        "email" => TaskSource::Email,
        // An API call, a chat, or a name that somebody gave with `--source`: a person asked.
        _ => TaskSource::Manual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_before_deeds() {
        let edited = Did { edit: true, ..Did::default() };
        assert_eq!(task_type("Fix the failing deploy", edited), Some(TaskType::Bugfix));
        assert_eq!(task_type("Do it", edited), Some(TaskType::Build));
        assert_eq!(task_type("Prefix the names", Did::default()), None, "`fix` inside a word is none");
    }

    #[test]
    fn a_route_s_name_tells_who_called() {
        assert_eq!(task_source("webhook", Some("webhook/github-ci")), TaskSource::Github);
        assert_eq!(task_source("webhook", Some("webhook/ci-failed")), TaskSource::Webhook);
        assert_eq!(task_source("telegram", None), TaskSource::Manual);
    }
}
