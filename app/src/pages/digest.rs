//! `/hermes/history/digest`: one week, to read and to pass on.

use leptos::prelude::*;
use leptos_meta::Title;

use super::decided::parameter;
use crate::{
    api::history::{self, digest_page},
    components::{
        ErrorState, LoadingSkeleton, Told,
        weekly_digest::{DigestFigures, section::DigestSection},
    },
    format, links,
    state::Clock,
    state::live::{Pace, Topics, followed},
    ui::{Icon, IconName, Notice, Panel},
};

/// `/hermes/history/digest`
#[component]
pub fn DigestPage() -> impl IntoView {
    let week = parameter("week");
    let page =
        followed(move || week.get().unwrap_or_default(), digest_page, Topics::FIGURES, Pace::AtLeisure);
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(page) => view! { <Digest page/> }.into_any(),
                Err(error) => view! {
                    <section class="panel" aria-label="Weekly digest">
                        <ErrorState what="The digest" unaffected="What happened is stored all the same." error/>
                        <p class="bar-note">
                            <a href=links::DIGEST>"Show the present week"</a>
                        </p>
                    </section>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Weekly digest"/>
        <Transition fallback=|| {
            view! {
                <div class="panel">
                    <LoadingSkeleton label="the digest" rows=8/>
                </div>
            }
        }>{body}</Transition>
    }
}

#[component]
fn Digest(page: history::DigestPage) -> impl IntoView {
    provide_context(Clock::start(page.now, page.zone));
    let step = |week: Option<String>, words: &'static str| {
        week.map(|week| view! { <a class="btn" href=links::digest(&week)>{words}</a> })
    };
    let other = |path: &str, words: &'static str, icon| {
        let href = format!("{path}?week={}", page.head.week);
        view! {
            // Not a page of the app: the browser must fetch it.
            <a class="btn" href=href rel="external">
                <Icon name=icon/>
                {words}
            </a>
        }
    };
    let files = view! {
        {other("/api/v1/digest.md", "Markdown", IconName::FileText)}
        {other("/api/v1/digest", "JSON", IconName::Braces)}
    };
    let number = |items: usize| format::number(items as u64);
    let listed = page.failed.len() as u64;
    let rest = (listed < page.failed_total)
        .then(|| format!("{} failed in all; these are the latest.", format::number(page.failed_total)));
    let shipped = if page.shipped_more {
        format!("the latest {}", page.shipped.len())
    } else {
        number(page.shipped.len())
    };
    let present = page.blocked.map(|blocked| {
        view! {
            <DigestSection
                title="Blocked now"
                count=number(blocked.len())
                items=blocked
                none="Nothing is blocked."
            />
            <DigestSection
                title="Recommended: you"
                count=number(page.founder.len())
                items=page.founder
                none="Nothing waits for you."
            />
            <DigestSection
                title="Recommended: Hermes"
                count=number(page.automatic.len())
                items=page.automatic
                none="Nothing is proposed."
            />
        }
    });
    let past = (!page.head.current).then(|| {
        view! {
            <Notice tone="accent" icon=IconName::CircleQuestion title="This week is over.">
                "What was blocked at its end, and what was recommended then, is not kept."
            </Notice>
        }
    });
    let known = page.known.map(|known| {
        view! {
            <Notice tone="accent" icon=IconName::CircleQuestion title="This is not all of the week.">
                {known}
            </Notice>
        }
    });
    let advanced = page.advanced.into_iter().map(|(name, href)| {
        view! {
            <li>
                <a class="quiet-link" href=href>
                    <Told text=name/>
                </a>
            </li>
        }
    });
    let count = number(advanced.len());
    let advanced = if advanced.len() == 0 {
        view! { <p class="bar-note">"No product had a task completed."</p> }.into_any()
    } else {
        view! { <ul class="digest-products">{advanced.collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="hist-bar">
            <a class="btn" data-variant="ghost" href=links::HISTORY>
                "All of the history"
            </a>
            {step(page.earlier, "Week before")}
            {step(page.later, "Week after")}
            <span class="hist-words">{page.head.week.clone()}</span>
            {files}
        </div>
        {past}
        {known}
        <Panel title="The week" count=Some(page.head.words)>
            <DigestFigures figures=page.head.figures/>
        </Panel>
        <div class="split" data-cols="1-1">
            <div class="digest-col">
                <DigestSection
                    title="Shipped"
                    count=shipped
                    items=page.shipped
                    none="Nothing was deployed or released."
                />
                <Panel title="Products advanced" count=Some(count)>
                    {advanced}
                </Panel>
            </div>
            <div class="digest-col">
                <DigestSection
                    title="Failed"
                    count=format::number(page.failed_total)
                    items=page.failed
                    none="No task failed."
                    rest
                />
                {present}
            </div>
        </div>
    }
    .into_any()
}
