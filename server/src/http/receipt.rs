//! What became of lines that were sent, as the API answers it.

use domain::id::Seq;
use ingest::LineError;
use serde::Serialize;
use service::{Conflict, Receipt};

/// The answer to lines that were sent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    accepted: u64,
    duplicate: u64,
    conflicting: &'a [Conflict],
    rejected: &'a [LineError],
    warnings: &'a [LineError],
    seq: Option<Seq>,
    #[serde(skip_serializing_if = "Option::is_none")]
    omitted: Option<Omitted>,
}

/// How many findings are counted but not listed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Omitted {
    conflicting: u64,
    rejected: u64,
    warnings: u64,
}

/// The answer of the API. `omitted` is there only where something is.
pub(super) fn to_json(receipt: &Receipt) -> serde_json::Value {
    let omitted = Omitted {
        conflicting: receipt.conflicting.omitted(),
        rejected: receipt.rejected.omitted(),
        warnings: receipt.warnings.omitted(),
    };
    let any = omitted.conflicting + omitted.rejected + omitted.warnings > 0;
    let answer = Answer {
        accepted: receipt.accepted,
        duplicate: receipt.duplicate,
        conflicting: &receipt.conflicting.first,
        rejected: &receipt.rejected.first,
        warnings: &receipt.warnings.first,
        seq: receipt.seq,
        omitted: any.then_some(omitted),
    };
    // Plain numbers, texts and lists always have a JSON form.
    serde_json::to_value(answer).unwrap_or_default()
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
        assert!(to_json(&receipt).get("omitted").is_none());
        receipt.append(rejected(300));
        assert_eq!((receipt.rejected.first.len(), receipt.rejected.total), (1000, 1200));
        assert_eq!(to_json(&receipt)["omitted"]["rejected"], 200);
    }
}
