//! How long the bars are.

/// How often the longest may be the next one before it is drawn broken.
const OFF_SCALE: u64 = 4;

/// The bar of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// 0 to 100.
    pub percent: u64,
    /// Whether the value is beyond the scale: the bar is broken.
    pub broken: bool,
}

/// The bars of some values: the longest is 100 %. Where it is more than four times the next one, it would leave nothing of
/// the others: it is drawn broken, and the next one gives the scale.
pub(super) fn scale(values: &[u64]) -> Vec<Bar> {
    let mut sorted: Vec<u64> = values.iter().copied().filter(|value| *value > 0).collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let top = match *sorted {
        [first, second, ..] if first > second.saturating_mul(OFF_SCALE) => second,
        [first, ..] => first,
        [] => 1,
    };
    let bar = |value: &u64| Bar { percent: (value.saturating_mul(100) / top).min(100), broken: *value > top };
    values.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percents(values: &[u64]) -> Vec<(u64, bool)> {
        scale(values).into_iter().map(|bar| (bar.percent, bar.broken)).collect()
    }

    #[test]
    fn the_longest_is_all_of_the_bar() {
        assert_eq!(percents(&[7, 14, 0]), [(50, false), (100, false), (0, false)]);
        assert_eq!(percents(&[0, 0]), [(0, false), (0, false)]);
        assert_eq!(percents(&[9]), [(100, false)]);
    }

    #[test]
    fn what_is_beyond_the_scale_is_broken_and_leaves_the_others_readable() {
        assert_eq!(percents(&[1_204, 14, 7]), [(100, true), (100, false), (50, false)]);
        assert_eq!(percents(&[56, 14]), [(100, false), (25, false)]);
        assert_eq!(percents(&[u64::MAX, 1]), [(100, true), (100, false)]);
    }
}
