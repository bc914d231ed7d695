//! How words and ids look in the API's document. Only the server describes itself; the browser is built without.

use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// A text that is one of those words.
pub(crate) fn words(words: &[&'static str], doc: &str) -> RefOr<Schema> {
    let words = words.iter().copied();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(words))
        .description(Some(doc.trim()))
        .into()
}

/// A text of at most so many bytes that identifies something. A character has at least one byte, so the bound holds for characters, too.
pub(crate) fn id(doc: &str, most: usize) -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String).description(Some(doc.trim()));
    text.min_length(Some(1)).max_length(Some(most)).into()
}
