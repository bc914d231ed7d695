//! What was written into a form.

use serde_json::{Map, Value};

use super::{Control, Field, Products, Values, groups};
use crate::settings::{
    FieldError, Section, Settings,
    check::{check, number},
};

/// The rules of that kind, each by the names of its fields, without those that are empty.
pub fn rows(values: &Values, kind: &str) -> Vec<Values> {
    let mut rows: std::collections::BTreeMap<usize, Values> = std::collections::BTreeMap::new();
    for (name, text) in values {
        let Some((place, field)) = name
            .strip_prefix(kind)
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|rest| rest.split_once('.'))
        else {
            continue;
        };
        if let Ok(place) = place.parse() {
            rows.entry(place).or_default().insert(field.to_owned(), text.clone());
        }
    }
    rows.into_values().filter(|row| row.values().any(|text| !text.trim().is_empty())).collect()
}

/// The list of rules that the section is about.
fn list(section: Section) -> Option<&'static str> {
    match section {
        Section::Priorities => Some("priorityRules"),
        Section::Retries => Some("retryRules"),
        _ => None,
    }
}

/// Does what a button of a rule asks for: `remove:2`, `up:2`, `down:2`. Empty rules go in any case, and those after
/// them move up.
pub(crate) fn arrange(section: Section, values: &mut Values, what: &str) {
    let Some(kind) = list(section) else { return };
    let mut rows = rows(values, kind);
    if let Some((what, place)) = what.split_once(':')
        && let Ok(place) = place.parse::<usize>()
        && place < rows.len()
    {
        match what {
            "remove" => drop(rows.remove(place)),
            "up" if place > 0 => rows.swap(place, place - 1),
            "down" if place + 1 < rows.len() => rows.swap(place, place + 1),
            _ => {}
        }
    }
    values.retain(|name, _| !name.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.')));
    for (place, row) in rows.into_iter().enumerate() {
        values.extend(row.into_iter().map(|(field, text)| (format!("{kind}.{place}.{field}"), text)));
    }
}

/// The settings that `base` become by what was written into the form of that section; `what` is the button, whose
/// effect on the order of rules is seen in `values` afterwards. What is wrong is named by its field.
pub fn read(
    section: Section,
    base: &Settings,
    values: &mut Values,
    what: &str,
    products: Products<'_>,
) -> Result<Settings, Vec<FieldError>> {
    arrange(section, values, what);
    let mut json = serde_json::to_value(base).unwrap_or_default();
    let mut wrong = Vec::new();
    if let (Some(kind), Some(fields)) = (list(section), json.as_object_mut()) {
        fields.insert(kind.to_owned(), Value::Array(Vec::new()));
    }
    let rules = list(section).map_or(0, |kind| rows(values, kind).len());
    for item in groups(section, values, products).into_iter().flat_map(|group| group.items) {
        // The one after the last is empty.
        if item.rule.is_some_and(|place| place >= rules) {
            continue;
        }
        for field in item.fields {
            match value(&field) {
                Ok(value) => put(&mut json, &field.name, value),
                Err(message) => wrong.push(FieldError::new(field.name, message)),
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let settings: Settings =
        serde_json::from_value(json).map_err(|error| vec![FieldError::new("", error.to_string())])?;
    let settings = settings.tidied();
    let wrong = check(&settings);
    if wrong.is_empty() { Ok(settings) } else { Err(wrong) }
}

fn value(field: &Field) -> Result<Value, String> {
    let text = field.value.trim();
    Ok(match &field.control {
        Control::Switch => Value::Bool(!text.is_empty()),
        Control::Number(least, most, _) | Control::Range(least, most, _) => {
            let asked = || format!("Write a whole number from {least} to {most}.");
            let count: u64 = text.parse().map_err(|_| asked())?;
            if let Some(wrong) = number(&field.name, count) {
                return Err(wrong.message);
            }
            count.into()
        }
        Control::Choice(offered) => {
            if !offered.iter().any(|(value, _)| value == text) {
                return Err("Choose one of those offered.".to_owned());
            }
            let given =
                field.name.starts_with("priorityRules.") && field.name.rsplit('.').next() == Some("priority");
            if given && text.is_empty() {
                return Err("Choose the priority that it gives.".to_owned());
            }
            if text.is_empty() { Value::Null } else { text.into() }
        }
        // Words are a text that may be empty; all others may be missing.
        Control::Text(_) if field.name.rsplit('.').next() == Some("words") => text.into(),
        Control::Text(_) | Control::Time if text.is_empty() => Value::Null,
        Control::Text(_) | Control::Time => text.into(),
    })
}

/// Puts a value where the name says, and makes what is not there on the way.
fn put(json: &mut Value, name: &str, value: Value) {
    let mut at = json;
    for part in name.split('.') {
        at = match at {
            Value::Array(items) => {
                let place: usize = part.parse().unwrap_or(0).min(items.len());
                if place == items.len() {
                    items.push(Value::Null);
                }
                &mut items[place]
            }
            other => {
                if !other.is_object() {
                    *other = Value::Object(Map::new());
                }
                let Some(fields) = other.as_object_mut() else { return };
                fields.entry(part).or_insert(Value::Null)
            }
        };
    }
    *at = value;
}
