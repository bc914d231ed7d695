//! A ring that a score fills.

use leptos::prelude::*;

/// A ring with the score in it; `–` where it is unknown. Its tone is that of what stands around it.
#[component]
pub fn Ring(
    /// 0 to 100.
    value: Option<u8>,
) -> impl IntoView {
    let filled = value.unwrap_or(0);
    let text = value.map_or_else(|| "–".to_owned(), |value| value.to_string());
    view! {
        <span class="ring" style=format!("--v:{filled}")>
            <svg viewBox="0 0 36 36" aria-hidden="true">
                <circle cx="18" cy="18" r="15.9155"></circle>
                <circle class="ring-value" cx="18" cy="18" r="15.9155" pathLength="100"></circle>
            </svg>
            {text}
        </span>
    }
    .into_any()
}
