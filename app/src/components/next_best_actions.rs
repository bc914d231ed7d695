//! Next best actions: what Hermes can do by itself, and what only the founder can settle.

pub mod action_item;

use domain::insight::best_action::{BestAction, BestActions};
use leptos::prelude::*;

use self::action_item::ActionItem;
use crate::{
    api::overview::ProductRef,
    format,
    ui::{Icon, IconName, More, Panel},
};

/// How many actions of a class stand open; the rest is one click away.
const SHOWN: usize = 5;

/// The steps that would help most, in the two classes, each with its points and their arithmetic.
#[component]
pub fn NextBestActions(
    /// The actions, in their order.
    actions: BestActions,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let BestActions { automatic, founder } = actions;
    view! {
        <Panel title="Next best actions">
            <p class="nba-note">
                "The step with the most points comes first. Hermes cannot be told from here yet: each step leads to what it is about."
            </p>
            <div class="nba">
                <Class
                    icon=IconName::Zap
                    title="Hermes can do automatically"
                    empty="Nothing to retry, resume, check, run again or start. Steps that need no decision of yours appear here."
                    actions=automatic
                    products
                />
                <Class
                    icon=IconName::User
                    title="Needs founder decision"
                    empty="No decision is waiting for you. Approvals, credentials, answers and other steps that only you can take appear here."
                    actions=founder
                    products
                />
            </div>
        </Panel>
    }
}

#[component]
fn Class(
    icon: IconName,
    title: &'static str,
    empty: &'static str,
    actions: Vec<BestAction>,
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let count = format::number(actions.len() as u64);
    let mut open = actions;
    let rest = open.split_off(open.len().min(SHOWN));
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", format::number(rest.len() as u64));
        view! { <More summary>{list(rest, products)}</More> }
    });
    let body = if open.is_empty() {
        view! { <p class="nba-empty">{empty}</p> }.into_any()
    } else {
        list(open, products).into_any()
    };
    view! {
        <div>
            <h3>
                <Icon name=icon/>
                {title}
                <span class="count">{count}</span>
            </h3>
            {body}
            {more}
        </div>
    }
}

fn list(actions: Vec<BestAction>, products: StoredValue<Vec<ProductRef>>) -> impl IntoView {
    let item = move |action| view! { <ActionItem action products/> };
    view! { <ol>{actions.into_iter().map(item).collect_view()}</ol> }
}
