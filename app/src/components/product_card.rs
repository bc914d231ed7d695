//! A product in short: health, state, momentum, counts, times, links.

pub mod links_of;

use chrono::{DateTime, Utc};
use domain::{insight::portfolio::ProductInsight, settings::Rules, task::TaskStatus};
use leptos::prelude::*;

pub use self::links_of::ProductLinks;
use crate::{
    components::{
        Age, AttentionTag, Inferred, PriorityBadge, Told,
        product_health_grid::{
            score::Score,
            words::{health_steps, momentum_steps},
        },
    },
    format, links,
    ui::{Delta, DeltaMark, Direction, LineSpark, Ring, Unknown},
};

/// How many points a momentum may lose in 14 days before that is said in colour.
const FALLS: i16 = -7;

/// How many tags stand on a card.
const TAGS: usize = 2;

/// A card of a product. What is unknown says so.
#[component]
pub fn ProductCard(
    /// The product.
    insight: ProductInsight,
    /// The thresholds that the scores were made with.
    rules: StoredValue<Rules>,
) -> impl IntoView {
    let product = insight.product.clone();
    let name = format::plain(&product.name).into_owned();
    let inferred = product.inferred.clone();
    let kind = product.category.map(|kind| view! { <span>{kind.label()}</span> });
    let status = product.status.map_or_else(
        || view! { <Unknown/> }.into_any(),
        |status| view! { <span class="t2 sm">{status.label()}</span> }.into_any(),
    );
    let attention = insight.attention.map(|attention| view! { <AttentionTag attention/> });
    let deployed =
        if insight.deployment_inferred { vec!["lastDeploymentAt".to_owned()] } else { inferred.clone() };
    let more = product.tags.len().saturating_sub(TAGS);
    let rest = product.tags.iter().skip(TAGS).map(|tag| format::plain(tag).into_owned());
    let rest = rest.collect::<Vec<_>>().join(", ");
    let more = (more > 0).then(|| view! { <span class="t3" title=rest>{format!("+{more}")}</span> });
    let tag = |tag: String| {
        let title = format::plain(&tag).into_owned();
        view! { <span class="tag" title=title><Told text=tag/></span> }
    };
    let tags = product.tags.iter().take(TAGS).cloned().map(tag).collect::<Vec<_>>();
    view! {
        <li class="p-card">
            <header class="p-head">
                <Health insight=insight.clone() name=name.clone() rules/>
                <div class="p-title">
                    <div class="row">
                        <a class="p-name trunc" href=links::product(&product.slug) title=name.clone()>
                            <Told text=product.name.clone()/>
                        </a>
                        <Inferred field="priority" inferred=inferred.clone()>
                            <PriorityBadge priority=product.priority/>
                        </Inferred>
                    </div>
                    <p class="p-kind t3 sm trunc">
                        {kind}
                        <span class="p-slug">
                            <Told text=product.slug.clone()/>
                        </span>
                    </p>
                </div>
            </header>
            <div class="p-state">
                <Inferred field="status" inferred=inferred.clone()>
                    {status}
                </Inferred>
                {attention}
            </div>
            <Moves insight=insight.clone() name rules/>
            <Counts insight=insight.clone() days=rules.with_value(|rules| rules.rate_days)/>
            <div class="p-times t3 xs">
                {time("Hermes", product.last_hermes_activity_at, "lastHermesActivityAt", inferred.clone())}
                {time("Commit", product.last_commit_at, "lastCommitAt", inferred)}
                {time("Deploy", insight.last_deployment_at, "lastDeploymentAt", deployed)}
            </div>
            <footer class="p-foot">
                <ProductLinks product/>
                <span class="p-tags">{tags} {more}</span>
            </footer>
        </li>
    }
    .into_any()
}

fn time(
    what: &'static str,
    at: Option<DateTime<Utc>>,
    field: &'static str,
    inferred: Vec<String>,
) -> AnyView {
    let at = match at {
        Some(at) => view! {
            <Inferred field inferred>
                <Age at/>
            </Inferred>
        }
        .into_any(),
        None => view! { <Unknown/> }.into_any(),
    };
    view! { <span>{what} " " {at}</span> }.into_any()
}

