//! Why a source says that something needs the founder.

string_enum! {
    /// Why a task needs the founder, whatever its status.
    pub enum AttentionReason as "reason for attention" {
        ApprovalNeeded = "approval-needed", "Approval needed";
        MissingCredentials = "missing-credentials", "Missing credentials";
        FailedDeployment = "failed-deployment", "Failed deployment";
        FailingTests = "failing-tests", "Failing tests";
        UnclearRequirement = "unclear-requirement", "Unclear requirement";
        CostOrRisk = "cost-or-risk", "Cost or risk";
        ExpiredCredential = "expired-credential", "Expired credential";
        InactiveProduct = "inactive-product", "Inactive product";
        RepeatedFailures = "repeated-failures", "Repeated failures";
        DeadSession = "dead-session", "Session died";
    }
}

impl crate::patch::Visit for Vec<AttentionReason> {}
