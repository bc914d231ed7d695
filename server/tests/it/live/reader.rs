//! A reader of server-sent events that takes nothing for granted: bytes come as they come.

use axum::body::{Body, BodyDataStream};
use futures::StreamExt as _;
use serde_json::Value;

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) id: Option<String>,
    pub(crate) retry: Option<u64>,
    pub(crate) data: Value,
}

/// Messages out of bytes.
#[derive(Default)]
pub(crate) struct Parser(Vec<u8>);

impl Parser {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next message that is whole.
    pub(crate) fn next(&mut self) -> Option<Event> {
        let end = self.0.windows(2).position(|pair| pair == b"\n\n")?;
        let text: Vec<u8> = self.0.drain(..end + 2).collect();
        let mut event = Event { name: String::new(), id: None, retry: None, data: Value::Null };
        for line in String::from_utf8(text).unwrap().lines().filter(|line| !line.is_empty()) {
            let (key, value) = line.split_once(": ").unwrap_or_else(|| panic!("no field: {line}"));
            match key {
                "event" => value.clone_into(&mut event.name),
                "id" => event.id = Some(value.to_owned()),
                "retry" => event.retry = Some(value.parse().unwrap()),
                "data" => event.data = serde_json::from_str(value).unwrap(),
                other => panic!("a field that nobody reads: {other}"),
            }
        }
        Some(event)
    }
}

/// The messages of a body.
pub(crate) struct Events {
    body: BodyDataStream,
    parser: Parser,
}

impl Events {
    pub(crate) fn new(body: Body) -> Self {
        Self { body: body.into_data_stream(), parser: Parser::default() }
    }

    /// The next message; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.parser.next() {
                return Some(event);
            }
            let bytes = self.body.next().await?.unwrap();
            self.parser.push(&bytes);
        }
    }
}
