//! How bad it is to leave something as it is.

use crate::{
    attention::{AttentionReason, Severity},
    task::Priority,
};

/// The severity of a reason by itself.
pub(super) const fn base(reason: AttentionReason) -> Severity {
    match reason {
        AttentionReason::ApprovalNeeded
        | AttentionReason::MissingCredentials
        | AttentionReason::ExpiredCredential
        | AttentionReason::FailedDeployment => Severity::High,
        AttentionReason::FailingTests
        | AttentionReason::UnclearRequirement
        | AttentionReason::CostOrRisk
        | AttentionReason::RepeatedFailures
        | AttentionReason::DeadSession
        | AttentionReason::Blocked
        | AttentionReason::ConfigIssue
        | AttentionReason::FailedJob
        | AttentionReason::StuckTask => Severity::Medium,
        AttentionReason::InactiveProduct | AttentionReason::MissedJob => Severity::Low,
    }
}

/// The severity of an item: that of its reason, one step worse for P0, one step milder for P3.
///
/// ```
/// use domain::{attention::{AttentionReason, Severity}, insight::attention::severity, task::Priority};
/// assert_eq!(severity(AttentionReason::ApprovalNeeded, Some(Priority::P0)), Severity::Critical);
/// assert_eq!(severity(AttentionReason::ApprovalNeeded, None), Severity::High);
/// assert_eq!(severity(AttentionReason::InactiveProduct, Some(Priority::P3)), Severity::Low);
/// ```
pub fn severity(reason: AttentionReason, priority: Option<Priority>) -> Severity {
    let step = base(reason) as usize;
    let step = match priority {
        Some(Priority::P0) => step.saturating_sub(1),
        Some(Priority::P3) => step + 1,
        _ => step,
    };
    Severity::ALL.get(step).copied().unwrap_or(Severity::Low)
}
