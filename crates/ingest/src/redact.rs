//! Secrets are taken out before anything is stored: a ledger of commands and outputs would else be a ledger of
//! passwords. What is found is replaced by [`REDACTED`]; the words around it stay, so that a command still reads.
//!
//! Rules err towards taking out: a lost word can be looked up at its source, a stored secret cannot be unstored.

mod rules;

use domain::{
    event::{Event, Metadata},
    patch::Texts,
    telemetry::{Body, Telemetry},
};
use serde_json::Value;

use crate::clip;

/// What stands in the place of a secret.
pub const REDACTED: &str = "[redacted]";

/// Redacts and bounds every text of a line.
pub fn scrub(line: &mut Telemetry) {
    match &mut line.body {
        Body::Product(_, patch) => texts(&mut **patch),
        Body::Task(_, patch) => texts(&mut **patch),
        Body::Event(event, patch) => {
            scrub_event(event);
            if let Some(patch) = patch {
                texts(&mut **patch);
            }
        }
        Body::Run(_, patch) => {
            if let Some(logs) = patch.logs.value_mut() {
                clip::list(logs);
            }
            texts(&mut **patch);
        }
        Body::Agent(_, patch) => texts(&mut **patch),
        Body::Job(_, patch) => texts(&mut **patch),
    }
}

/// The text without its secrets.
pub fn redact(text: &str) -> std::borrow::Cow<'_, str> {
    rules::apply(text)
}

fn texts(holder: &mut impl Texts) {
    holder.texts(&mut |text| {
        // Redaction first: a secret that the clipping cuts in two would not be known any more.
        if let std::borrow::Cow::Owned(redacted) = redact(text) {
            *text = redacted;
        }
        clip::text(text);
    });
}

fn scrub_event(event: &mut Event) {
    if let Some(metadata) = &mut event.metadata {
        redact_named(metadata);
    }
    texts(event);
}

/// Takes out values whose key says that they are secret, whatever they look like.
fn redact_named(map: &mut Metadata) {
    for (key, value) in map.iter_mut() {
        match value {
            Value::String(text) if rules::names_secret(key) && !text.is_empty() => {
                REDACTED.clone_into(text);
            }
            Value::Object(inner) => redact_named(inner),
            Value::Array(values) => values.iter_mut().filter_map(Value::as_object_mut).for_each(redact_named),
            _ => {}
        }
    }
}
