//! What the founder decides about items that need attention.

use domain::{
    decision::{AuditEntry, Decision, DecisionRequest},
    query::{Page, PageRequest},
};

use crate::{Hermes, ServiceError};

impl Hermes {
    /// Takes a decision of `by`: a token's name, or [`domain::decision::FOUNDER`]. The answer is its entry in the log.
    pub async fn decide(&self, request: DecisionRequest, by: &str) -> Result<AuditEntry, ServiceError> {
        let now = self.now();
        let new = request
            .check(by, now)
            .map_err(|bad| ServiceError::Field { field: bad.field, reason: bad.reason })?;
        let entry = self.store().decide(&new, now).await?;
        self.announce().await;
        tracing::info!(decision.id = entry.id, decision.by = by, decision.action = %entry.action, "decided");
        Ok(entry)
    }

    /// Takes back the decision of that entry. The answer is the entry of the undoing; [`ServiceError::NotFound`] where
    /// there is no such entry, [`ServiceError::Conflict`] where it is not the decision in force on its item.
    pub async fn undo(&self, id: u64, by: &str) -> Result<AuditEntry, ServiceError> {
        if let Some(entry) = self.store().undo(id, by, self.now()).await? {
            self.announce().await;
            tracing::info!(decision.id = entry.id, decision.by = by, decision.undoes = id, "undone");
            return Ok(entry);
        }
        match self.store().audit_entry(id).await? {
            None => Err(ServiceError::NotFound(format!("the audit log has no entry {id}"))),
            Some(entry) => Err(ServiceError::Conflict(why_not(&entry))),
        }
    }

    /// The decisions in force, one an item; see [`Decision::holds`].
    pub async fn decisions(&self) -> Result<Vec<Decision>, ServiceError> {
        Ok(self.store().decisions().await?)
    }

    /// The log of decisions, the newest first.
    pub async fn audit(&self, page: PageRequest) -> Result<Page<AuditEntry>, ServiceError> {
        Ok(self.store().audit(page).await?)
    }

    /// One entry of the log; `None` where there is none.
    pub async fn audit_entry(&self, id: u64) -> Result<Option<AuditEntry>, ServiceError> {
        Ok(self.store().audit_entry(id).await?)
    }
}

/// Why an entry cannot be undone, and what to do instead.
fn why_not(entry: &AuditEntry) -> String {
    let id = entry.id;
    if entry.action.decision().is_none() {
        format!("entry {id} took a decision back; to have that decision again, decide again")
    } else if let Some(by) = &entry.undone_by {
        format!("entry {id} was undone already, by {by}")
    } else if entry.ended_at.is_some() {
        format!("entry {id} ended when its subject changed, so there is nothing left to undo")
    } else {
        format!("a later decision on {} stands above entry {id}; undo that one first", entry.item)
    }
}
