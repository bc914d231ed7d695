//! What a task taught: lessons, what to remember, how the same is avoided, and where its failures came back.

pub mod recurring;

use domain::{
    id::TaskId,
    insight::fingerprint::Recurrence,
    task::{Task, TaskStatus},
};
use leptos::prelude::*;

use self::recurring::Recurring;
use crate::{
    api::{
        overview::ProductRef,
        task::{Learning, Lesson},
    },
    components::{Ago, EmptyState, Told, ToldLines},
    format, links,
    state::Hydrated,
    ui::{CopyButton, IconName, Panel},
};

/// Everything that was learned.
#[component]
pub fn TaskLearning(
    /// The task.
    task: Task,
    /// What was learned.
    learning: Learning,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let Learning { lessons, recurrences } = learning;
    let memories: Vec<String> = lessons.iter().filter_map(|lesson| lesson.memory.clone()).collect();
    let preventions: Vec<String> = lessons.iter().filter_map(|lesson| lesson.prevention.clone()).collect();
    view! {
        <div class="task-stack">
            <Lessons lessons summary=task.summary/>
            <Memories memories/>
            <div class="task-pair">
                <Prevention preventions solved=solved(&recurrences)/>
                <Recurring recurrences products/>
            </div>
        </div>
    }
    .into_any()
}

/// Another task that had the same failure and was completed.
fn solved(recurrences: &[Recurrence]) -> Option<(TaskId, String)> {
    let others = recurrences.iter().flat_map(|recurrence| &recurrence.others);
    let done = others.filter(|other| other.status == TaskStatus::Completed);
    done.map(|other| (other.id.clone(), other.title.clone())).next()
}

#[component]
fn Lessons(lessons: Vec<Lesson>, summary: Option<String>) -> impl IntoView {
    let count = (!lessons.is_empty()).then(|| format::number(lessons.len() as u64));
    let body = if lessons.is_empty() && summary.is_none() {
        view! {
            <EmptyState
                icon=IconName::Lightbulb
                title="No lesson was told"
                text="What Hermes learns at this task appears here, in its own words."
            />
        }
        .into_any()
    } else {
        let row = |lesson: Lesson| {
            view! {
                <li class="task-lesson">
                    <ToldLines text=lesson.text/>
                    <span class="t3 sm">
                        <Ago at=lesson.at/>
                    </span>
                </li>
            }
        };
        let summary = summary.map(|text| {
            view! {
                <li class="task-lesson">
                    <ToldLines text/>
                    <span class="t3 sm">"From its summary"</span>
                </li>
            }
        });
        view! { <ul>{lessons.into_iter().map(row).collect_view()} {summary}</ul> }.into_any()
    };
    view! { <Panel title="Lessons learned" count=count>{body}</Panel> }.into_any()
}

/// What is suggested for the agent's memory, to copy: nothing here writes to it.
#[component]
fn Memories(memories: Vec<String>) -> impl IntoView {
    let hydrated = Hydrated::now();
    if memories.is_empty() {
        return view! {
            <Panel title="Suggested memory update">
                <p class="panel-line t3">"No change of its memory was suggested at this task."</p>
            </Panel>
        }
        .into_any();
    }
    let memory = move |text: String| {
        let shown = format::plain_lines(&text);
        view! {
            <div class="task-memory">
                <pre dir="auto">{shown.clone()}</pre>
                <Show when=move || hydrated.get()>
                    <CopyButton text=shown.clone() label="Copy the suggested memory"/>
                </Show>
            </div>
        }
    };
    view! {
        <Panel title="Suggested memory update" count=Some(format::number(memories.len() as u64))>
            <div class="task-body">
                {memories.into_iter().map(memory).collect_view()}
                <p class="t3 sm">"To copy into the agent's memory: Mission Control never writes there."</p>
            </div>
        </Panel>
    }
    .into_any()
}

#[component]
fn Prevention(preventions: Vec<String>, solved: Option<(TaskId, String)>) -> impl IntoView {
    let none = preventions.is_empty() && solved.is_none();
    let row = |text: String| view! { <li><ToldLines text/></li> };
    let solved = solved.map(|(other, title)| {
        view! {
            <li>
                <p>
                    "The same failure was met at "
                    <a class="link" href=links::task(&other)>
                        <Told text=title/>
                    </a>
                    ", which was completed: what helped there may help here."
                </p>
            </li>
        }
    });
    let body = if none {
        view! { <p class="panel-line t3">"No source said how the same is avoided next time."</p> }.into_any()
    } else {
        view! { <ul class="task-list">{preventions.into_iter().map(row).collect_view()} {solved}</ul> }
            .into_any()
    };
    view! { <Panel title="Prevention for next time">{body}</Panel> }.into_any()
}
