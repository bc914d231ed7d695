//! What became of many lines, in bounded memory: everything is counted, the first ones are listed.

use domain::id::Seq;
use ingest::{Findings, LineError};
use serde::Serialize;
use service::{Conflict, Receipt};

/// What became of many lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines that were new and are stored.
    pub accepted: u64,
    /// Lines that were stored before.
    pub duplicate: u64,
    /// Lines whose id was stored before with other content.
    pub conflicting: Findings<Conflict>,
    /// Lines that were not understood.
    pub rejected: Findings<LineError>,
    /// Parts of stored lines that were not understood.
    pub warnings: Findings<LineError>,
    /// The last place in the log that these lines made.
    pub seq: Option<Seq>,
}

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

impl Tally {
    /// Adds what became of further lines.
    pub fn add(&mut self, receipt: Receipt) {
        self.accepted += receipt.accepted;
        self.duplicate += receipt.duplicate;
        self.conflicting.append(receipt.conflicting);
        self.rejected.append(receipt.rejected);
        self.warnings.append(receipt.warnings);
        self.seq = self.seq.max(receipt.seq);
    }

    /// Lines that were understood, whatever became of them.
    pub fn understood(&self) -> u64 {
        self.accepted + self.duplicate + self.conflicting.total
    }

    /// The answer of the API. `omitted` is there only where something is.
    pub fn to_json(&self) -> serde_json::Value {
        let omitted = Omitted {
            conflicting: self.conflicting.omitted(),
            rejected: self.rejected.omitted(),
            warnings: self.warnings.omitted(),
        };
        let any = omitted.conflicting + omitted.rejected + omitted.warnings > 0;
        let answer = Answer {
            accepted: self.accepted,
            duplicate: self.duplicate,
            conflicting: &self.conflicting.first,
            rejected: &self.rejected.first,
            warnings: &self.warnings.first,
            seq: self.seq,
            omitted: any.then_some(omitted),
        };
        // Plain numbers, texts and lists always have a JSON form.
        serde_json::to_value(answer).unwrap_or_default()
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
        let mut tally = Tally::default();
        tally.add(rejected(900));
        assert!(tally.to_json().get("omitted").is_none());
        tally.add(rejected(300));
        assert_eq!((tally.rejected.first.len(), tally.rejected.total), (1000, 1200));
        assert_eq!(tally.to_json()["omitted"]["rejected"], 200);
    }
}
