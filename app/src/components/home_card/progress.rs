//! How far the first reading has come.

use domain::source::{HomeProgress, HomeState};
use leptos::prelude::*;

use crate::{format, ui};

/// In words: `12,400 of 50,000 sessions read, newest first`.
fn words(progress: HomeProgress) -> String {
    match progress.sessions_total {
        Some(total) => format!(
            "{} of {} read, newest first",
            format::number(progress.sessions_read),
            format::count(total, "session", "sessions")
        ),
        None => {
            format!("{} read, newest first", format::count(progress.sessions_read, "session", "sessions"))
        }
    }
}

/// 0 to 99 while something is left to read; `None` where nobody knows how much there is.
fn percent(progress: HomeProgress) -> Option<u8> {
    let total = progress.sessions_total.filter(|total| *total > 0)?;
    let percent = progress.sessions_read.min(total).saturating_mul(100) / total;
    u8::try_from(percent).ok().map(|percent| percent.min(99))
}

/// Words, and a bar that is striped where nobody knows how much there is.
#[component]
pub fn Reading(
    /// How far it is.
    progress: HomeProgress,
) -> impl IntoView {
    let bar = match percent(progress) {
        Some(percent) => {
            view! { <ui::Progress percent label="First reading of Hermes' own files"/> }.into_any()
        }
        None => view! { <div class="progress" data-unknown=""></div> }.into_any(),
    };
    view! {
        <span class="reading">
            <span>{words(progress)}</span>
            {bar}
        </span>
    }
}

/// The foot of the card: how far while it is read, how much it was after.
#[component]
pub(super) fn Progress(state: HomeState, progress: HomeProgress) -> impl IntoView {
    let messages = format::count(progress.messages_read, "message", "messages");
    match state {
        HomeState::Missing | HomeState::Unreadable => None,
        HomeState::Reading => Some(
            view! {
                <div class="home-foot">
                    <Reading progress/>
                    <span class="t3">{messages} " so far"</span>
                </div>
            }
            .into_any(),
        ),
        HomeState::Following | HomeState::Imported => Some(
            view! {
                <p class="home-foot t2">
                    {format::count(progress.sessions_read, "session", "sessions")} " and " {messages} " read."
                </p>
            }
            .into_any(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(sessions_read: u64, sessions_total: Option<u64>) -> HomeProgress {
        HomeProgress { sessions_read, sessions_total, messages_read: 0 }
    }

    #[test]
    fn it_says_how_many_of_how_many_in_which_order() {
        assert_eq!(words(progress(12_400, Some(50_000))), "12,400 of 50,000 sessions read, newest first");
        assert_eq!(words(progress(1, None)), "1 session read, newest first");
    }

    #[test]
    fn what_is_not_done_is_never_all_of_it() {
        let percents =
            [(0, Some(9)), (12_400, Some(50_000)), (9, Some(9)), (12, Some(9)), (3, None), (0, Some(0))]
                .map(|(read, total)| percent(progress(read, total)));
        assert_eq!(percents, [Some(0), Some(24), Some(99), Some(99), None, None]);
    }
}
