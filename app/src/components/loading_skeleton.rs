//! Stands where data is on its way.

use leptos::prelude::*;

/// Widths of the lines, in percent: rows that look like rows.
const WIDTHS: [u8; 4] = [62, 48, 70, 55];

/// Rows of the geometry of what will stand there. It appears after a moment only, so that a fast answer does not
/// flash.
#[component]
pub fn LoadingSkeleton(
    /// What is being loaded, for screen readers.
    #[prop(into)]
    label: String,
    /// How many rows.
    #[prop(default = 4)]
    rows: usize,
) -> impl IntoView {
    let row = |width: u8| {
        view! {
            <div class="sk-row">
                <i class="skel sk-dot"></i>
                <div class="sk-lines">
                    <i class="skel" style=format!("--w:{width}")></i>
                    <i class="skel" style=format!("--w:{}", width * 3 / 5)></i>
                </div>
                <i class="skel sk-end"></i>
            </div>
        }
    };
    view! {
        <div class="sk" role="status" aria-busy="true" aria-label=format!("Loading {}", label)>
            {WIDTHS.into_iter().cycle().take(rows).map(row).collect_view()}
        </div>
    }
}
