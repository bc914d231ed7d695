//! What became of lines that were sent, as the API answers it.

use domain::id::Seq;
use ingest::LineError;
use serde::Serialize;
use service::Receipt;
use utoipa::ToSchema;

use crate::error::ErrorPart;

/// The answer to lines that were sent. Everything that it counts as accepted is durable.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Receipt)]
pub(super) struct Answer {
    /// Lines that were new and are stored.
    accepted: u64,
    /// Lines that were stored before.
    duplicate: u64,
    /// Lines whose id was stored before with other content; the first one stands.
    conflicting: Vec<Conflict>,
    /// Lines that were not understood.
    rejected: Vec<Finding>,
    /// Lines that were stored, but not all of what they said.
    warnings: Vec<Finding>,
    /// The place in the log at which all of them are to be seen; `null` where there was nothing to store.
    #[schema(required = true)]
    seq: Option<Seq>,
    /// There only where something is counted but not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    omitted: Option<Omitted>,
}

/// The answer where no line was understood.
#[derive(Serialize, ToSchema)]
#[schema(as = NothingUnderstood)]
pub(super) struct Refused {
    pub(super) error: ErrorPart,
    #[serde(flatten)]
    pub(super) answer: Answer,
}

/// A line whose id was stored before with other content.
#[derive(Serialize, ToSchema)]
struct Conflict {
    /// The line's number, from 1.
    line: u64,
    /// The line's id.
    id: String,
}

/// What is wrong with a line.
#[derive(Serialize, ToSchema)]
struct Finding {
    /// The line's number in what was sent, from 1.
    line: u64,
    /// The field, as a path: `event.level`. `line` where it is the line as a whole.
    field: String,
    /// What is wrong, and what to write instead.
    reason: String,
}

/// How many findings are counted but not listed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Omitted {
    conflicting: u64,
    rejected: u64,
    warnings: u64,
}

impl From<Receipt> for Answer {
    fn from(receipt: Receipt) -> Self {
        let omitted = Omitted {
            conflicting: receipt.conflicting.omitted(),
            rejected: receipt.rejected.omitted(),
            warnings: receipt.warnings.omitted(),
        };
        let any = omitted.conflicting + omitted.rejected + omitted.warnings > 0;
        let conflict = |found: service::Conflict| Conflict { line: found.line, id: found.id.to_string() };
        Self {
            accepted: receipt.accepted,
            duplicate: receipt.duplicate,
            conflicting: receipt.conflicting.first.into_iter().map(conflict).collect(),
            rejected: receipt.rejected.first.into_iter().map(Finding::from).collect(),
            warnings: receipt.warnings.first.into_iter().map(Finding::from).collect(),
            seq: receipt.seq,
            omitted: any.then_some(omitted),
        }
    }
}

impl From<LineError> for Finding {
    fn from(LineError { line, field, reason }: LineError) -> Self {
        Self { line, field, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejected(count: u64) -> Receipt {
        let error = |line| LineError { line, field: "line".into(), reason: "broken".into() };
        Receipt { rejected: (1..=count).map(error).collect(), ..Receipt::default() }
    }

    #[test]
    fn a_flood_of_findings_is_counted_and_cut() {
        let mut receipt = Receipt::default();
        receipt.append(rejected(900));
        assert!(Answer::from(receipt.clone()).omitted.is_none());
        receipt.append(rejected(300));
        assert_eq!((receipt.rejected.first.len(), receipt.rejected.total), (1000, 1200));
        assert_eq!(Answer::from(receipt).omitted.map(|omitted| omitted.rejected), Some(200));
    }
}
