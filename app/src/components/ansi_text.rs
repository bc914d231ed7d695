//! Terminal text with its colours: text nodes and classes, never markup of its source.

use std::ops::Range;

use domain::{
    ansi::{self, Style, Tone},
    logs,
};
use leptos::prelude::*;

/// One line of terminal text. Sequences that are no colours are left out.
#[component]
pub fn AnsiText(
    /// The line as it was told.
    #[prop(into)]
    text: String,
    /// What is marked in it; nothing where empty.
    #[prop(optional, into)]
    marked: String,
) -> impl IntoView {
    let spans = ansi::spans(&text);
    let whole: String = spans.iter().map(|span| span.text.as_str()).collect();
    let marks = logs::find(&whole, &marked);
    let mut from = 0;
    let piece = |span: ansi::Span| {
        let at = from;
        from += span.text.len();
        let inner = pieces(&span.text, at, &marks);
        if span.style == Style::default() {
            return inner.into_any();
        }
        let bold = span.style.bold.then_some("");
        view! { <span class="ansi" data-ansi=span.style.tone.map(tone) data-bold=bold>{inner}</span> }
            .into_any()
    };
    spans.into_iter().map(piece).collect::<Vec<_>>().into_any()
}

const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Dim => "dim",
        Tone::Red => "red",
        Tone::Green => "green",
        Tone::Yellow => "yellow",
        Tone::Blue => "blue",
        Tone::Magenta => "magenta",
    }
}

/// The text, which begins at `at` of the line, cut at the marks of the line.
fn pieces(text: &str, at: usize, marks: &[Range<usize>]) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut from = 0;
    for mark in marks {
        let (start, end) = (mark.start.saturating_sub(at), mark.end.saturating_sub(at).min(text.len()));
        let (Some(before), Some(marked)) = (text.get(from..start), text.get(start..end)) else { continue };
        if marked.is_empty() {
            continue;
        }
        if !before.is_empty() {
            views.push(before.to_owned().into_any());
        }
        views.push(view! { <mark>{marked.to_owned()}</mark> }.into_any());
        from = end;
    }
    if let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        views.push(rest.to_owned().into_any());
    }
    views
}
