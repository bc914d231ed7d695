//! How bad it is to leave something, as a glyph.

use domain::attention::Severity;
use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// The tone of a severity; its glyph and word say the same.
pub(crate) fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "danger",
        Severity::High => "warn",
        Severity::Medium => "info",
        Severity::Low => "idle",
    }
}

/// The glyph of a severity: its shape tells it without colour. The word stands beside it.
#[component]
pub fn SeverityMark(
    /// The severity.
    severity: Severity,
    /// 12 or 16 pixels.
    #[prop(default = 16)]
    size: u8,
) -> impl IntoView {
    view! {
        <span class="sev" data-tone=tone(severity) title=severity.label()>
            <Icon name=IconName::of(severity) size/>
        </span>
    }
    .into_any()
}
