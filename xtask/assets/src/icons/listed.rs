//! Reads the names out of `icons! { Search => "search", … }`.

use std::collections::BTreeSet;

/// Every string literal of the first `icons!` call, sorted; `None` if there is no call.
///
/// The definition, `macro_rules! icons`, has no `!` behind the name and is passed over.
pub(crate) fn names(source: &str) -> Option<BTreeSet<String>> {
    let call = source.lines().position(|line| line.trim_start().starts_with("icons!"))?;
    let mut names = BTreeSet::new();
    for line in source.lines().skip(call) {
        let code = line.split("//").next().unwrap_or_default();
        // Odd pieces between quotes are the literals.
        names.extend(code.split('"').skip(1).step_by(2).map(str::to_owned));
        // rustfmt puts the brace that closes the call at the start of a line.
        if line.starts_with(['}', ')', ']']) {
            break;
        }
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_call_is_read() {
        let source = r#"
macro_rules! icons { ($($variant:ident => $name:literal),*) => { "not-this" } }
icons! {
    Search => "search", // "nor-this"
    Critical => "sev-critical",
}
fn other() -> &'static str { "nor-that" }
"#;
        let names = names(source).unwrap();
        assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), ["search", "sev-critical"]);
    }

    #[test]
    fn no_call_is_no_list() {
        assert_eq!(names("macro_rules! icons { () => {} }"), None);
    }
}
