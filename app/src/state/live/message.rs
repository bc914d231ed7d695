//! Messages of the stream, read only as far as pages need them.

use chrono::{DateTime, TimeDelta, Utc};
use js_sys::{Array, JSON, Reflect};
use leptos::wasm_bindgen::JsValue;

use super::Topics;

/// The names of the messages.
pub(super) const NAMES: [&str; 6] = ["hello", "changes", "touched", "upto", "resync", "beat"];

/// What a message says.
#[derive(Debug, Clone, Default)]
pub(super) struct Message {
    /// The place that is reached with it.
    pub(super) place: Option<f64>,
    /// What changed.
    pub(super) topics: Topics,
    /// The server's time, where it says so.
    pub(super) now: Option<DateTime<Utc>>,
    /// The build of the site that the server has, where it says so.
    pub(super) build: Option<String>,
    /// How many entries the founder's own logs have, where it says so.
    pub(super) marks: Option<String>,
}

/// Reads a message; `None` where it is none that is known.
pub(super) fn read(name: &str, data: &str) -> Option<Message> {
    let data = JSON::parse(data).ok()?;
    let mut message = Message { place: number(&data, "seq"), ..Message::default() };
    match name {
        "hello" | "beat" => {
            message.now = time(&data, "now");
            message.build = text(&data, "build");
            message.marks = marks(&data);
        }
        "changes" => {
            for change in Array::from(&data).iter() {
                message.place = number(&change, "seq");
                message.topics = message
                    .topics
                    .and(text(&change, "kind").map_or_else(Topics::default, |kind| Topics::of_kind(&kind)));
            }
        }
        "touched" => {
            let areas = Reflect::get(&data, &"areas".into()).ok()?;
            for area in Array::from(&areas).iter().filter_map(|area| area.as_string()) {
                message.topics = message.topics.and(Topics::of_area(&area));
            }
            message.marks = marks(&data);
        }
        "resync" => message.topics = Topics::ALL,
        "upto" => {}
        _ => return None,
    }
    Some(message)
}

/// The areas in which two texts of marks differ.
pub(super) fn differing(before: &str, after: &str) -> Topics {
    let (Ok(before), Ok(after)) = (JSON::parse(before), JSON::parse(after)) else { return Topics::default() };
    let areas = ["decisions", "settings", "views", "products"].into_iter();
    areas
        .filter(|area| number(&before, area) != number(&after, area))
        .fold(Topics::default(), |all, area| all.and(Topics::of_area(area)))
}

fn number(data: &JsValue, key: &str) -> Option<f64> {
    Reflect::get(data, &key.into()).ok()?.as_f64()
}

fn text(data: &JsValue, key: &str) -> Option<String> {
    Reflect::get(data, &key.into()).ok()?.as_string()
}

fn marks(data: &JsValue) -> Option<String> {
    let marks = Reflect::get(data, &"marks".into()).ok().filter(JsValue::is_object)?;
    JSON::stringify(&marks).ok()?.as_string()
}

/// A time as the browser reads it, which costs no code of ours.
fn time(data: &JsValue, key: &str) -> Option<DateTime<Utc>> {
    let ms = js_sys::Date::parse(&text(data, key)?);
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a date")]
    DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::try_milliseconds(ms as i64)?)
}
