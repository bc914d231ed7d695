//! What the runs of a product cost, by how sure that is.

use domain::facts::product_work::CostSum;
use leptos::prelude::*;

use crate::{components::Told, format, ui::Panel};

/// What a source's word about a cost means.
fn meaning(status: Option<&str>) -> &'static str {
    match status {
        Some("actual") => "billed, as the provider told",
        Some("estimated") => "about: by list prices",
        Some("included") => "worth it, but part of a plan: not billed",
        _ => "how sure it is, nobody told",
    }
}

/// Sums; each is told apart from the others.
#[component]
pub fn Costs(
    /// The sums.
    costs: Vec<CostSum>,
    /// How many runs there are.
    runs: u64,
) -> impl IntoView {
    let told: u64 = costs.iter().map(|cost| cost.runs).sum();
    let silent = runs.saturating_sub(told);
    let row = |cost: CostSum| {
        let about = if cost.status.as_deref() == Some("actual") { "" } else { "about " };
        let what = meaning(cost.status.as_deref());
        let status = cost.status.unwrap_or_else(|| "unknown".to_owned());
        view! {
            <div>
                <dt>
                    <Told text=status/>
                </dt>
                <dd>
                    <b>{about} {dollars(cost.micro_usd)}</b>
                    <span class="t3 sm">{format!("{what}, {}", format::count(cost.runs, "run", "runs"))}</span>
                </dd>
            </div>
        }
    };
    let body = if costs.is_empty() {
        let text =
            if runs == 0 { "No run of its tasks was told." } else { "None of its runs told what it cost." };
        view! { <p class="panel-line t3">{text}</p> }.into_any()
    } else {
        let silent = (silent > 0).then(|| {
            let words = format::count(silent, "run told no cost", "runs told no cost");
            view! { <p class="panel-line t3 sm">{words} ": what they cost is unknown, so the sums are lower bounds."</p> }
        });
        view! {
            <dl class="pl-costs">{costs.into_iter().map(row).collect::<Vec<_>>()}</dl>
            {silent}
        }
        .into_any()
    };
    view! {
        <Panel title="Cost" count=Some(format::count(runs, "run", "runs"))>
            {body}
        </Panel>
    }
    .into_any()
}

/// `$4.12`; below a cent `< $0.01`.
fn dollars(micros: i64) -> String {
    let cents = micros.div_euclid(10_000);
    match micros {
        0 => "$0".to_owned(),
        1..10_000 => "< $0.01".to_owned(),
        _ => {
            let whole = u64::try_from(cents.div_euclid(100)).unwrap_or(0);
            format!("${}.{:02}", format::number(whole), cents.rem_euclid(100))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_never_rounded_up_and_never_nothing_where_there_is_some() {
        let sums = [0, 9_999, 10_000, 4_129_999, 1_204_000_000].map(dollars);
        assert_eq!(sums, ["$0", "< $0.01", "$0.01", "$4.12", "$1,204.00"]);
    }
}
