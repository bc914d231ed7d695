//! Fingerprints that stay the same from one process to the next, and from one version to the next.

use sha2::{Digest as _, Sha256};

/// The first eight bytes of SHA-256.
pub(crate) fn of(bytes: &[u8]) -> u64 {
    let digest = Sha256::digest(bytes);
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(first)
}

/// [`of`] in hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    format!("{:016x}", of(bytes))
}

/// The fingerprint of a value's JSON; 0 for what has none.
pub(crate) fn of_json(value: &impl serde::Serialize) -> u64 {
    serde_json::to_vec(value).map_or(0, |bytes| of(&bytes))
}
