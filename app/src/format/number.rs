//! Numbers.

/// `1,204`; from a million on `1.2 M`.
pub fn number(value: u64) -> String {
    if value >= 1_000_000 {
        return format!("{}.{} M", value / 1_000_000, value % 1_000_000 / 100_000);
    }
    match value {
        0..1_000 => value.to_string(),
        _ => format!("{},{:03}", value / 1_000, value % 1_000),
    }
}

/// `1 mission`, `1,204 missions`.
pub fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// A size on disk: `512 B`, `4.1 kB`, `12.4 MB`, `1.2 GB`.
pub fn bytes(value: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match units.into_iter().find(|(unit, _)| value >= *unit) {
        Some((unit, name)) => format!("{}.{} {name}", number(value / unit), value % unit / (unit / 10)),
        None => format!("{value} B"),
    }
}

/// A share from 0 to 1 in percent, without the sign: `94.2`. Only everything is `100`, only nothing is `0`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
pub fn percent(share: f64) -> String {
    if share <= 0.0 {
        return "0".to_owned();
    }
    if share >= 1.0 {
        return "100".to_owned();
    }
    let tenths = ((share * 1000.0).round() as u16).clamp(1, 999);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_large_ones_rounded_down() {
        let numbers = [0, 999, 1_204, 100_000, 999_999, 1_299_999].map(number);
        assert_eq!(numbers, ["0", "999", "1,204", "100,000", "999,999", "1.2 M"]);
    }

    #[test]
    fn sizes_are_told_in_the_largest_unit_that_fits() {
        let sizes = [0, 999, 4_196, 12_480_000, 999_999_999, 1_200_000_000, 2_400_000_000_000].map(bytes);
        assert_eq!(sizes, ["0 B", "999 B", "4.1 kB", "12.4 MB", "999.9 MB", "1.2 GB", "2,400.0 GB"]);
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(count(1, "day", "days"), "1 day");
        assert_eq!(count(0, "day", "days"), "0 days");
    }

    #[test]
    fn a_rate_never_claims_all_or_nothing_by_rounding() {
        let rates = [0.0, 0.0001, 0.942, 0.94, 0.99999, 1.0].map(percent);
        assert_eq!(rates, ["0", "0.1", "94.2", "94.0", "99.9", "100"]);
    }
}
