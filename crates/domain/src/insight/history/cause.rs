//! Why a task failed, by what its source told. A guess from words where nobody told a reason, and called one wherever
//! it is shown.

use crate::{attention::AttentionReason, task::TaskRecord};

string_enum! {
    /// Why a task failed.
    pub enum FailureCause as "failure category" {
        Tests = "tests", "Failing tests";
        Build = "build", "Build or type errors";
        Deployment = "deployment", "Deployment or release";
        Credentials = "credentials", "Credentials or access";
        RateLimit = "rate-limit", "Rate limit or overload";
        Network = "network", "Timeout or unreachable";
        Resources = "resources", "Disk or memory";
        Cost = "cost", "Cost or quota";
        Data = "data", "Missing or unreadable data";
        Requirement = "requirement", "Unclear requirement";
        Session = "session", "Session died";
        Other = "other", "Other";
        Untold = "untold", "No error told";
    }
}

/// Words by the cause that they stand for; the first that holds counts. Each entry holds where a word of each of its lists
/// is in the text. What names its cause outright comes before what only hints at it.
const WORDS: &[(FailureCause, &[&[&str]])] = &[
    (
        FailureCause::RateLimit,
        &[&[
            "rate limit",
            "rate-limit",
            "ratelimit",
            "too many requests",
            "overloaded",
            "429",
            "529",
            "throttl",
        ]],
    ),
    (
        FailureCause::Resources,
        &[&[
            "disk full",
            "no space left",
            "disk usage",
            "out of memory",
            "oom",
            "memory limit",
            "cannot allocate",
            "enospc",
        ]],
    ),
    (
        FailureCause::Credentials,
        &[&[
            "credential",
            "api key",
            "apikey",
            "access key",
            "deploy key",
            "old key",
            "permission denied",
            "access denied",
            "forbidden",
            "unauthorized",
            "unauthorised",
            "authentication",
            "not logged in",
            "login",
            "password",
            "secret",
            "token expired",
            "token revoked",
            "access token",
            "certificate",
            "401",
            "403",
        ]],
    ),
    (
        FailureCause::Cost,
        &[&["budget", "quota", "spend", "billing", "cost cap", "credit balance", "insufficient credit"]],
    ),
    (
        FailureCause::Tests,
        &[
            &["test", "assertion", "spec "],
            &["fail", "broke", "break", "flak", "red", "do not pin", "regress"],
        ],
    ),
    (
        FailureCause::Build,
        &[&[
            "build failed",
            "broke the build",
            "does not compile",
            "compile error",
            "compilation",
            "type error",
            "typeerror",
            "syntax error",
            "syntaxerror",
            "lint",
            "unresolved import",
            "cannot find module",
            "dependency",
            "lockfile",
        ]],
    ),
    (
        FailureCause::Deployment,
        &[
            &[
                "deploy",
                "rollout",
                "rolled back",
                "rollback",
                "publish",
                "release",
                "migration",
                "health check",
                "probe",
            ],
            &[
                "fail",
                "error",
                "timed out",
                "rolled back",
                "rollback",
                "503",
                "not ready",
                "refused",
                "stopped",
            ],
        ],
    ),
    (
        FailureCause::Network,
        &[&[
            "timed out",
            "timeout",
            "time-out",
            "deadline exceeded",
            "cannot be reached",
            "unreachable",
            "connection refused",
            "connection reset",
            "could not connect",
            "network",
            "dns",
            "502",
            "503",
            "504",
        ]],
    ),
    (
        FailureCause::Data,
        &[&[
            "unexpected end of input",
            "not found",
            "no such file",
            "could not be read",
            "cannot be read",
            "invalid json",
            "parse error",
            "cannot be reproduced",
            "at hand",
            "disagree",
            "corrupt",
        ]],
    ),
    (
        FailureCause::Requirement,
        &[&[
            "unclear",
            "not clear",
            "clarif",
            "ambiguous",
            "requirement",
            "no owner",
            "which ",
            "should ",
            "decide",
            "specify",
            "?",
        ]],
    ),
];

impl FailureCause {
    /// Why `task` failed: what its source tells in `attention`, else what the words of its error tell, else
    /// [`FailureCause::Other`]; [`FailureCause::Untold`] where there is neither reason nor error.
    pub fn of(task: &TaskRecord) -> Self {
        let told = task.attention.iter().flatten().find_map(|reason| Self::of_reason(*reason));
        told.unwrap_or_else(|| Self::of_text(task.error.as_deref().unwrap_or_default()))
    }

    /// What the text of an error tells.
    ///
    /// ```
    /// use domain::insight::history::FailureCause;
    /// assert_eq!(FailureCause::of_text("3 of 148 checkout tests fail"), FailureCause::Tests);
    /// assert_eq!(FailureCause::of_text("Migration timed out on a lock"), FailureCause::Deployment);
    /// assert_eq!(FailureCause::of_text("Saved nothing and was taken back"), FailureCause::Other);
    /// assert_eq!(FailureCause::of_text("  "), FailureCause::Untold);
    /// ```
    pub fn of_text(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Self::Untold;
        }
        let word = |word: &&str| if is_code(word) { has_code(&text, word) } else { text.contains(word) };
        let holds = |lists: &[&[&str]]| lists.iter().all(|words| words.iter().any(word));
        WORDS.iter().find(|(_, lists)| holds(lists)).map_or(Self::Other, |(cause, _)| *cause)
    }

    /// What a reason that its source told stands for, where it is about a failure at all.
    const fn of_reason(reason: AttentionReason) -> Option<Self> {
        match reason {
            AttentionReason::FailingTests => Some(Self::Tests),
            AttentionReason::FailedDeployment => Some(Self::Deployment),
            AttentionReason::MissingCredentials | AttentionReason::ExpiredCredential => {
                Some(Self::Credentials)
            }
            AttentionReason::CostOrRisk => Some(Self::Cost),
            AttentionReason::UnclearRequirement => Some(Self::Requirement),
            AttentionReason::DeadSession => Some(Self::Session),
            _ => None,
        }
    }
}

/// Whether it is one that must stand alone: a status of HTTP, or a short word that others contain.
fn is_code(word: &str) -> bool {
    word.len() == 3
        && (word.bytes().all(|byte| byte.is_ascii_digit()) || matches!(word, "oom" | "dns" | "red"))
}

fn has_code(text: &str, code: &str) -> bool {
    text.split(|char: char| !char.is_alphanumeric()).any(|word| word == code)
}
