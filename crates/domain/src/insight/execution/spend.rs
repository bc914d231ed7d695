//! What the runs of a task took: tokens, and money by how sure its source is of it.

use serde::{Deserialize, Serialize};

use crate::run::Run;

/// Costs that are equally sure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cost {
    /// How sure they are, in the source's own word; `None` where it does not say.
    pub sure: Option<String>,
    /// Their sum, in US dollars.
    pub usd: f64,
    /// Of how many runs.
    pub runs: u64,
}

/// What the runs of a task took.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Spend {
    /// Tokens that were sent; `None` where no run says so.
    pub input_tokens: Option<f64>,
    /// Tokens that came back; `None` where no run says so.
    pub output_tokens: Option<f64>,
    /// Costs, those of one certainty together: an estimate is never added to what was charged.
    pub costs: Vec<Cost>,
    /// Runs that do not say what they cost.
    pub silent: u64,
}

/// What the runs took, told together as far as it may be added.
pub fn spend(runs: &[Run]) -> Spend {
    let mut spend = Spend::default();
    for run in runs {
        let metric = |name: &str| {
            run.metrics
                .as_ref()
                .and_then(|metrics| metrics.get(name))
                .copied()
                .filter(|value| value.is_finite())
        };
        for (sum, name) in
            [(&mut spend.input_tokens, "inputTokens"), (&mut spend.output_tokens, "outputTokens")]
        {
            if let Some(value) = metric(name) {
                *sum = Some(sum.unwrap_or(0.0) + value);
            }
        }
        let Some(usd) = metric("costUsd") else {
            spend.silent += 1;
            continue;
        };
        match spend.costs.iter_mut().find(|cost| cost.sure == run.cost_status) {
            Some(cost) => {
                cost.usd += usd;
                cost.runs += 1;
            }
            None => spend.costs.push(Cost { sure: run.cost_status.clone(), usd, runs: 1 }),
        }
    }
    spend
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::RunId, run::RunRecord};

    fn run(usd: Option<f64>, sure: Option<&str>, input: Option<f64>) -> Run {
        let mut record = RunRecord::placeholder(RunId::new("r").unwrap(), chrono::DateTime::UNIX_EPOCH);
        let metrics = [("costUsd", usd), ("inputTokens", input)];
        let told = metrics.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        record.metrics = Some(told.collect());
        record.cost_status = sure.map(ToOwned::to_owned);
        record.into()
    }

    #[test]
    fn an_estimate_is_never_added_to_what_was_charged() {
        let runs = [
            run(Some(1.5), Some("actual"), Some(10.0)),
            run(Some(2.0), Some("estimated"), None),
            run(Some(0.5), Some("actual"), Some(5.0)),
            run(Some(4.0), None, None),
            run(None, Some("included"), None),
        ];
        let spend = spend(&runs);
        let costs: Vec<_> =
            spend.costs.iter().map(|cost| (cost.sure.as_deref(), cost.usd, cost.runs)).collect();
        assert_eq!(costs, [(Some("actual"), 2.0, 2), (Some("estimated"), 2.0, 1), (None, 4.0, 1)]);
        assert_eq!((spend.silent, spend.input_tokens, spend.output_tokens), (1, Some(15.0), None));
    }
}