/// The health score as a ring that opens to its parts.
#[component]
pub fn Health(
    /// The product.
    insight: ProductInsight,
    /// Its name, made plain.
    name: String,
    /// The thresholds that the score was made with.
    rules: StoredValue<Rules>,
) -> impl IntoView {
    let Some(score) = insight.health.score else {
        let why = insight.health.basis.label();
        return view! {
            <span class="p-health" title=format!("Health unknown: {why}")>
                <Ring value=None/>
                <span class="sr">{format!("Health unknown: {why}")}</span>
            </span>
        }
        .into_any();
    };
    let steps = rules.with_value(|rules| health_steps(&insight.health, rules));
    let href = links::tasks_of(&insight.product.id);
    view! {
        <span class="p-health">
            <Score label=format!("Health of {name}") score steps ring=true href link=format!("Tasks of {name}")/>
        </span>
    }
    .into_any()
}

/// The momentum, its change in 14 days and how it came about.
#[component]
pub fn Moves(
    /// The product.
    insight: ProductInsight,
    /// Its name, made plain.
    name: String,
    /// The thresholds that the score was made with.
    rules: StoredValue<Rules>,
) -> impl IntoView {
    let href = links::tasks_of(&insight.product.id);
    let score = match insight.momentum.score {
        Some(score) => {
            let steps = rules.with_value(|rules| momentum_steps(&insight.momentum, rules));
            let label = format!("Momentum of {name}");
            view! { <Score label score steps href link=format!("Tasks of {name}")/> }.into_any()
        }
        None => view! { <Unknown/> }.into_any(),
    };
    let change = insight.change();
    let falls = change.is_some_and(|change| change < FALLS);
    let delta = change.map(|change| view! { <DeltaMark delta=delta(change)/> });
    let trend = insight.trend;
    let tone = if falls { "danger" } else { "idle" };
    let spark = (!trend.is_empty()).then(|| view! { <LineSpark values=trend tone/> });
    view! {
        <div class="p-mom">
            <div>
                <span class="t3 xs">"Momentum"</span>
                <div class="row">{score} {delta}</div>
            </div>
            {spark}
        </div>
    }
    .into_any()
}

fn delta(change: i16) -> Delta {
    let direction = match change {
        1.. => Direction::Up,
        0 => Direction::Level,
        _ => Direction::Down,
    };
    let text = match change {
        0 => "level".to_owned(),
        _ => change.unsigned_abs().to_string(),
    };
    let good = if change < FALLS { Some(false) } else { (change > -FALLS).then_some(true) };
    let title = "Against 14 days before, by what ended since: what was running then is not known".to_owned();
    Delta { direction, text, title, good }
}

/// How its tasks stand, each leading to them.
#[component]
fn Counts(insight: ProductInsight, days: u16) -> impl IntoView {
    let span = format!("In {days} days");
    let now = "Now".to_owned();
    let count = |name: &'static str, value: u64, status: TaskStatus, tone: &'static str, title: &str| {
        let tone = (value > 0 && !tone.is_empty()).then_some(tone);
        view! {
            <div>
                <dt>{name}</dt>
                <dd>
                    <a
                        class="p-count"
                        href=links::tasks_of_status(&insight.product.id, status)
                        data-zero=(value == 0).then_some("")
                        data-tone=tone
                        title=title.to_owned()
                    >
                        {format::number(value)}
                    </a>
                </dd>
            </div>
        }
        .into_any()
    };
    view! {
        <dl class="p-counts">
            {count("Active", insight.running_tasks, TaskStatus::Running, "accent", &now)}
            {count("Done", insight.completed_tasks, TaskStatus::Completed, "", &span)}
            {count("Failed", insight.failed_tasks, TaskStatus::Failed, "danger", &span)}
            {count("Blocked", insight.blocked_tasks, TaskStatus::Blocked, "warn", &now)}
        </dl>
    }
    .into_any()
}
