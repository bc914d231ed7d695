//! Health and momentum in words: bands, and the arithmetic behind a score.

use domain::{
    insight::{
        health::{BLOCKED_POINTS, FAILURE_POINTS, Health, HealthBasis},
        momentum::Momentum,
    },
    settings::Rules,
};

/// A step of the arithmetic: what it is, how it is counted, and its points with their sign.
pub struct Step {
    /// What it is.
    pub name: &'static str,
    /// How it is counted.
    pub how: String,
    /// Its points with their sign: `− 12.0`.
    pub points: String,
}

/// The band of a score, as the style sheet knows it.
pub(crate) fn band(health: &Health) -> &'static str {
    match (health.basis, health.score) {
        (HealthBasis::Off, _) => "off",
        (_, None) => "unknown",
        (_, Some(..50)) => "poor",
        (_, Some(50..75)) => "fair",
        (_, Some(75..90)) => "good",
        (_, Some(90..)) => "great",
    }
}

/// The tone of a score's bar.
pub(crate) fn tone(score: Option<u8>) -> &'static str {
    match score {
        None => "idle",
        Some(..50) => "danger",
        Some(50..75) => "warn",
        Some(75..) => "ok",
    }
}

fn add(points: f64) -> String {
    format!("+ {points:.1}")
}

fn off(points: f64) -> String {
    format!("− {points:.1}")
}

/// The arithmetic of a health score; empty where it was not computed.
pub(crate) fn health_steps(health: &Health, rules: &Rules) -> Vec<Step> {
    let Some(parts) = health.parts else { return Vec::new() };
    let step = |name, how, points| Step { name, how, points };
    vec![
        step(
            "Reliability",
            format!(
                "100 × (C + 1) ÷ (C + F + 1): C {:.1} completed and F {:.1} failed in {} days, each counted the less the older it is",
                parts.completed, parts.failed, rules.rate_days,
            ),
            format!("{:.1}", parts.reliability),
        ),
        step("Blocked", format!("{BLOCKED_POINTS:.0} for each blocked task, 24 at most"), off(parts.blocked)),
        step(
            "Failures",
            format!(
                "{FAILURE_POINTS:.0} for each failure in {} days, counted the less the older it is, 20 at most",
                rules.recent_days,
            ),
            off(parts.failures),
        ),
        step(
            "Silence",
            format!("none up to {} days without activity, 20 after {}", rules.recent_days, rules.rate_days),
            off(parts.silence),
        ),
    ]
}

/// The arithmetic of a momentum score; empty where it is not known.
pub(crate) fn momentum_steps(momentum: &Momentum, rules: &Rules) -> Vec<Step> {
    let Some(parts) = momentum.parts else { return Vec::new() };
    let days = rules.neglect_days;
    let step = |name, how: String, points| Step { name, how, points };
    let weighted = format!("in {days} days, counted the less the older they are");
    vec![
        step("Completed", format!("60 × C ÷ (C + 4): C tasks {weighted}"), format!("{:.1}", parts.completed)),
        step("Running", "5 for each running task, 15 at most".to_owned(), add(parts.active)),
        step("Failed", format!("40 × F ÷ (F + 4): F tasks {weighted}"), off(parts.failed)),
        step("Fresh", format!("15 for activity now, none after {days} days"), add(parts.fresh)),
        step("Priority", "P0 10, P1 6, P2 3".to_owned(), add(parts.priority)),
    ]
}

/// A score and its parts on one line: `71: reliability 85.2 − blocked 6.0 − failures 8.2 − silence 0.0`.
pub(super) fn health_line(health: &Health) -> String {
    match (health.score, health.parts) {
        (Some(score), Some(parts)) => format!(
            "health {score}: reliability {:.1} − blocked {:.1} − failures {:.1} − silence {:.1}",
            parts.reliability, parts.blocked, parts.failures, parts.silence,
        ),
        (Some(score), None) => format!("health {score}, as its source tells it"),
        (None, _) => "health unknown: no task of it ended lately, and no source told a score".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bands_meet_at_50_75_and_90() {
        let of = |score| band(&Health { score, basis: HealthBasis::Computed, parts: None });
        let bands = [0, 49, 50, 74, 75, 89, 90, 100].map(|score| of(Some(score)));
        assert_eq!(bands, ["poor", "poor", "fair", "fair", "good", "good", "great", "great"]);
        assert_eq!(of(None), "unknown");
        assert_eq!(band(&Health { score: None, basis: HealthBasis::Off, parts: None }), "off");
    }
}
