//! The budget file and the judgement over a figure.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

#[derive(Debug)]
pub(crate) struct Budget {
    /// What was measured when the budget was written last, in bytes.
    pub(crate) measured: u64,
    pub(crate) allowance_percent: u64,
    pub(crate) ceiling: u64,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Within,
    /// So much smaller that the budget should follow.
    Shrunk,
    Grown,
    AboveCeiling,
}

impl Budget {
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let json: Value =
            serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))?;
        let get =
            |key: &str| json[key].as_u64().with_context(|| format!("{}: `{key}` is missing", file.display()));
        Ok(Self {
            measured: get("measured")?,
            allowance_percent: get("allowancePercent")?,
            ceiling: get("ceiling")?,
        })
    }

    pub(crate) fn write(&self, file: &Path) -> Result<()> {
        let json = json!({
            "measured": self.measured,
            "allowancePercent": self.allowance_percent,
            "ceiling": self.ceiling,
        });
        let text = format!("{}\n", serde_json::to_string_pretty(&json)?);
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
    }

    pub(crate) fn limit(&self) -> u64 {
        self.measured + self.allowance()
    }

    pub(crate) fn judge(&self, total: u64) -> Verdict {
        if total > self.ceiling {
            Verdict::AboveCeiling
        } else if total > self.limit() {
            Verdict::Grown
        } else if total + self.allowance() < self.measured {
            Verdict::Shrunk
        } else {
            Verdict::Within
        }
    }

    fn allowance(&self) -> u64 {
        self.measured * self.allowance_percent / 100
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_judged_against_both_limits() {
        let budget = Budget { measured: 1000, allowance_percent: 5, ceiling: 1040 };
        for (total, verdict) in [
            (1000, Verdict::Within),
            (1040, Verdict::Within),
            (1041, Verdict::AboveCeiling),
            (950, Verdict::Within),
            (949, Verdict::Shrunk),
        ] {
            assert_eq!(budget.judge(total), verdict, "{total}");
        }
        let roomy = Budget { ceiling: 9000, ..budget };
        assert_eq!(roomy.judge(1050), Verdict::Within);
        assert_eq!(roomy.judge(1051), Verdict::Grown);
    }
}
