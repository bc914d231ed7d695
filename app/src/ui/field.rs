//! A field of a form: label, control, and below it the hint or what is wrong.

use domain::settings::form::{Control, Field as Content};
use leptos::prelude::*;

use super::{Icon, IconName, Switch};

/// A field, as the form describes it. Works without scripts.
#[component]
pub fn Field(
    /// What stands in it.
    field: Content,
    /// Whether its label is for screen readers only: a title beside it says the same.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let Content { name, label, hint, control, value, error } = field;
    if matches!(control, Control::Switch) {
        return view! { <Switch name label on=!value.is_empty()/> }.into_any();
    }
    let about = format!("{name}-about");
    let described = (error.is_some() || !hint.is_empty()).then(|| about.clone());
    let invalid = error.is_some().then_some("true");
    let (id, of, of_label) = (name.clone(), name.clone(), name.clone());
    let plain = |kind: &'static str, placeholder: String, unit: Option<String>| {
        view! {
            <span class="input">
                <input
                    id=id.clone()
                    name=name.clone()
                    type="text"
                    inputmode=kind
                    value=value.clone()
                    placeholder=placeholder
                    autocomplete="off"
                    aria-invalid=invalid
                    aria-describedby=described.clone()
                />
                {unit.map(|unit| view! { <span class="t3">{unit}</span> })}
            </span>
        }
        .into_any()
    };
    let control = match control {
        Control::Number(_, _, unit) => plain("numeric", String::new(), Some(unit)),
        Control::Text(placeholder) => plain("text", placeholder, None),
        Control::Time => plain("text", "HH:MM".to_owned(), None),
        Control::Range(least, most, unit) => {
            return view! { <Range id name=of label least most unit value hint=error.unwrap_or(hint)/> }
                .into_any();
        }
        Control::Choice(offered) => {
            let option = |(option, words): (String, String)| {
                let selected = option == value;
                view! {
                    <option value=option selected=selected>
                        {words}
                    </option>
                }
            };
            view! {
                <select class="select" id=id name=of aria-invalid=invalid aria-describedby=described>
                    {offered.into_iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        }
        Control::Switch => ().into_any(),
    };
    let below = match error {
        Some(error) => Some(
            view! {
                <span class="hint" data-tone="danger" id=about>
                    <Icon name=IconName::CircleX size=12/>
                    {error}
                </span>
            }
            .into_any(),
        ),
        None if hint.is_empty() => None,
        None => Some(
            view! {
                <span class="hint" id=about>
                    {hint}
                </span>
            }
            .into_any(),
        ),
    };
    view! {
        <div class="field">
            <label class=if quiet { "sr" } else { "field-label" } for=of_label>
                {label}
            </label>
            {control}
            {below}
        </div>
    }
    .into_any()
}

/// A number by a slider, which stands beside it.
#[component]
fn Range(
    id: String,
    name: String,
    label: String,
    least: u64,
    most: u64,
    unit: String,
    value: String,
    hint: String,
) -> impl IntoView {
    let now = RwSignal::new(value.clone());
    let share = move || {
        let span = most.saturating_sub(least).max(1);
        let at = now.with(|now| now.parse().unwrap_or(least)).clamp(least, most) - least;
        at * 100 / span
    };
    let words = move || now.with(|now| if unit == "$" { format!("${now}") } else { format!("{now} {unit}") });
    let about = format!("{name}-about");
    view! {
        <div class="field">
            <div class="field-row">
                <label class="field-label" for=id.clone()>
                    {label}
                </label>
                <output for=id.clone()>{words}</output>
            </div>
            <input
                class="range"
                id=id
                name=name
                type="range"
                min=least.to_string()
                max=most.to_string()
                value=value
                style=move || format!("--p:{}", share())
                aria-describedby=about.clone()
                on:input:target=move |event| now.set(event.target().value())
            />
            <span class="hint" id=about>
                {hint}
            </span>
        </div>
    }
    .into_any()
}
