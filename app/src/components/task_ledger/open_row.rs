//! What an open row says of its task: what went wrong or came out, what happened last, and what was done.

use domain::url;
use leptos::prelude::*;

use crate::{
    api::tasks::{Excerpt, Happening},
    components::{Ago, Told},
    format,
    ui::{Icon, IconName, Unknown},
};

/// How much of a text stands here, in characters; the task's page has all of it.
const MOST: usize = 400;

/// What an open row says of its task.
#[component]
pub fn OpenRow(
    /// What is known; `None` where the task is gone.
    #[prop(optional_no_strip)]
    excerpt: Option<Excerpt>,
    /// The task's page.
    href: String,
) -> impl IntoView {
    let Some(excerpt) = excerpt else {
        return view! { <p class="t-exp">"Nothing more is known of this task."</p> }.into_any();
    };
    let (outcome, lines) = outcome(&excerpt);
    let lines: Vec<_> = lines
        .into_iter()
        .map(|text| {
            let text = format::excerpt(&text, MOST).unwrap_or(text);
            view! { <p><Told text/></p> }
        })
        .collect();
    let lines = if lines.is_empty() { view! { <p><Unknown/></p> }.into_any() } else { lines.into_any() };
    let events = match excerpt.total_events {
        0 => view! { <p>"No event was told"</p> }.into_any(),
        _ => view! { <ol class="mini-tl">{excerpt.events.iter().map(happening).collect_view()}</ol> }
            .into_any(),
    };
    let count = (excerpt.total_events > excerpt.events.len() as u64)
        .then(|| format!(", the last of {}", format::number(excerpt.total_events)));
    let facts = facts(excerpt);
    view! {
        <div class="t-exp">
            <div>
                <h2>{outcome}</h2>
                {lines}
                <p>
                    <a class="btn" data-size="sm" href=href>
                        "Open task"
                        <Icon name=IconName::ArrowRight/>
                    </a>
                </p>
            </div>
            <div>
                <h2>"Recent events" {count}</h2>
                {events}
            </div>
            <div>
                <h2>"Execution"</h2>
                <dl class="t-facts">{facts}</dl>
            </div>
        </div>
    }
    .into_any()
}

/// What is to be said first, and in which words: what went wrong before what came out before what was asked.
fn outcome(excerpt: &Excerpt) -> (&'static str, Vec<String>) {
    let some =
        |texts: [&Option<String>; 2]| -> Vec<String> { texts.into_iter().flatten().cloned().collect() };
    let first = [
        ("Error", some([&excerpt.error, &excerpt.summary])),
        ("Blocked", some([&excerpt.blocker_reason, &excerpt.summary])),
        ("Result", some([&excerpt.result, &excerpt.summary])),
        ("Description", some([&excerpt.description, &None])),
    ];
    let lead = [
        &excerpt.error,
        &excerpt.blocker_reason,
        &excerpt.result.clone().or(excerpt.summary.clone()),
        &excerpt.description,
    ];
    let led = first.into_iter().zip(lead).find(|(_, lead)| lead.is_some());
    led.map_or(("Description", Vec::new()), |(said, _)| said)
}

fn happening(event: &Happening) -> AnyView {
    let level = event.level.as_str();
    let label = event.level.label();
    view! {
        <li data-level=level>
            <Ago at=event.at/>
            <span title=format::plain(&event.message).into_owned()>
                {matches!(level, "warn" | "error").then(|| view! { <span class="sr">{format!("{label}: ")}</span> })}
                <Told text=event.message.clone()/>
            </span>
        </li>
    }
    .into_any()
}

/// What was done, as far as its runs told.
fn facts(excerpt: Excerpt) -> Vec<AnyView> {
    let mut out = Vec::new();
    let mut fact = |name: &'static str, value: AnyView| {
        out.push(view! { <dt>{name}</dt><dd>{value}</dd> }.into_any());
    };
    if let Some(branch) = excerpt.branch {
        fact("Branch", code(branch));
    }
    if let Some(commit) = excerpt.commit {
        fact("Commit", code(commit.chars().take(12).collect()));
    }
    if let Some(to) = excerpt.pr_url {
        fact("Pull request", link(to));
    }
    if let Some(to) = excerpt.deployment_url {
        fact("Deployment", link(to));
    }
    if let Some(model) = excerpt.model {
        fact("Model", view! { <Told text=model/> }.into_any());
    }
    if let Some(cost) = excerpt.cost_usd {
        let sure =
            excerpt.cost_status.map(|status| view! { <span class="t3">" " <Told text=status/></span> });
        fact("Cost", view! { {dollars(cost)} {sure} }.into_any());
    }
    if excerpt.runs > 0 || out.is_empty() {
        let runs =
            if excerpt.runs == 0 { "No run was told".to_owned() } else { format::number(excerpt.runs) };
        out.push(view! { <dt>"Runs"</dt><dd>{runs}</dd> }.into_any());
    }
    out
}

fn code(text: String) -> AnyView {
    view! { <code><Told text/></code> }.into_any()
}

/// A link where the address is one that is safe to follow, else its text.
fn link(to: String) -> AnyView {
    match url::safe(&to).map(str::to_owned) {
        Some(href) => {
            view! { <a class="link" href=href rel="external noopener"><Told text=to/></a> }.into_any()
        }
        None => view! { <Told text=to/> }.into_any(),
    }
}

/// `$0.31`; below a cent `$0.0041`.
fn dollars(cost: f64) -> String {
    if cost > 0.0 && cost < 0.01 { format!("${cost:.4}") } else { format!("${cost:.2}") }
}
