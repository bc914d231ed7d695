//! Secrets are taken out before anything is stored: a ledger of commands and outputs would else be a ledger of
//! passwords. What is found is replaced by [`REDACTED`]; the words around it stay, so that a command still reads.
//!
//! Rules err towards taking out: a lost word can be looked up at its source, a stored secret cannot be unstored.

mod rules;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::{
    event::Metadata,
    patch::{Visit as _, Visitor},
    stamp::whole_micros,
    telemetry::{Body, Telemetry},
};
use serde_json::Value;

use crate::clip;

/// What stands in the place of a secret.
pub const REDACTED: &str = "[redacted]";

/// Redacts and bounds every part of a line.
pub fn scrub(line: &mut Telemetry) {
    line.ts = whole_micros(line.ts);
    match &mut line.body {
        Body::Product(_, patch) => patch.visit(&mut Scrub),
        Body::Task(_, patch) => patch.visit(&mut Scrub),
        Body::Event(event, patch) => {
            event.metadata.iter_mut().for_each(redact_named);
            event.visit(&mut Scrub);
            patch.iter_mut().for_each(|patch| patch.visit(&mut Scrub));
        }
        Body::Run(_, patch) => patch.visit(&mut Scrub),
        Body::Agent(_, patch) => patch.visit(&mut Scrub),
        Body::Job(_, patch) => patch.visit(&mut Scrub),
        Body::TaskMerged { .. } => {}
    }
}

/// The text without its secrets.
pub fn redact(text: &str) -> Cow<'_, str> {
    rules::apply(text)
}

struct Scrub;

impl Visitor for Scrub {
    fn text(&mut self, text: &mut String) {
        // Redaction first: a secret that the clipping cuts in two would not be known any more.
        if let Cow::Owned(redacted) = redact(text) {
            *text = redacted;
        }
        clip::text(text);
    }

    fn list(&mut self, list: &mut Vec<String>) {
        redact_keys_by_line(list);
        clip::list(list);
        list.iter_mut().for_each(|text| self.text(text));
    }

    fn time(&mut self, at: &mut DateTime<Utc>) {
        *at = whole_micros(*at);
    }
}

/// Takes out private keys that stand in a list line by line, as logs have them.
fn redact_keys_by_line(lines: &mut [String]) {
    let mut inside = false;
    for line in lines {
        let begins = line.contains("PRIVATE KEY") && line.contains("-----BEGIN ");
        let ends = line.contains("-----END ");
        if inside {
            REDACTED.clone_into(line);
        }
        inside = (inside || begins) && !ends;
    }
}

/// Takes out values whose key says that they are secret, whatever they look like.
fn redact_named(map: &mut Metadata) {
    for (key, value) in map.iter_mut() {
        if rules::names_secret(key) && !value.is_null() {
            *value = Value::from(REDACTED);
        } else {
            redact_inside(value);
        }
    }
}

fn redact_inside(value: &mut Value) {
    match value {
        Value::Object(map) => redact_named(map),
        Value::Array(values) => values.iter_mut().for_each(redact_inside),
        _ => {}
    }
}
