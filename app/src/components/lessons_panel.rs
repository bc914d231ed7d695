//! What the agent has learned.

pub mod lesson_item;

use domain::source::{Lesson, LessonKind};
use leptos::prelude::*;

use self::lesson_item::LessonItem;
use crate::{
    components::{EmptyState, Told},
    format,
    ui::{IconName, More, Panel},
};

/// How many of a kind stand open; the rest is one click away.
const OPEN: usize = 12;

/// The kinds in the order of the page, with their headings.
const GROUPS: [(LessonKind, &str); 3] =
    [(LessonKind::Skill, "Skills"), (LessonKind::Memory, "Memories"), (LessonKind::User, "About you")];

/// Skills, memories and what the agent noted about the founder, as the agent wrote them.
#[component]
pub fn LessonsPanel(
    /// The lessons.
    lessons: Vec<Lesson>,
) -> impl IntoView {
    let total = lessons.len();
    let body = if lessons.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Lightbulb
                title="No lesson is kept yet"
                text="Skills that Hermes makes and memories that it keeps appear here, in its own words."
            />
        }
        .into_any()
    } else {
        let group = |(kind, title): (LessonKind, &'static str)| {
            let lessons: Vec<_> = lessons.iter().filter(|lesson| lesson.kind == kind).cloned().collect();
            (!lessons.is_empty()).then(|| view! { <Group kind title lessons/> })
        };
        GROUPS.map(group).collect_view().into_any()
    };
    view! {
        <Panel title="What Hermes has learned" count=Some(format::number(total as u64))>
            {body}
        </Panel>
    }
}

/// The lessons of one kind.
#[component]
fn Group(kind: LessonKind, title: &'static str, lessons: Vec<Lesson>) -> impl IntoView {
    let count = format::number(lessons.len() as u64);
    // Entries of one file: it is named once.
    let file = lessons.first().map(|first| first.path.clone());
    let file = file.filter(|file| lessons.len() > 1 && lessons.iter().all(|lesson| lesson.path == *file));
    let from = file.is_none();
    let mut open = lessons;
    let rest = open.split_off(open.len().min(OPEN));
    let list = move |lessons: Vec<Lesson>| {
        let item = move |lesson: Lesson| view! { <LessonItem lesson from/> };
        view! { <ul class="lessons" data-kind=kind.as_str()>{lessons.into_iter().map(item).collect_view()}</ul> }
    };
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", format::number(rest.len() as u64));
        view! { <More summary>{list(rest)}</More> }
    });
    view! {
        <h3 class="lessons-head">
            {title}
            <span class="count">{count}</span>
            {file
                .map(|file| {
                    view! {
                        <code class="lessons-file">
                            <Told text=file/>
                        </code>
                    }
                })}
        </h3>
        {list(open)}
        {more}
    }
}
