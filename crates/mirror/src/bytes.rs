//! Numbers as bytes: LEB128, small ones short.

use crate::wire::WireError;

/// The most bytes that a number takes.
const MOST: u32 = 10;

/// Adds a number.
pub(crate) fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(low(value) | 0x80);
        value >>= 7;
    }
    out.push(low(value));
}

/// Its lowest seven bits.
fn low(value: u64) -> u8 {
    (value & 0x7F).to_le_bytes()[0]
}

/// A number of either sign as one without, small ones small.
#[expect(clippy::cast_sign_loss, reason = "the bits are what counts")]
pub(crate) fn folded(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

/// The number of either sign that was folded.
#[expect(clippy::cast_possible_wrap, reason = "the bits are what counts")]
pub(crate) fn unfolded(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Where the reading of some bytes is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    /// What is read, for errors.
    what: &'static str,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], what: &'static str) -> Self {
        Self { bytes, what }
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn byte(&mut self) -> Result<u8, WireError> {
        let (first, rest) = self.bytes.split_first().ok_or(WireError::Short(self.what))?;
        self.bytes = rest;
        Ok(*first)
    }

    pub(crate) fn number(&mut self) -> Result<u64, WireError> {
        let mut value = 0_u64;
        for place in 0..MOST {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7F);
            let shifted = bits.checked_shl(place * 7).filter(|shifted| shifted >> (place * 7) == bits);
            value |= shifted.ok_or(WireError::Number(self.what))?;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(WireError::Number(self.what))
    }

    pub(crate) fn signed(&mut self) -> Result<i64, WireError> {
        self.number().map(unfolded)
    }

    /// A number of things, of which each takes `least` bytes of what is left: nothing is made room for that is not there.
    pub(crate) fn count(&mut self, least: usize) -> Result<usize, WireError> {
        let count = usize::try_from(self.number()?).map_err(|_| WireError::Short(self.what))?;
        let needed = count.checked_mul(least).filter(|needed| *needed <= self.left());
        needed.map(|_| count).ok_or(WireError::Short(self.what))
    }

    /// The next bytes.
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], WireError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(WireError::Short(self.what))?;
        self.bytes = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut out = Vec::new();
            put(&mut out, value);
            assert_eq!(Reader::new(&out, "x").number(), Ok(value));
        }
        for value in [0, -1, 1, i64::MIN, i64::MAX] {
            assert_eq!(unfolded(folded(value)), value);
        }
    }

    #[test]
    fn a_number_that_is_none_is_refused() {
        assert_eq!(Reader::new(&[0xFF; 11], "x").number(), Err(WireError::Number("x")));
        assert_eq!(Reader::new(&[0x80], "x").number(), Err(WireError::Short("x")));
        assert_eq!(Reader::new(&[200, 200], "x").count(1), Err(WireError::Short("x")));
    }
}
