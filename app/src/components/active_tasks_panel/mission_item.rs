//! One mission.

use chrono::{DateTime, Utc};
use domain::{overview::Mission, task::TaskStatus};
use leptos::prelude::*;

use crate::{
    api::overview::ProductRef,
    components::{Ago, Inferred, PriorityBadge, ProductLink, TaskStatusBadge, Told},
    format, links,
    state::Clock,
    ui::{Icon, IconName, Progress, Unknown},
};

/// One mission: title, progress, step, priority, product, agent, start and estimate.
#[component]
pub fn MissionItem(mission: Mission, products: StoredValue<Vec<ProductRef>>) -> impl IntoView {
    let Mission { task, remaining_ms, quiet } = mission;
    let inferred = StoredValue::new(task.inferred);
    let title = format::plain(&task.title).into_owned();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let percent = task.progress_percent.map(|percent| percent.get() as u8);
    let step = match task.current_step {
        Some(step) => view! { <Told text=step/> }.into_any(),
        None => view! { <span class="t3">"step " <Unknown/></span> }.into_any(),
    };
    let agent = match task.assigned_agent {
        Some(agent) => view! { <Told text=agent.to_string()/> }.into_any(),
        None => view! { "agent " <Unknown/> }.into_any(),
    };
    let since = match task.started_at {
        Some(at) => view! { "started " <Ago at/> }.into_any(),
        None => view! { "started " <Unknown/> }.into_any(),
    };
    let left = match remaining_ms {
        // What stands still arrives never: a number would be a promise.
        _ if quiet => {
            view! { <span title="It is quiet; an estimate would be a guess">"no estimate"</span> }.into_any()
        }
        Some(ms) => view! { {format!("{} left", format::about(ms))} }.into_any(),
        None => view! { "time left " <Unknown/> }.into_any(),
    };
    view! {
        <li class="m-item">
            <div class="m-top">
                <a class="m-title" href=links::task(&task.id) title=title.clone()>
                    <Inferred field="title" inferred=inferred.get_value()>
                        <Told text=task.title/>
                    </Inferred>
                </a>
                <span class="m-pct">
                    {match percent {
                        Some(percent) => format!("{percent} %").into_any(),
                        None => view! { <Unknown/> }.into_any(),
                    }}
                </span>
            </div>
            {match percent {
                Some(percent) => view! { <Progress percent label=title live=!quiet/> }.into_any(),
                None => view! { <div class="progress" data-unknown=""></div> }.into_any(),
            }}
            <div class="m-step">
                <Inferred field="status" inferred=inferred.get_value()>
                    {if quiet {
                        view! { <QuietMark since=task.last_activity_at/> }.into_any()
                    } else {
                        view! { <TaskStatusBadge status=TaskStatus::Running/> }.into_any()
                    }}
                </Inferred>
                <span class="trunc t2">{step}</span>
            </div>
            <div class="m-meta">
                <Inferred field="priority" inferred=inferred.get_value()>
                    <PriorityBadge priority=task.priority/>
                </Inferred>
                <Inferred field="productId" inferred=inferred.get_value()>
                    <ProductLink id=task.product_id products/>
                </Inferred>
                <span class="trunc">{agent}</span>
                <span class="m-times">{since} " · " {left}</span>
            </div>
        </li>
    }
}

/// It is said to run, but nobody spoke of it for a while: a glyph, words and the warning tone.
#[component]
fn QuietMark(since: DateTime<Utc>) -> impl IntoView {
    let clock = use_context::<Clock>();
    let words = move || match &clock {
        Some(clock) => format!("Running, quiet for {}", format::elapsed(clock.now() - since)),
        None => "Running, quiet".to_owned(),
    };
    view! {
        <span class="tag" data-tone="warn" title="No line of telemetry spoke of it for that long">
            <Icon name=IconName::TriangleAlert size=12/>
            {words}
        </span>
    }
}
