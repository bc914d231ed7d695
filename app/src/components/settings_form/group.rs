//! A panel of the form: rows with their switches, a grid of fields, or rules.

use domain::settings::form::{Control, Field as Content, Group, Item, Layout};
use leptos::prelude::*;

use crate::ui::{Field, Icon, IconName, Panel};

/// A panel of the form.
#[component]
pub fn FormGroup(
    /// What stands in it.
    group: Group,
) -> impl IntoView {
    let last = group.items.len().saturating_sub(1);
    let body = match group.layout {
        Layout::Grid => {
            let fields = group.items.into_iter().flat_map(|item| item.fields);
            view! {
                <div class="s-grid">
                    {fields.map(|field| view! { <Field field/> }).collect_view()}
                </div>
            }
            .into_any()
        }
        Layout::Rows => view! { <ul>{group.items.into_iter().map(row).collect_view()}</ul> }.into_any(),
        Layout::Rules => {
            view! { <ol>{group.items.into_iter().map(|item| rule(item, last)).collect_view()}</ol> }
                .into_any()
        }
    };
    let note = (!group.note.is_empty()).then(|| view! { <p class="s-note">{group.note}</p> });
    view! {
        <Panel title=group.title>
            {note}
            {body}
        </Panel>
    }
    .into_any()
}

/// A title, and its controls at the end of the row. What is wrong with a field stands below it.
fn row(item: Item) -> impl IntoView {
    let on = item.fields.iter().any(|field| is_switch(field) && !field.value.is_empty());
    let dims = item.fields.len() == 2;
    let hint = (!item.hint.is_empty()).then(|| view! { <div class="t3 sm">{item.hint}</div> });
    let fields = item.fields.into_iter().map(|field| view! { <Field field quiet=true/> });
    view! {
        <li class="s-rule" data-off=(dims && !on).then_some("")>
            <div class="s-what">
                <div class="s-title">{item.title}</div>
                {hint}
            </div>
            {fields.collect_view()}
        </li>
    }
    .into_any()
}

fn is_switch(field: &Content) -> bool {
    matches!(field.control, Control::Switch)
}

/// A rule: its fields, and its place among the others.
fn rule(item: Item, last: usize) -> impl IntoView {
    let place = item.rule.unwrap_or(0);
    let name = item.title.clone();
    let button = |what: &'static str, label: &str, icon: IconName| {
        let label = format!("{label}: {name}");
        view! {
            <button class="btn" data-size="sm" data-variant="ghost" name="do" value=format!("{what}:{place}") aria-label=label.clone() title=label>
                <Icon name=icon/>
            </button>
        }
    };
    let buttons = (place < last).then(|| {
        view! {
            <span class="s-order">
                {(place > 0).then(|| button("up", "Move up", IconName::ArrowUp))}
                {(place + 1 < last).then(|| button("down", "Move down", IconName::ArrowDown))}
                {button("remove", "Remove", IconName::Trash)}
            </span>
        }
    });
    let add = (place == last).then(|| {
        view! {
            <button class="btn" data-size="sm" name="do" value="add">
                "Add another rule"
            </button>
        }
    });
    view! {
        <li class="s-item">
            <fieldset class="s-fields">
                <legend class="s-title">{item.title}</legend>
                {item.fields.into_iter().map(|field| view! { <Field field/> }).collect_view()}
            </fieldset>
            {buttons}
            {add}
        </li>
    }
    .into_any()
}
