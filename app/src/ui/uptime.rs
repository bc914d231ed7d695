//! A day in half hours.

use leptos::prelude::*;

/// One bar for each letter: `o` worked, `w` some of it failed, `d` all of it failed, `n` nothing told. Height repeats
/// what colour says; the label says it in words.
#[component]
pub fn Uptime(
    /// The letters, the oldest first.
    strip: String,
    /// Which span it is: `Last 24 hours`.
    #[prop(into)]
    span: String,
) -> impl IntoView {
    let label = words(&span, &strip);
    let bar = |letter: char| {
        let state = match letter {
            'o' => None,
            'w' => Some("w"),
            'd' => Some("d"),
            _ => Some("n"),
        };
        view! { <i data-s=state></i> }
    };
    let bars: Vec<_> = strip.chars().map(bar).collect();
    view! {
        <div class="uptime" role="img" aria-label=label.clone() title=label>
            {bars}
        </div>
    }
    .into_any()
}

/// `Last 24 hours: 40 half hours worked, 2 had failures, 6 nothing told`.
fn words(span: &str, strip: &str) -> String {
    let count = |letters: &[char]| strip.chars().filter(|letter| letters.contains(letter)).count();
    let (worked, failed, silent) = (count(&['o']), count(&['w', 'd']), count(&['n']));
    if worked + failed == 0 {
        return format!("{span}: nothing told");
    }
    format!("{span}: {worked} half hours worked, {failed} had failures, {silent} nothing told")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_strip_is_told_in_words() {
        assert_eq!(words("Today", "nnowdo"), "Today: 2 half hours worked, 2 had failures, 2 nothing told");
        assert_eq!(words("Today", "nn"), "Today: nothing told");
    }
}
