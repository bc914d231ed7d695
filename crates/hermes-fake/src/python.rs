//! JSON as Python's `json.dumps` writes it: a space after `,` and `:`, and nothing beyond ASCII.

use std::io::{self, Write};

use serde::Serialize as _;
use serde_json::{Serializer, Value, ser::Formatter};

/// `json.dumps(value)`.
pub(crate) fn dumps(value: &Value) -> String {
    let mut bytes = Vec::new();
    match value.serialize(&mut Serializer::with_formatter(&mut bytes, Python)) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        // Writing a value into memory does not fail.
        Err(_) => value.to_string(),
    }
}

struct Python;

impl Formatter for Python {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        for piece in fragment.split_inclusive(|c: char| !c.is_ascii()) {
            let end = piece.char_indices().next_back().filter(|(_, c)| !c.is_ascii());
            out.write_all(&piece.as_bytes()[..end.map_or(piece.len(), |(at, _)| at)])?;
            if let Some((_, c)) = end {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_written_as_python_writes_it() {
        let value = json!({ "a": [1, null, "x\n\"—😀b"], "b": {} });
        assert_eq!(dumps(&value), r#"{"a": [1, null, "x\n\"\u2014\ud83d\ude00b"], "b": {}}"#);
    }
}
