//! Counting lines.

/// How many lines end in these bytes.
pub(crate) fn line_ends(bytes: &[u8]) -> u64 {
    bytes.split(|byte| *byte == b'\n').count() as u64 - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ended_lines_count() {
        assert_eq!([&b""[..], b"a", b"a\n", b"\n\nb"].map(line_ends), [0, 0, 1, 2]);
    }
}
