//! The JSON body of a request that changes something; what is wrong with it is named by its field.

use axum::{body::to_bytes, extract::Request};
use serde::de::DeserializeOwned;
use serde_path_to_error::Track;

use crate::error::ApiError;

/// What a body is, for those who send a wrong one.
pub(super) struct Shape {
    /// `a decision`.
    pub(super) what: &'static str,
    /// The largest one, as sent, in bytes.
    pub(super) most: usize,
    /// What to write.
    pub(super) write: &'static str,
}

/// Reads a body.
pub(super) async fn read<T: DeserializeOwned>(request: Request, shape: &Shape) -> Result<T, ApiError> {
    let too_large = |_| ApiError::too_large(format!("{} has at most {} bytes", shape.what, shape.most));
    let body = to_bytes(request.into_body(), shape.most).await.map_err(too_large)?;
    parse(&body, shape.write)
}

fn parse<T: DeserializeOwned>(body: &[u8], shape: &str) -> Result<T, ApiError> {
    // serde would also take a list of values in the order of the fields.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(ApiError::invalid("body", format!("a list; {shape}")));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut track = Track::new();
    let request = T::deserialize(serde_path_to_error::Deserializer::new(&mut json, &mut track));
    request.and_then(|request| json.end().map(|()| request)).map_err(|error| {
        let text = error.to_string();
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        if error.is_syntax() || error.is_eof() {
            return ApiError::invalid("body", format!("broken JSON: {reason}; {shape}"));
        }
        // A missing field is reported at the object; name the field itself.
        match reason.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
            Some(field) => ApiError::invalid(field, format!("missing; {shape}")),
            None => match track.path().to_string() {
                path if path == "." => ApiError::invalid("body", format!("{reason}; {shape}")),
                path => ApiError::invalid(&path, reason),
            },
        }
    })
}
