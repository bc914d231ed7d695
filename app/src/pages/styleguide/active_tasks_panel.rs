//! The active missions.

use domain::{facts::Facts, insight::missions::missions, settings::Rules};
use leptos::prelude::*;

use super::{
    Example, example,
    samples::{now, product_refs, quiet_facts},
};
use crate::components::ActiveTasksPanel;

pub(super) fn examples() -> Vec<Example> {
    let panel = |state, facts: &Facts, total| {
        let missions = missions(facts, now(), &Rules::default());
        example(state, view! { <ActiveTasksPanel missions total products=product_refs()/> })
    };
    let three = quiet_facts();
    let mut many = three.clone();
    many.running = three.running.iter().cycle().take(14).cloned().collect();
    vec![
        panel("All is known, fell silent, little is known", &three, 3),
        panel("More than there is room for", &many, 214),
        panel("Nothing runs", &Facts::default(), 0),
    ]
}
