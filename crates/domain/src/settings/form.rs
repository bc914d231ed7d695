//! The settings as a form: what stands in it, and what was written into it. Names of fields are those of the JSON, such
//! as `rules.recentDays`; a switch that is off is not there, as browsers send it.

mod fields;
mod read;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Settings;

pub use self::{
    fields::{Products, groups},
    read::{read, rows},
};

/// What stands in the fields of a form, by name.
pub type Values = BTreeMap<String, String>;

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Control {
    /// Any text; the hint that stands in it while it is empty.
    Text(String),
    /// `HH:MM`.
    Time,
    /// A whole number: its least, its most, and what it counts.
    Number(u64, u64, String),
    /// The same, by a slider.
    Range(u64, u64, String),
    /// One of those: what is sent, and what is shown.
    Choice(Vec<(String, String)>),
    /// On or off.
    Switch,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it is, for people and screen readers.
    pub label: String,
    /// What it does; may be empty.
    pub hint: String,
    /// How it is filled in.
    pub control: Control,
    /// What stands in it; of a switch `on` or nothing.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// Fields that belong together: a row with its switch, or a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// What it is; empty where its one field says so itself.
    pub title: String,
    /// What it means.
    pub hint: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its place among the rules, where it is one; the one after the last is for a new rule.
    pub rule: Option<usize>,
}

/// How items lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Layout {
    /// One under the other, with their controls at the end.
    Rows,
    /// Beside each other, where there is room.
    Grid,
    /// Rules, in the order in which they are tried.
    Rules,
}

/// A panel of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// What it is about.
    pub title: String,
    /// What to know of it; may be empty.
    pub note: String,
    /// How its items lie.
    pub layout: Layout,
    /// What stands in it.
    pub items: Vec<Item>,
}

/// The settings as the texts of a form.
pub fn values(settings: &Settings) -> Values {
    let mut values = Values::new();
    // Settings always have a JSON form.
    collect("", &serde_json::to_value(settings).unwrap_or_default(), &mut values);
    values
}

fn collect(path: &str, value: &Value, values: &mut Values) {
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let text = match value {
        Value::Object(fields) => {
            return fields.iter().for_each(|(key, value)| collect(&under(key), value, values));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            return items.for_each(|(place, value)| collect(&under(&place.to_string()), value, values));
        }
        Value::Null | Value::Bool(false) => return,
        Value::Bool(true) => "on".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
    };
    values.insert(path.to_owned(), text);
}
