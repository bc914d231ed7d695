//! A value that is made to be copied: a hash, a branch, an id.

use leptos::prelude::*;

use crate::{components::Told, state::Hydrated, ui::CopyButton};

/// The value, and a button that copies it where scripts run.
#[component]
pub fn Copyable(
    /// The value as it was told.
    #[prop(into)]
    text: String,
    /// What is shown of it: its first characters, where fewer say enough.
    #[prop(optional)]
    shown: Option<usize>,
    /// What it is: `the commit`.
    what: &'static str,
) -> impl IntoView {
    let hydrated = Hydrated::now();
    let short: String = text.chars().take(shown.unwrap_or(usize::MAX)).collect();
    let title = (short.len() < text.len()).then(|| crate::format::plain(&text).into_owned());
    view! {
        <span class="copyable" title=title>
            <code class="path">
                <Told text=short/>
            </code>
            <Show when=move || hydrated.get()>
                <CopyButton text=text.clone() label=format!("Copy {what}")/>
            </Show>
        </span>
    }
    .into_any()
}
