//! The deck: how Hermes is, what it did last, what comes next, and the figures.

pub mod action;
pub mod figures;
pub mod state;

use domain::{overview::OverviewAnswer, settings::Rules};
use leptos::prelude::*;

use self::{
    action::{LastActionCell, NextActionCell},
    figures::Figures,
    state::StateCell,
};
use crate::api::overview::ProductRef;

/// The thirteen figures of the executive page: status, last action and next action above, ten numbers below.
#[component]
pub fn HermesStatusCard(
    /// The figures.
    answer: StoredValue<OverviewAnswer>,
    /// The thresholds that they were made with.
    rules: StoredValue<Rules>,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let (status, reason, last, next) = answer.with_value(|answer| {
        let overview = &answer.overview;
        let reason = answer.status_reason.clone();
        (overview.status, reason, answer.last_action.clone(), answer.next_action.clone())
    });
    view! {
        <section class="deck" aria-label="Hermes now">
            <div class="deck-now">
                <StateCell status reason/>
                <LastActionCell last products/>
                <NextActionCell next products/>
            </div>
            <Figures answer rules/>
        </section>
    }
}
