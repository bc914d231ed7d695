//! What came of the last form, as the page that it led back to tells it.

use domain::decision::AuditEntry;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    api::decisions::{self, decided},
    components::decide::{RefusedNotice, UndoNotice},
    state::Clock,
};

/// The parameter of the page's address.
pub(super) fn parameter(name: &'static str) -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get(name)))
}

/// What was just decided, or why it was not: by `?decided=` and `?refused=`. Nothing where neither is there.
#[component]
pub fn Decided(
    /// The page that it stands on, with its fragment: where undoing leads back to.
    back: &'static str,
) -> impl IntoView {
    let (id, refused) = (parameter("decided"), parameter("refused"));
    let entry = Resource::new(
        move || id.with(|id| id.as_ref().and_then(|id| id.parse().ok())),
        |id: Option<u64>| async move {
            match id {
                Some(id) => decided(id).await,
                None => Ok(None),
            }
        },
    );
    let notice = move || {
        Suspend::new(async move {
            // Where it cannot be told, the page itself tells why.
            let made = entry.await.ok().flatten()?;
            Some(view! { <Made made back/> })
        })
    };
    view! {
        {move || refused.get().map(|why| view! { <RefusedNotice why/> })}
        <Transition>{notice}</Transition>
    }
}

#[component]
fn Made(made: decisions::Decided, back: &'static str) -> impl IntoView {
    let can_undo = made.entry.can_be_undone(made.now);
    provide_context(Clock::start(made.now, made.zone));
    view! { <UndoNotice entry=made.entry can_undo back/> }
}

/// The same where the page's own answer brings the entry: both change at once. Needs the page's [`Clock`].
#[component]
pub fn Outcome(
    /// The entry that the form made.
    entry: Option<AuditEntry>,
    /// The page that it stands on, with its fragment: where undoing leads back to.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let refused = parameter("refused");
    let now = use_context::<Clock>().map(|clock| clock.started());
    let made = entry.map(|entry| {
        let can_undo = now.map_or(entry.in_force, |now| entry.can_be_undone(now));
        view! { <UndoNotice entry can_undo back/> }
    });
    view! {
        {move || refused.get().map(|why| view! { <RefusedNotice why/> })}
        {made}
    }
}
