//! A part of a digest: tasks or actions, each leading to what it is about.

use leptos::prelude::*;

use crate::{
    api::history::DigestItem,
    components::{Moment, Told},
    ui::Panel,
};

/// A list of a digest, or why there is nothing in it.
#[component]
pub fn DigestSection(
    /// What it lists.
    title: &'static str,
    /// How many there are.
    count: String,
    /// The entries.
    items: Vec<DigestItem>,
    /// What is said where there are none.
    none: &'static str,
    /// What is said of those that are not listed.
    #[prop(optional_no_strip)]
    rest: Option<String>,
) -> impl IntoView {
    let item = |item: DigestItem| {
        view! {
            <li class="digest-item">
                <div class="digest-line">
                    {item.verb.map(|verb| view! { <span class="digest-verb">{verb}</span> })}
                    <a class="quiet-link" href=item.href>
                        <Told text=item.title/>
                    </a>
                    {item.at.map(|at| view! { <span class="digest-at"><Moment at/></span> })}
                </div>
                {item
                    .product
                    .map(|product| {
                        view! {
                            <p class="digest-note">
                                <Told text=product/>
                            </p>
                        }
                    })}
                {item
                    .text
                    .map(|text| {
                        view! {
                            <p class="digest-text">
                                <Told text/>
                            </p>
                        }
                    })}
            </li>
        }
    };
    let body = if items.is_empty() {
        view! { <p class="bar-note">{none}</p> }.into_any()
    } else {
        view! { <ul>{items.into_iter().map(item).collect_view()}</ul> }.into_any()
    };
    view! {
        <Panel title count=Some(count)>
            {body}
            {rest.map(|rest| view! { <p class="bar-note">{rest}</p> })}
        </Panel>
    }
    .into_any()
}
