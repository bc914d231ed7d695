//! One lesson.

use domain::source::Lesson;
use leptos::prelude::*;

use crate::{
    components::{Told, ToldLines},
    format,
    ui::{Icon, IconName},
};

/// Longer texts stand behind their beginning.
const EXCERPT: usize = 180;

/// The profile that is the home itself needs no name.
const HOME: &str = "default";

/// What was learned, in the agent's words, and the file that says so.
#[component]
pub fn LessonItem(
    /// The lesson.
    lesson: Lesson,
    /// Whether to name the file.
    from: bool,
) -> impl IntoView {
    let text = match format::excerpt(&lesson.text, EXCERPT) {
        None if lesson.text.trim().is_empty() => {
            view! { <p class="t3">"It does not say what it is for."</p> }.into_any()
        }
        None => view! { <ToldLines text=lesson.text/> }.into_any(),
        Some(excerpt) => view! {
            <details class="lesson-more">
                <summary>
                    <Icon name=IconName::ChevronRight/>
                    <span class="lesson-excerpt" dir="auto">
                        {excerpt}
                    </span>
                    <span class="lesson-less">"Show less"</span>
                </summary>
                <ToldLines text=lesson.text/>
            </details>
        }
        .into_any(),
    };
    let profile = (lesson.profile != HOME).then(|| {
        view! {
            <span class="tag">
                <Told text=lesson.profile/>
            </span>
        }
    });
    let from = from.then(|| {
        view! {
            <code class="path">
                <Told text=lesson.path/>
            </code>
        }
    });
    view! {
        <li class="lesson">
            {lesson
                .name
                .map(|name| {
                    view! {
                        <b class="lesson-name">
                            <Told text=name/>
                        </b>
                    }
                })}
            {text}
            {(profile.is_some() || from.is_some())
                .then(|| view! { <span class="lesson-from">{profile} {from}</span> })}
        </li>
    }
    .into_any()
}
