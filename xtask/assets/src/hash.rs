//! Content hashes: names of served files, keys of cached results.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// 48 bits in hex: short enough for a file name, and two contents of one name never meet by chance.
pub(crate) fn short<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        // The length keeps ["ab", "c"] and ["a", "bc"] apart.
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().take(6).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let one = short([b"ab".as_slice(), b"c"]);
        assert_eq!(one.len(), 12);
        assert_ne!(one, short([b"a".as_slice(), b"bc"]));
    }
}
