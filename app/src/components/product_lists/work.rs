//! What came of a product's tasks, and who worked on them.

use domain::{
    event::EventLevel,
    facts::product_work::{AgentShare, Commit, Deployment},
    id::AgentId,
    url,
};
use leptos::prelude::*;

use crate::{
    components::{Ago, Told},
    format, links,
    ui::{Icon, IconName, Panel, Unknown},
};

/// Deployments that events tell of.
#[component]
pub fn Deployments(
    /// The latest.
    items: Vec<Deployment>,
    /// How many there are.
    total: u64,
) -> impl IntoView {
    let row = |item: Deployment| {
        let failed = matches!(item.level, EventLevel::Warn | EventLevel::Error);
        let (tone, icon, word) = if failed {
            ("danger", IconName::CircleX, "Failed")
        } else {
            ("ok", IconName::Rocket, "Deployed")
        };
        view! {
            <li class="pl-row">
                <span class="status" data-tone=tone>
                    <Icon name=icon/>
                    {word}
                </span>
                <div class="pl-main">
                    <a class="pl-title trunc" href=links::task(&item.task_id)>
                        <Told text=item.message/>
                    </a>
                    <p class="pl-note trunc">
                        <Told text=item.title/>
                        {followed(item.url, "Open")}
                    </p>
                </div>
                <span class="pl-when">
                    <Ago at=item.at/>
                </span>
            </li>
        }
    };
    let rows = items.into_iter().map(row).collect::<Vec<_>>();
    list("Deployments", total, rows.is_empty(), "No event told of a deployment of it.", rows.into_any())
}

/// A link that telemetry told, if it can be followed.
fn followed(href: Option<String>, words: &'static str) -> Option<impl IntoView> {
    let href = url::safe(href.as_deref()?)?.to_owned();
    let title = href.clone();
    Some(view! {
        <a class="link dotsep" href=href title=title rel="external noopener noreferrer">
            {words}
        </a>
    })
}

fn list(title: &'static str, total: u64, empty: bool, nothing: &'static str, rows: AnyView) -> AnyView {
    let body = if empty {
        view! { <p class="panel-line t3">{nothing}</p> }.into_any()
    } else {
        view! { <ul>{rows}</ul> }.into_any()
    };
    view! {
        <Panel title count=Some(format::number(total))>
            {body}
        </Panel>
    }
    .into_any()
}

/// Commits and pull requests that runs came to.
#[component]
pub fn Commits(
    /// The latest.
    items: Vec<Commit>,
    /// How many there are.
    total: u64,
) -> impl IntoView {
    let row = |item: Commit| {
        let sha = item.commit_sha.map(|sha| {
            let short: String = sha.chars().take(10).collect();
            view! { <code class="pl-sha"><Told text=short/></code> }
        });
        let branch = item.branch_name.map(|branch| {
            view! {
                <Icon name=IconName::GitBranch size=12/>
                " "
                <Told text=branch/>
            }
        });
        let when =
            item.at.map_or_else(|| view! { <Unknown/> }.into_any(), |at| view! { <Ago at/> }.into_any());
        view! {
            <li class="pl-row">
                {sha}
                <div class="pl-main">
                    <a class="pl-title trunc" href=links::task(&item.task_id)>
                        <Told text=item.title/>
                    </a>
                    <p class="pl-note trunc">
                        {branch}
                        {followed(item.pr_url, "Pull request")}
                    </p>
                </div>
                <span class="pl-when">{when}</span>
            </li>
        }
    };
    let rows = items.into_iter().map(row).collect::<Vec<_>>();
    list(
        "Commits and pull requests",
        total,
        rows.is_empty(),
        "No run told of a commit or a pull request.",
        rows.into_any(),
    )
}

/// Who worked on it.
#[component]
pub fn Agents(
    /// How much of it each has.
    shares: Vec<AgentShare>,
    /// Their names, as far as they are known.
    names: Vec<(AgentId, String)>,
) -> impl IntoView {
    let total = shares.len() as u64;
    let row = |share: AgentShare| {
        let name = names.iter().find(|(id, _)| *id == share.id);
        let name = name.map_or_else(|| share.id.to_string(), |(_, name)| name.clone());
        view! {
            <li class="pl-row">
                <div class="pl-main">
                    <span class="pl-title trunc">
                        <Told text=name/>
                    </span>
                </div>
                <span class="pl-when">{format::count(share.tasks, "task", "tasks")} " · " <Ago at=share.last_at/></span>
            </li>
        }
    };
    let rows = shares.into_iter().map(row).collect::<Vec<_>>();
    list("Agents and tools", total, rows.is_empty(), "No task of it names who worked on it.", rows.into_any())
}
