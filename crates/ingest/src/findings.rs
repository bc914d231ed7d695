//! Findings in bounded memory: a flood of bad lines is counted, not kept.

/// The most findings of one sort that are listed.
pub const LISTED: usize = 1000;

/// Findings: all counted, the first [`LISTED`] kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings<T> {
    /// The first ones.
    pub first: Vec<T>,
    /// How many there are.
    pub total: u64,
}

impl<T> Default for Findings<T> {
    fn default() -> Self {
        Self { first: Vec::new(), total: 0 }
    }
}

impl<T> Findings<T> {
    /// Adds one.
    pub fn push(&mut self, found: T) {
        self.total += 1;
        if self.first.len() < LISTED {
            self.first.push(found);
        }
    }

    /// Adds those of `other`.
    pub fn append(&mut self, other: Self) {
        self.total += other.total;
        let room = LISTED - self.first.len();
        self.first.extend(other.first.into_iter().take(room));
    }

    /// How many are not listed.
    pub fn omitted(&self) -> u64 {
        self.total - self.first.len() as u64
    }
}

impl<T> FromIterator<T> for Findings<T> {
    fn from_iter<I: IntoIterator<Item = T>>(found: I) -> Self {
        let mut findings = Self::default();
        found.into_iter().for_each(|found| findings.push(found));
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_findings_is_counted_and_cut() {
        let mut findings: Findings<u64> = (0..900).collect();
        assert_eq!(findings.omitted(), 0);
        findings.append((0..3_000).collect());
        assert_eq!((findings.first.len(), findings.total, findings.omitted()), (1000, 3_900, 2_900));
    }
}
