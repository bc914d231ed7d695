//! JSON as answers of server functions carry it.

use leptos::server_fn::{
    Bytes, ContentType, Decodes, Encodes, Format, FormatType,
    codec::{JsonEncoding, Post},
};
use serde::{Serialize, de::DeserializeOwned};

/// How a server function answers: `output = Answer`.
pub type Answer = Post<OneReader>;

/// JSON that is read as text: the way in which a page reads what was rendered into it. The client then carries one
/// reader for each type and not two, one of them for bytes.
#[derive(Debug)]
pub struct OneReader;

impl ContentType for OneReader {
    const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
}

impl FormatType for OneReader {
    const FORMAT_TYPE: Format = JsonEncoding::FORMAT_TYPE;
}

impl<T: Serialize> Encodes<T> for OneReader {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, serde_json::Error> {
        JsonEncoding::encode(output)
    }
}

impl<T: DeserializeOwned> Decodes<T> for OneReader {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, serde_json::Error> {
        let text = std::str::from_utf8(&bytes).map_err(serde::de::Error::custom)?;
        serde_json::from_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let bytes = OneReader::encode(&vec!["日本語", "\"quoted\""]).unwrap();
        let text: Vec<String> = OneReader::decode(bytes).unwrap();
        assert_eq!(text, ["日本語", "\"quoted\""]);
        let broken: Result<Vec<String>, _> = OneReader::decode(Bytes::from_static(b"[\"\xff\"]"));
        assert!(broken.is_err());
    }
}
