//! Where a task stands.

use domain::task::TaskStatus;
use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// The glyph of a status. Its shape tells it without colour.
pub(crate) fn glyph(status: TaskStatus) -> IconName {
    match status {
        TaskStatus::Queued => IconName::CircleDashed,
        TaskStatus::Running => IconName::LoaderCircle,
        TaskStatus::Blocked => IconName::OctagonPause,
        TaskStatus::Completed => IconName::CircleCheck,
        TaskStatus::Failed => IconName::CircleX,
        TaskStatus::Skipped => IconName::SkipForward,
        TaskStatus::Cancelled => IconName::CircleSlash,
    }
}

/// Glyph, word and tone of a status.
#[component]
pub fn TaskStatusBadge(
    /// The status.
    status: TaskStatus,
) -> impl IntoView {
    view! {
        <span class="status" data-status=status.as_str()>
            <Icon name=glyph(status)/>
            {status.label()}
        </span>
    }
}
