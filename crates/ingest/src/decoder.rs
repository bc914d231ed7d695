//! Many lines at once.

use domain::telemetry::{Digest, Telemetry};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{Draft, Findings, LineError, clip::MAX_LINE_BYTES, native, redact};

/// Decodes lines of native telemetry for one store.
pub struct Decoder {
    digests: Hmac<Sha256>,
}

/// What came of many lines.
#[derive(Debug, Default)]
pub struct Decoded {
    /// What the good lines say, in their order.
    pub lines: Vec<Telemetry>,
    /// The numbers of the good lines.
    pub numbers: Vec<u64>,
    /// The lines that were not understood.
    pub rejected: Findings<LineError>,
    /// Parts of good lines that were not understood.
    pub warnings: Findings<LineError>,
}

impl Decoder {
    /// A decoder whose digests are keyed with `key`: they tell equal lines from changed ones within one store, and
    /// mean nothing to another.
    pub fn new(key: [u8; 32]) -> Self {
        // HMAC fills a short key up with zeros to the size of a block (RFC 2104).
        let mut block = [0; 64];
        block[..key.len()].copy_from_slice(&key);
        Self { digests: Hmac::new(&block.into()) }
    }

    /// Decodes the lines of `bytes`. `first` is the number of the first one, from 1. Empty lines are skipped.
    pub fn lines(&self, bytes: &[u8], first: u64) -> Decoded {
        let mut decoded = Decoded::default();
        for (number, line) in (first..).zip(bytes.split(|byte| *byte == b'\n')) {
            let line = line.trim_ascii();
            // A byte order mark is no part of the first line.
            let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            match self.line(line, number, &mut decoded.warnings) {
                Ok(telemetry) => {
                    decoded.lines.push(telemetry);
                    decoded.numbers.push(number);
                }
                Err(error) => decoded.rejected.push(error),
            }
        }
        decoded
    }

    /// Makes telemetry of a line that came as rows, not as bytes: digested as it came, then redacted and bounded.
    pub fn seal(&self, draft: Draft) -> Telemetry {
        let digest = self.digest(&draft.json());
        let mut telemetry = Telemetry { id: draft.id, ts: draft.ts, digest, body: draft.body };
        redact::scrub(&mut telemetry);
        telemetry
    }

    fn line(
        &self,
        line: &[u8],
        number: u64,
        warnings: &mut Findings<LineError>,
    ) -> Result<Telemetry, LineError> {
        let whole = |reason: String| LineError { line: number, field: "line".to_owned(), reason };
        if line.len() > MAX_LINE_BYTES {
            return Err(whole(format!(
                "longer than {MAX_LINE_BYTES} bytes; clip long outputs before they are sent"
            )));
        }
        let text = std::str::from_utf8(line)
            .map_err(|error| whole(format!("not UTF-8 at byte {}; send UTF-8 text", error.valid_up_to())))?;
        let mut telemetry = native::decode(text, self.digest(line), number, warnings)?;
        redact::scrub(&mut telemetry);
        Ok(telemetry)
    }

    fn digest(&self, line: &[u8]) -> Digest {
        let mut mac = self.digests.clone();
        mac.update(line);
        let full = mac.finalize().into_bytes();
        let mut digest = Digest::default();
        digest.copy_from_slice(&full[..16]);
        digest
    }
}
