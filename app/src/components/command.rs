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

/// The option that makes a command use this very store: ` --data DIR`. Nothing where the store has no folder. Of demo
/// data, which no command touches, the folder of the real data beside it.
pub(crate) fn data_option(location: &str) -> String {
    let real = ["/demo/demo.db", "\\demo\\demo.db"].into_iter().find_map(|demo| location.strip_suffix(demo));
    let folder =
        real.or_else(|| location.rsplit_once(['/', '\\']).map(|(folder, _)| folder)).unwrap_or_default();
    let ordinary = |c: char| c.is_alphanumeric() || "/\\:._-+@~".contains(c);
    if folder.is_empty() {
        String::new()
    } else if folder.chars().all(ordinary) {
        format!(" --data {folder}")
    } else {
        format!(" --data '{}'", folder.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_use_the_store_that_the_page_shows() {
        assert_eq!(data_option("/home/me/data/mission-control.db"), " --data /home/me/data");
        assert_eq!(data_option("/tmp/it's mine/x.db"), " --data '/tmp/it'\\''s mine'");
        assert_eq!(data_option("memory"), "");
        assert_eq!(data_option("/home/me/data/demo/demo.db"), " --data /home/me/data");
    }
}
