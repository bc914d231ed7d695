//! What differs between two versions, field by field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Settings;

/// A field that differs. Lists are compared place by place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The field, such as `rules.recentDays` or `priorityRules.0.priority`.
    pub field: String,
    /// What it was, as JSON; `null` where it was not there.
    pub before: Option<String>,
    /// What it is, as JSON; `null` where it is not there.
    pub after: Option<String>,
}

/// What differs between two versions, by field.
pub fn diff(before: &Settings, after: &Settings) -> Vec<Difference> {
    let (before, after) = (leaves(before), leaves(after));
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    let differs = |field: &&String| before.get(*field) != after.get(*field);
    let difference = |field: &String| Difference {
        field: field.clone(),
        before: before.get(field).cloned(),
        after: after.get(field).cloned(),
    };
    fields.into_iter().filter(differs).map(difference).collect()
}

fn leaves(settings: &Settings) -> BTreeMap<String, String> {
    let mut leaves = BTreeMap::new();
    // Settings always have a JSON form.
    collect("", &serde_json::to_value(settings).unwrap_or_default(), &mut leaves);
    leaves
}

fn collect(path: &str, value: &Value, leaves: &mut BTreeMap<String, String>) {
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| collect(&under(key), value, leaves));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(place, value)| collect(&under(&place.to_string()), value, leaves));
        }
        // Nothing said is nothing there.
        Value::Null => {}
        value => drop(leaves.insert(path.to_owned(), value.to_string())),
    }
}
