//! A command to copy.

use leptos::prelude::*;

use crate::{state::Hydrated, ui::CopyButton};

/// The text word by word: a line breaks between words, never after the dashes of an option.
fn words(text: &str) -> impl Iterator<Item = impl IntoView + use<>> {
    text.split_inclusive([' ', '\n']).map(|piece| {
        let word = piece.trim_end();
        let space = Some(piece[word.len()..].to_owned()).filter(|space| !space.is_empty());
        view! {
            {(!word.is_empty()).then(|| view! { <span class="word">{word.to_owned()}</span> })}
            {space}
        }
    })
}

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
                <code>{words(&text).collect_view()}</code>
            </pre>
            <Show when=move || hydrated.get()>
                <CopyButton text=copied.clone() label="Copy the command"/>
            </Show>
        </div>
    }
}
