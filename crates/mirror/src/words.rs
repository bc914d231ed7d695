//! The words of rows: which rows have a word that begins as one does.
//!
//! Rows stand in blocks of [`BLOCK`]; each has its words in order, with the rows that have each. A block is made in one
//! piece, small enough for a moment of idle time, and made anew where many of its rows changed. Until then those that
//! changed are looked at one by one, so an answer is right at any time, and merely slower before a block is made.

use std::collections::HashMap;

use domain::text;

/// Rows a block.
pub(crate) const BLOCK: usize = 4_096;

/// With more rows than that changed, a block is made anew.
const STALE: usize = 128;

/// Answers that are kept: those of the words that are being typed.
const KEPT: usize = 12;

/// Which rows have a word, a bit a row.
pub(crate) type Bits = Vec<u64>;

const NO_BITS: &Bits = &Vec::new();

/// The words of all rows.
#[derive(Debug, Default)]
pub(crate) struct Index {
    blocks: Vec<Block>,
    /// The last answers, the newest last.
    kept: Vec<(String, Bits)>,
}

#[derive(Debug, Default)]
struct Block {
    /// Its words in order, in one text.
    blob: String,
    ends: Vec<u32>,
    /// Where the rows of each word end.
    upto: Vec<u32>,
    rows: Vec<u16>,
    /// How many of its rows it knows.
    known: usize,
    /// Of those, the ones that changed since.
    stale: Vec<u16>,
}

impl Index {
    /// Notes that a row came, or that it has other words.
    pub(crate) fn note(&mut self, row: u32) {
        self.kept.clear();
        let (block, row) = (row as usize / BLOCK, row as usize % BLOCK);
        while self.blocks.len() <= block {
            self.blocks.push(Block::default());
        }
        if let (Some(block), Ok(place)) = (self.blocks.get_mut(block), u16::try_from(row))
            && row < block.known
            && !block.stale.contains(&place)
        {
            block.stale.push(place);
        }
    }

    /// A block that is to be made, of so many rows in all.
    pub(crate) fn unmade(&self, rows: usize) -> Option<usize> {
        let of = |block: usize| rows.saturating_sub(block * BLOCK).min(BLOCK);
        (0..self.blocks.len()).find(|at| {
            let Some(block) = self.blocks.get(*at) else { return false };
            block.stale.len() > STALE || of(*at) > block.known + STALE || block.known == 0
        })
    }

    /// Makes a block, of so many rows in all. `each` hands over the texts of a row.
    pub(crate) fn make(&mut self, block: usize, rows: usize, each: impl Fn(u32, &mut dyn FnMut(&str))) {
        let first = block * BLOCK;
        let known = rows.saturating_sub(first).min(BLOCK);
        let mut places: HashMap<Box<str>, u32> = HashMap::new();
        let mut of_word: Vec<Vec<u16>> = Vec::new();
        for place in 0..known {
            let (Ok(row), Ok(place)) = (u32::try_from(first + place), u16::try_from(place)) else { continue };
            each(row, &mut |text| {
                text::each_text_token(text, |word| {
                    let at = if let Some(at) = places.get(word) {
                        *at as usize
                    } else {
                        let at = of_word.len();
                        places.insert(word.into(), u32::try_from(at).unwrap_or(u32::MAX));
                        of_word.push(Vec::new());
                        at
                    };
                    if let Some(rows) = of_word.get_mut(at).filter(|rows| rows.last() != Some(&place)) {
                        rows.push(place);
                    }
                });
            });
        }
        let mut words: Vec<(Box<str>, u32)> = places.into_iter().collect();
        words.sort_unstable();
        let mut made = Block { known, ..Block::default() };
        for (word, at) in words {
            made.blob.push_str(&word);
            made.ends.push(u32::try_from(made.blob.len()).unwrap_or(u32::MAX));
            made.rows.extend_from_slice(of_word.get(at as usize).map_or(&[][..], Vec::as_slice));
            made.upto.push(u32::try_from(made.rows.len()).unwrap_or(u32::MAX));
        }
        made.blob.shrink_to_fit();
        made.rows.shrink_to_fit();
        if let Some(block) = self.blocks.get_mut(block) {
            *block = made;
        }
    }

    /// The rows, of so many in all, that have a word beginning with `word`. `has` looks at a row itself.
    pub(crate) fn find(&mut self, word: &str, rows: usize, has: impl Fn(u32) -> bool) -> &Bits {
        if let Some(at) = self.kept.iter().position(|(kept, _)| kept == word) {
            let kept = self.kept.remove(at);
            self.kept.push(kept);
        } else {
            if self.kept.len() >= KEPT {
                self.kept.remove(0);
            }
            let bits = self.look_up(word, rows, has);
            self.kept.push((word.to_owned(), bits));
        }
        self.kept.last().map_or(NO_BITS, |(_, bits)| bits)
    }

    fn look_up(&self, word: &str, rows: usize, has: impl Fn(u32) -> bool) -> Bits {
        let mut bits = vec![0_u64; rows.div_ceil(64)];
        let mut set = |row: usize, on: bool| {
            if let Some(bits) = bits.get_mut(row / 64) {
                let bit = 1 << (row % 64);
                *bits = if on { *bits | bit } else { *bits & !bit };
            }
        };
        for first in (0..rows).step_by(BLOCK) {
            let block = self.blocks.get(first / BLOCK);
            for place in block.map_or(&[][..], |block| block.find(word)) {
                set(first + usize::from(*place), true);
            }
            let known = block.map_or(0, |block| block.known);
            let stale =
                block.map_or(&[][..], |block| block.stale.as_slice()).iter().map(|place| usize::from(*place));
            let end = (rows - first).min(BLOCK);
            for place in stale.chain(known..end) {
                let row = first + place;
                set(row, u32::try_from(row).is_ok_and(&has));
            }
        }
        bits
    }

    pub(crate) fn memory(&self) -> usize {
        let block = |block: &Block| {
            block.blob.capacity()
                + (block.ends.capacity() + block.upto.capacity()) * size_of::<u32>()
                + block.rows.capacity() * size_of::<u16>()
        };
        let kept: usize = self.kept.iter().map(|(_, bits)| bits.capacity() * size_of::<u64>()).sum();
        self.blocks.iter().map(block).sum::<usize>() + kept
    }
}

impl Block {
    fn word(&self, at: usize) -> &str {
        let begin = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end);
        let end = self.ends.get(at).map_or(begin, |end| *end);
        self.blob.get(begin as usize..end as usize).unwrap_or_default()
    }

    /// The rows of the words that begin so. A row may come more than once.
    fn find(&self, word: &str) -> &[u16] {
        let first = self.first(|known| known < word);
        let end = self.first(|known| known < word || known.starts_with(word));
        let upto =
            |at: usize| at.checked_sub(1).and_then(|at| self.upto.get(at)).map_or(0, |end| *end as usize);
        self.rows.get(upto(first)..upto(end)).unwrap_or_default()
    }

    /// The first word of which that is not so; it is so of all before it.
    fn first(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if is_before(self.word(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}
