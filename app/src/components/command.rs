//! A command to copy.

use leptos::prelude::*;

use crate::{state::Hydrated, ui::CopyButton};

/// A command in a block of its own, with a button to copy it where scripts run.
#[component]
pub fn Command(
    /// The command.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let hydrated = Hydrated::now();
    let copied = text.clone();
    view! {
        <div class="command">
            <pre>
                <code>{text}</code>
            </pre>
            <Show when=move || hydrated.get()>
                <CopyButton text=copied.clone() label="Copy the command"/>
            </Show>
        </div>
    }
}
