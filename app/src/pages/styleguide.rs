//! `/hermes/styleguide`: every named component in all its states, for who works on them. Builds for development have it,
//! what is shipped does not.
//!
//! # To add a component
//! 1. A file of its examples in `styleguide/`, from the one portfolio of [`samples`] where that can be.
//! 2. Its line in [`SPECIMENS`]; `tests/it/styleguide.rs` then holds its HTML.
//!
//! The page has no style sheet, for a sheet would be shipped: it is made of what the product has.

mod active_tasks_panel;
mod agent_status_panel;
mod badges;
mod charts;
mod filter_bar;
mod founder_attention_queue;
mod hermes_status_card;
mod metric_card;
mod product_activity_table;
mod product_health_grid;
mod samples;
mod states;
mod task_timeline;

use domain::zone::Zone;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    format,
    state::Clock,
    ui::{IconName, Notice},
};

/// A component and what it is shown by.
#[derive(Debug, Clone, Copy)]
pub struct Specimen {
    /// The component's name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether it is no more than a word: its states stand in a line then.
    pub small: bool,
    /// The component in each of its states.
    pub examples: fn() -> Vec<Example>,
}

/// A component in one state.
#[derive(Debug)]
pub struct Example {
    /// What the state is called.
    pub state: &'static str,
    /// The component.
    pub view: AnyView,
}

fn example(state: &'static str, view: impl IntoView + 'static) -> Example {
    Example { state, view: view.into_any() }
}

/// The components that the brief names, in its order.
pub const SPECIMENS: [Specimen; 16] = [
    Specimen {
        name: "HermesStatusCard",
        about: "How Hermes is, what it did last, what should happen next, and the figures of the day.",
        small: false,
        examples: hermes_status_card::examples,
    },
    Specimen {
        name: "MetricCard",
        about: "One figure that leads, with those beside it. Every figure links to what it is made of.",
        small: false,
        examples: metric_card::examples,
    },
    Specimen {
        name: "ActiveTasksPanel",
        about: "What Hermes is doing now: how far, at which step, since when, how much longer.",
        small: false,
        examples: active_tasks_panel::examples,
    },
    Specimen {
        name: "FounderAttentionQueue",
        about: "What needs the founder, the worst first, with the evidence and the decisions about it.",
        small: false,
        examples: founder_attention_queue::examples,
    },
    Specimen {
        name: "ProductHealthGrid",
        about: "Every product at its own place by priority, and the worst of them with their arithmetic.",
        small: false,
        examples: product_health_grid::examples,
    },
    Specimen {
        name: "TaskStatusBadge",
        about: "Where a task stands: a glyph, a word and a tone, so that colour alone never tells it.",
        small: true,
        examples: badges::statuses,
    },
    Specimen {
        name: "PriorityBadge",
        about: "How much a task or a product matters. Weight, never colour.",
        small: true,
        examples: badges::priorities,
    },
    Specimen {
        name: "TaskTimeline",
        about: "What happened to a task, in order, by attempt, with what its commands put out.",
        small: false,
        examples: task_timeline::examples,
    },
    Specimen {
        name: "AgentStatusPanel",
        about: "How agents, tools and runners are, and who says so.",
        small: false,
        examples: agent_status_panel::examples,
    },
    Specimen {
        name: "HistoricalActivityChart",
        about: "One measure over time: its shape at once, the chart where scripts run, the figures in a table.",
        small: false,
        examples: charts::activity,
    },
    Specimen {
        name: "FailureCategoryChart",
        about: "Why tasks failed, the most frequent category first.",
        small: false,
        examples: charts::failures,
    },
    Specimen {
        name: "ProductActivityTable",
        about: "The portfolio as a table; heads sort, scores open to their arithmetic.",
        small: false,
        examples: product_activity_table::examples,
    },
    Specimen {
        name: "FilterBar",
        about: "Search, menus and what is in force. Its state is the address, here as anywhere: try it.",
        small: false,
        examples: filter_bar::examples,
    },
    Specimen {
        name: "EmptyState",
        about: "Nothing to show: why, what will appear, and the ways on.",
        small: false,
        examples: states::empty,
    },
    Specimen {
        name: "ErrorState",
        about: "Something did not load: what, why, what is not affected, what to do.",
        small: false,
        examples: states::errors,
    },
    Specimen {
        name: "LoadingSkeleton",
        about: "Stands where data is on its way. It appears after a moment, so that a fast answer does not flash.",
        small: false,
        examples: states::loading,
    },
];

/// `/hermes/styleguide`
#[component]
pub fn StyleguidePage() -> impl IntoView {
    provide_context(Clock::start(samples::now(), Zone::utc()));
    let anchor = |specimen: Specimen| {
        view! {
            <a class="chip" href=format!("#{}", specimen.name) rel="external">
                {specimen.name}
            </a>
        }
    };
    view! {
        <Title text="Styleguide"/>
        <Notice tone="accent" icon=IconName::FlaskConical title="Everything on this page is an example.">
            "It was made up for one moment of 25 May 2026; links of examples may lead nowhere. Only builds for development have this page."
        </Notice>
        <nav class="row row-wrap" aria-label="Components">
            {SPECIMENS.map(anchor).collect_view()}
        </nav>
        {SPECIMENS.map(|specimen| view! { <Shown specimen/> }).collect_view()}
    }
}

/// A component: its name, what it is for, and each state with its label.
#[component]
pub fn Shown(
    /// The component.
    specimen: Specimen,
) -> impl IntoView {
    let Specimen { name, about, small, examples } = specimen;
    let examples = examples();
    let count = format::count(examples.len() as u64, "state", "states");
    let state = |Example { state, view }: Example| {
        view! {
            <div>
                <h3 class="sm t3">{state}</h3>
                {view}
            </div>
        }
    };
    let states = examples.into_iter().map(state).collect_view().into_any();
    let states = if small { view! { <div class="row row-wrap">{states}</div> }.into_any() } else { states };
    view! {
        <section class="split" aria-label=name>
            <div class="panel" id=name>
                <div class="panel-head">
                    <h2>{name}</h2>
                    <span class="count">{count}</span>
                </div>
                <p class="panel-line t2">{about}</p>
            </div>
            {states}
        </section>
    }
    .into_any()
}
