//! Items that are about an agent, tool, integration or runner.

use super::{Around, classify, severity, words};
use crate::{
    agent::AgentStatus,
    attention::{AttentionItem, AttentionReason, Evidence},
    decision::Subject,
    id::ItemKey,
};

pub(super) fn items(around: &Around<'_>) -> Vec<AttentionItem> {
    around.facts.agents.iter().filter_map(|agent| item(around, agent)).collect()
}

fn item(around: &Around<'_>, agent: &AgentStatus) -> Option<AttentionItem> {
    let issue = agent.config_issue.as_deref().and_then(words)?;
    let guessed = classify(&issue).filter(|reason| {
        matches!(reason, AttentionReason::MissingCredentials | AttentionReason::ExpiredCredential)
    });
    let reason = guessed.unwrap_or(AttentionReason::ConfigIssue);
    let worked = agent.last_success_at.map(|at| Evidence {
        text: "Worked last".to_owned(),
        task_id: None,
        at: Some(at),
    });
    Some(AttentionItem {
        key: ItemKey::of("agent", agent.id.as_str(), None),
        cause: issue.clone(),
        reason,
        reason_inferred: guessed.is_some(),
        severity: severity(reason, None),
        title: format!("{}: {issue}", agent.name),
        subject: Subject::Agent(agent.id.clone()),
        product_id: None,
        priority: None,
        since: agent.last_failure_at.or(agent.reported_at).unwrap_or(around.now),
        why: None,
        consequence: None,
        evidence: worked.into_iter().collect(),
        decision: None,
    })
}
