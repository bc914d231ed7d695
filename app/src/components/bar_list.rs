//! A list of bars: names, lengths, numbers. Text first, so it reads the same without the bars.

use leptos::prelude::*;

use crate::{api::history::BarView, components::Told};

/// Names with bars and numbers, the longest bar all of the width.
#[component]
pub fn BarList(
    /// The bars.
    bars: Vec<BarView>,
    /// The tone that they are painted in.
    tone: &'static str,
) -> impl IntoView {
    let bar = |bar: BarView| {
        let name = match bar.href {
            Some(href) => view! {
                <a class="quiet-link trunc" href=href>
                    <Told text=bar.label/>
                </a>
            }
            .into_any(),
            None => view! {
                <span class="trunc">
                    <Told text=bar.label/>
                </span>
            }
            .into_any(),
        };
        view! {
            <li class="hbar" title=bar.title>
                {name}
                <span class="hbar-track" aria-hidden="true">
                    <i style=format!("--v:{}", bar.percent)></i>
                </span>
                <span class="hbar-n">{bar.text}</span>
            </li>
        }
    };
    view! {
        <ul class="bar-list" data-tone=tone>
            {bars.into_iter().map(bar).collect_view()}
        </ul>
    }
    .into_any()
}
