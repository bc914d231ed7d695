//! What kind of obstacle a text tells of, from its words. A guess, and marked as one wherever it is shown.

use crate::attention::AttentionReason;

/// Words by the reason that they stand for; the first that holds counts. Each entry holds where a word of each of its
/// lists is in the text.
const WORDS: &[(AttentionReason, &[&[&str]])] = &[
    (
        AttentionReason::ExpiredCredential,
        &[
            &["expired", "expires", "revoked", "rotate"],
            &["token", "key", "credential", "secret", "certificate", "password"],
        ],
    ),
    (
        AttentionReason::MissingCredentials,
        &[&[
            "credential",
            "api key",
            "apikey",
            "access key",
            "secret",
            "password",
            "not logged in",
            "unauthorized",
            "unauthorised",
            "authentication",
            "access token",
            "client id",
        ]],
    ),
    (
        AttentionReason::ApprovalNeeded,
        &[&[
            "approve",
            "approval",
            "sign-off",
            "sign off",
            "go-ahead",
            "go ahead",
            "permission to",
            "confirm",
        ]],
    ),
    (AttentionReason::FailingTests, &[&["test", "assertion", "spec "], &["fail", "red", "broke", "flak"]]),
    (
        AttentionReason::FailedDeployment,
        &[
            &["deploy", "rollout", "rolled back", "rollback", "release"],
            &["fail", "error", "timed out", "rolled back", "rollback", "probe"],
        ],
    ),
    (
        AttentionReason::CostOrRisk,
        &[&["cost", "budget", "spend", "billing", "quota", "invoice limit", "cap is"]],
    ),
    (
        AttentionReason::UnclearRequirement,
        &[&[
            "unclear",
            "clarif",
            "ambiguous",
            "requirement",
            "which ",
            "should ",
            "question",
            "decide",
            "specify",
            "?",
        ]],
    ),
];

/// What the text tells of, if its words tell anything.
///
/// ```
/// use domain::{attention::AttentionReason, insight::attention::classify};
/// assert_eq!(classify("The Stripe key expired at 08:15"), Some(AttentionReason::ExpiredCredential));
/// assert_eq!(classify("11 of 842 tests fail"), Some(AttentionReason::FailingTests));
/// assert_eq!(classify("disk full"), None);
/// ```
pub fn classify(text: &str) -> Option<AttentionReason> {
    let text = text.to_lowercase();
    let holds = |lists: &[&[&str]]| lists.iter().all(|words| words.iter().any(|word| text.contains(word)));
    WORDS.iter().find(|(_, lists)| holds(lists)).map(|(reason, _)| *reason)
}
