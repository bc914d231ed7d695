//! What a task took: tokens and money, by how sure its source is.

use domain::insight::execution::{Cost, Spend};
use leptos::prelude::*;

use crate::{
    components::Told,
    format,
    ui::{Fact, Facts, Panel, Unknown},
};

/// Tokens and costs of all attempts. Costs that are not equally sure are never added.
#[component]
pub fn Spent(
    /// What they took.
    spend: Spend,
) -> impl IntoView {
    let tokens = tokens(&spend).map_or_else(|| view! { <Unknown/> }.into_any(), IntoAny::into_any);
    let silent = (spend.silent > 0 && !spend.costs.is_empty()).then(|| {
        let words =
            format::count(spend.silent, "run does not say what it cost", "runs do not say what they cost");
        view! { <p class="t3">{words}</p> }
    });
    let apart = (spend.costs.len() > 1).then(|| {
        view! { <p class="t3">"They are not added: they are not equally sure."</p> }
    });
    let costs = if spend.costs.is_empty() {
        view! { <Unknown/> }.into_any()
    } else {
        spend.costs.iter().map(|cost| view! { <p>{cost_words(cost)}</p> }).collect_view().into_any()
    };
    view! {
        <Panel title="Tokens and cost">
            <div class="task-body">
                <Facts>
                    <Fact name="Tokens">{tokens}</Fact>
                    <Fact name="Cost">
                        <div>{costs} {apart} {silent}</div>
                    </Fact>
                </Facts>
            </div>
        </Panel>
    }
    .into_any()
}

/// `$1.84 actual`, with what the word means on hover.
pub(super) fn cost_words(cost: &Cost) -> impl IntoView + use<> {
    let (word, meaning) = match cost.sure.as_deref() {
        None => (
            "how sure is not told".to_owned(),
            "Its source does not say whether this was charged or estimated.",
        ),
        Some("actual") => ("actual".to_owned(), "What was charged."),
        Some("estimated") => ("estimated".to_owned(), "Worked out from tokens and a price list."),
        Some("included") => {
            ("included in a plan".to_owned(), "Covered by a subscription: nothing was charged for it.")
        }
        Some(other) => (other.to_owned(), "In its source's own word."),
    };
    view! {
        <span class="cost" title=meaning>
            {dollars(cost.usd)}
            <span class="t3">
                <Told text=word/>
            </span>
        </span>
    }
    .into_any()
}

/// `12,739 in, 753 out`
pub(super) fn tokens(spend: &Spend) -> Option<String> {
    let part = |value: Option<f64>, word: &str| {
        value.map(|value| format!("{} {word}", format::number(whole(value))))
    };
    let parts: Vec<String> =
        [part(spend.input_tokens, "in"), part(spend.output_tokens, "out")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and negative counts are 0"
)]
fn whole(value: f64) -> u64 {
    value as u64
}

/// `$1.84`; what is under a cent to a hundredth of one.
fn dollars(usd: f64) -> String {
    if usd != 0.0 && usd.abs() < 0.01 { format!("${usd:.4}") } else { format!("${usd:.2}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_costs_are_not_rounded_to_nothing() {
        assert_eq!([0.0, 0.0042, 1.837, 120.0].map(dollars), ["$0.00", "$0.0042", "$1.84", "$120.00"]);
    }

    #[test]
    fn tokens_are_told_as_far_as_they_are_known() {
        let spend = |input_tokens, output_tokens| Spend { input_tokens, output_tokens, ..Spend::default() };
        assert_eq!(tokens(&spend(Some(12_739.0), Some(753.0))).as_deref(), Some("12,739 in, 753 out"));
        assert_eq!(tokens(&spend(None, Some(1.0))).as_deref(), Some("1 out"));
        assert_eq!(tokens(&spend(None, None)), None);
    }
}
