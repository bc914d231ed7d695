//! Server-sent events as text. JSON has no line breaks of its own, so a message is one `data` line.

use axum::body::Bytes;
use domain::id::Seq;
use serde::Serialize;

/// When a browser that was cut off comes back, in milliseconds.
const RETRY: &str = "retry: 2000\n";

/// The first message of a stream, which says when to come back, too.
pub(super) fn first(event: Bytes) -> Bytes {
    [RETRY.as_bytes(), &event].concat().into()
}

/// A message.
pub(super) fn of(name: &str, id: Option<Seq>, data: &impl Serialize) -> Bytes {
    // Numbers, times and words always have a JSON form.
    raw(name, id, &serde_json::to_string(data).unwrap_or_default())
}

/// A message whose data is JSON already.
pub(super) fn raw(name: &str, id: Option<Seq>, json: &str) -> Bytes {
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    ["event: ", name, "\n", &id, "data: ", json, "\n\n"].concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_its_name_its_place_and_one_line_of_data() {
        assert_eq!(raw("changes", Some(Seq(7)), "[]"), "event: changes\nid: 7\ndata: []\n\n");
        assert_eq!(raw("touched", None, "{}"), "event: touched\ndata: {}\n\n");
        assert_eq!(of("upto", Some(Seq(1)), &"a\nb"), "event: upto\nid: 1\ndata: \"a\\nb\"\n\n");
    }

    #[test]
    fn the_first_one_says_when_to_come_back() {
        assert_eq!(first(raw("hello", None, "{}")), "retry: 2000\nevent: hello\ndata: {}\n\n");
    }
}
