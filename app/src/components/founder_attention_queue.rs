//! The founder's attention queue: what needs the founder, the worst first, and deciding about it.

pub mod aside;
pub mod evidence;
pub mod further;
pub mod queue_row;

use domain::{attention::AttentionItem, insight::attention::AttentionQueue, task::TaskStatus};
use leptos::prelude::*;

use self::{aside::Aside, further::Further, queue_row::QueueRow};
use crate::{
    api::overview::{LISTED, ProductRef},
    components::{EmptyState, how_counted, product_link},
    format, links,
    ui::{self, IconName, More, Panel},
};

/// How many items stand open; the rest is one click away.
const SHOWN: usize = 9;

/// Where on the executive page it is.
pub(crate) const ANCHOR: &str = "#attention";

/// Everything that needs the founder: why, since when, what says so, and the decisions about it.
#[component]
pub fn FounderAttentionQueue(
    /// The queue as the founder left it.
    queue: AttentionQueue,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
    /// Whether all of it was asked for: what stands folded is open then.
    #[prop(optional)]
    whole: bool,
    /// Where on its page it is.
    #[prop(default = ANCHOR.trim_start_matches('#'))]
    anchor: &'static str,
    /// What came of the last decision.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let total = queue.total();
    let back = back(whole);
    let unlisted = queue.severities.total().saturating_sub(queue.items.len() as u64);
    let AttentionQueue { mut items, aside, beyond, .. } = queue;
    let further = items.split_off(items.len().min(LISTED));
    let rest = items.split_off(items.len().min(SHOWN));
    let body = if items.is_empty() {
        view! {
            <EmptyState
                icon=IconName::CircleCheck
                tone="ok"
                title="Nothing needs you"
                text="What is blocked, stuck or neglected, what failed over a deployment, tests, a credential or costs, and jobs that failed or did not run appear here, the worst first."
            />
        }
        .into_any()
    } else {
        rows("queue", items, products, back)
    };
    let more = (!rest.is_empty()).then(|| {
        let count = (rest.len() + further.len()) as u64 + unlisted;
        let summary = format!("{} more", format::number(count));
        view! {
            <More summary open=whole>
                {rows("queue, more", rest, products, back)}
                <Further rows=(!further.is_empty()).then(|| rows("queue, further", further, products, back)) unlisted/>
            </More>
        }
    });
    view! {
        <Panel
            title="Founder attention"
            id=anchor
            count=Some(format::number(total))
            actions=move || {
                view! {
                    <a class="btn" data-variant="ghost" data-size="sm" href=how_counted::anchor("attention") rel="external">
                        "How counted"
                        <span class="sr">": founder attention"</span>
                    </a>
                }
            }
        >
            {children.map(|children| view! { <div class="q-told">{children()}</div> })}
            {body}
            {more}
            {(!aside.is_empty()).then(|| view! { <Aside items=aside back/> })}
            <footer class="panel-foot">
                {(beyond > 0).then(|| view! { <Beyond count=beyond/> })}
                <a class="link q-log" href=links::AUDIT>
                    "Audit log"
                </a>
            </footer>
        </Panel>
    }
}

/// The page that a decision leads back to, with its fragment.
pub(crate) const fn back(whole: bool) -> &'static str {
    if whole { links::WHOLE_QUEUE } else { links::ATTENTION }
}

fn rows(
    list: &'static str,
    items: Vec<AttentionItem>,
    products: StoredValue<Vec<ProductRef>>,
    back: &'static str,
) -> AnyView {
    let row = move |item| view! { <QueueRow item products back/> }.into_any();
    // What a row shows: its item, by its product's name.
    let shows = move |item: &AttentionItem| {
        let product = item.product_id.as_ref().map(|id| product_link::known(id, products));
        (item.clone(), product)
    };
    view! { <ol class="queue">{ui::rows(list, items, shows, row)}</ol> }.into_any()
}

/// What is counted, but not listed.
#[component]
fn Beyond(count: u64) -> impl IntoView {
    let words = format::count(count, "more blocked or flagged task", "more blocked or flagged tasks");
    view! {
        <p>
            {format!("and {words} in the ")}
            <a class="link" href=links::tasks(TaskStatus::Blocked)>
                "ledger"
            </a>
        </p>
    }
}
