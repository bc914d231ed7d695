//! Active missions: what Hermes is doing now.

pub mod mission_item;

use std::hash::Hash;

use domain::{overview::Mission, task::TaskStatus};
use leptos::prelude::*;

use self::mission_item::MissionItem;
use crate::{
    api::overview::ProductRef,
    components::{EmptyState, product_link},
    format, links,
    ui::{IconName, Panel, rows},
};

/// How many missions stand on the page; the ledger has all.
const SHOWN: usize = 12;

/// The running tasks: how far, at which step, since when, how much longer, by whom.
#[component]
pub fn ActiveTasksPanel(
    /// The missions, in their order.
    missions: Vec<Mission>,
    /// How many tasks run; there may be more than `missions` lists.
    total: u64,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let all = links::tasks(TaskStatus::Running);
    let more = total.saturating_sub(missions.len().min(SHOWN) as u64);
    let head = all.clone();
    let body = if missions.is_empty() {
        view! {
            <EmptyState
                icon=IconName::CirclePause
                title="Nothing is running"
                text="Hermes has no task at work. The next one that starts appears here, with its step and its progress."
            />
        }
        .into_any()
    } else {
        let item = move |mission: Mission| view! { <MissionItem mission products/> }.into_any();
        let shown: Vec<_> = missions.into_iter().take(SHOWN).collect();
        view! { <ol class="missions">{rows("missions", shown, move |mission| shows(mission, products), item)}</ol> }
            .into_any()
    };
    view! {
        <Panel
            title="Active missions"
            count=Some(format::number(total))
            actions=move || {
                view! {
                    <a class="btn" data-variant="ghost" data-size="sm" href=head>
                        "View all"
                        <span class="sr">" active missions"</span>
                    </a>
                }
            }
        >
            {body}
            {(more > 0)
                .then(|| {
                    view! {
                        <footer class="panel-foot">
                            <a class="link" href=all>
                                {format!("{} more", format::number(more))}
                            </a>
                        </footer>
                    }
                })}
        </Panel>
    }
}

/// What an item says: while that stays, so does the item. Of an estimate only its words count, which change seldom.
fn shows(mission: &Mission, products: StoredValue<Vec<ProductRef>>) -> impl Hash + use<> {
    let Mission { task, remaining_ms, quiet } = mission;
    let step = (task.current_step.clone(), task.progress_percent.map(|percent| percent.get().to_bits()));
    let about = (
        task.product_id.clone(),
        product_link::known(&task.product_id, products),
        task.assigned_agent.clone(),
        task.priority,
    );
    let times = (task.started_at, quiet.then_some(task.last_activity_at), remaining_ms.map(format::about));
    (task.id.clone(), task.title.clone(), task.inferred.clone(), step, about, times)
}
