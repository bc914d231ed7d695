//! Chance that a seed decides: the same seed, the same telemetry, on every machine.

/// `SplitMix64`.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    /// The chance of one thing: what happens to it does not shift what happens to others.
    pub(crate) fn of(seed: u64, thing: u64) -> Self {
        Self(mix(seed ^ mix(thing.wrapping_add(0x0005_eed5_eed5_eed5))))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// `0..bound`; 0 if there is nothing to choose from.
    #[expect(clippy::cast_possible_truncation, reason = "the rest is below the bound")]
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next() % bound as u64) as usize }
    }

    /// `low..=high`.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// `0.0..1.0`.
    #[expect(clippy::cast_precision_loss, reason = "53 bits of it are kept")]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of them; nothing of nothing.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of them by its weight; nothing where no weight is above zero.
    pub(crate) fn weighted<T>(&mut self, from: impl Iterator<Item = (T, f64)> + Clone) -> Option<T> {
        let mut rest = self.unit() * from.clone().map(|(_, weight)| weight).sum::<f64>();
        let mut last = None;
        for (item, weight) in from.filter(|(_, weight)| *weight > 0.0) {
            rest -= weight;
            last = Some(item);
            if rest < 0.0 {
                break;
            }
        }
        last
    }
}

/// An even spread of the bits; no two numbers give the same.
pub(crate) fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// Forty bits that look like chance. Of numbers below 2^40, no two give the same.
pub(crate) fn scramble(number: u64, seed: u64) -> u64 {
    const MASK: u64 = (1 << 40) - 1;
    let mut bits = number.wrapping_add(mix(seed)) & MASK;
    for factor in [0x00a5_2f19_4d73_u64, 0x0063_9c0d_b5e9] {
        bits = bits.wrapping_mul(factor) & MASK;
        bits ^= bits >> 21;
    }
    bits
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_seed_decides_everything() {
        let draw = |seed| {
            let mut rng = Rng::of(seed, 3);
            (rng.next(), rng.between(3, 5), rng.unit().to_bits())
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn scrambled_numbers_stay_apart() {
        let seen: HashSet<u64> = (0..100_000).map(|number| scramble(number, 9)).collect();
        assert_eq!(seen.len(), 100_000);
        assert!(seen.iter().all(|bits| bits >> 40 == 0));
    }

    #[test]
    fn weights_count() {
        let mut rng = Rng::of(1, 1);
        let weights = [("never", 0.0), ("often", 9.0), ("seldom", 1.0)];
        let often = (0..1000).filter(|_| rng.weighted(weights.into_iter()) == Some("often")).count();
        assert!((850..950).contains(&often), "{often}");
        assert_eq!(rng.weighted([("never", 0.0)].into_iter()), None);
    }
}
