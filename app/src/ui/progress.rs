//! How far something is.

use leptos::prelude::*;

/// A bar. Its number stands beside it; screen readers get it from the bar.
#[component]
pub fn Progress(
    /// 0 to 100.
    percent: u8,
    /// What is on its way.
    #[prop(into)]
    label: String,
    /// Whether it moves; what stands still is grey.
    #[prop(default = true)]
    live: bool,
) -> impl IntoView {
    let percent = percent.min(100);
    let tone = if live { "accent" } else { "idle" };
    view! {
        <div
            class="progress"
            data-tone=tone
            role="progressbar"
            aria-valuenow=percent
            aria-valuemin="0"
            aria-valuemax="100"
            aria-label=label
            style=format!("--p:{percent}")
        >
            <i></i>
        </div>
    }
    .into_any()
}
