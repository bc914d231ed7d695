//! `/hermes/audit`: what the founder decided, by whom and when, and taking it back.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::decided::Decided;
use crate::{
    api::decisions::{self, audit_page},
    components::{AuditLog, ErrorState, LoadingSkeleton},
    links,
    state::live::{Pace, Topics, followed},
    state::{Clock, here},
};

/// `/hermes/audit`
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    // What was just decided is part of the question: the log is another after it.
    let asked = here(links::AUDIT, move || {
        query.with(|query| {
            let page = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1_u32);
            (page, query.get("decided"), query.get("refused"))
        })
    });
    let page = followed(move || asked.get(), |(page, ..)| audit_page(page), Topics::DECISIONS, Pace::AtOnce);
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => view! { <Log page/> }.into_any(),
                Err(error) => view! {
                    <section class="panel" aria-label="Decisions">
                        <ErrorState
                            what="The audit log"
                            unaffected="What was decided is stored, and nothing in the log is ever deleted."
                            error
                        />
                    </section>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Audit log"/>
        <Decided back=links::AUDIT/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the audit log" rows=6/>
                </div>
            }
        }>{body}</Transition>
    }
}

#[component]
fn Log(page: decisions::AuditPage) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone));
    view! { <AuditLog entries=page.entries/> }
}
