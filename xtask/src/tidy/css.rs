//! Style sheets as a flat list of what stands in them: enough for our rules, with nesting of any depth.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What stands before a `{`: a selector or an at-rule.
    Prelude,
    /// What ends with `;` or with the block: mostly `property: value`.
    Declaration,
    Comment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: Kind,
    /// Without comments and surrounding space.
    pub(super) text: String,
    /// Where it begins.
    pub(super) line: usize,
}

impl Item {
    /// Property and value of a declaration.
    pub(super) fn property(&self) -> Option<(&str, &str)> {
        let (property, value) = self.text.split_once(':')?;
        (self.kind == Kind::Declaration && !self.text.starts_with('@'))
            .then(|| (property.trim(), value.trim()))
    }
}

pub(super) fn items(source: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut open = Item { kind: Kind::Declaration, text: String::new(), line: 1 };
    let (mut at, mut line, mut depth) = (0, 1, 0_usize);
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let length = if rest.starts_with("/*") {
            let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
            items.push(Item { kind: Kind::Comment, text: rest[..length].to_owned(), line });
            length
        } else if c == '"' || c == '\'' {
            let length = rest[1..].find(c).map_or(rest.len(), |end| end + 2);
            begin(&mut open, line);
            open.text.push_str(&rest[..length]);
            length
        } else {
            match c {
                // A `;` in `url(data:…;base64,…)` ends nothing.
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            match c {
                '{' => close(&mut items, &mut open, Kind::Prelude),
                '}' => close(&mut items, &mut open, Kind::Declaration),
                ';' if depth == 0 => close(&mut items, &mut open, Kind::Declaration),
                _ => {
                    if !c.is_whitespace() {
                        begin(&mut open, line);
                    }
                    open.text.push(c);
                }
            }
            c.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        at += length;
    }
    close(&mut items, &mut open, Kind::Declaration);
    items
}

fn begin(open: &mut Item, line: usize) {
    if open.text.trim().is_empty() {
        open.line = line;
    }
}

fn close(items: &mut Vec<Item>, open: &mut Item, kind: Kind) {
    let text = std::mem::take(&mut open.text);
    let text = text.trim();
    if !text.is_empty() {
        items.push(Item { kind, text: text.to_owned(), line: open.line });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_rules_are_flattened() {
        let source = ".a {\n  color: red; /* why */\n  &.b { inset: 0 }\n}\n@media (width < 720px) { .c { gap: 1px; } }\n";
        let found: Vec<_> = items(source).into_iter().map(|item| (item.kind, item.text, item.line)).collect();
        let expected = [
            (Kind::Prelude, ".a", 1),
            (Kind::Declaration, "color: red", 2),
            (Kind::Comment, "/* why */", 2),
            (Kind::Prelude, "&.b", 3),
            (Kind::Declaration, "inset: 0", 3),
            (Kind::Prelude, "@media (width < 720px)", 5),
            (Kind::Prelude, ".c", 5),
            (Kind::Declaration, "gap: 1px", 5),
        ];
        assert_eq!(found, expected.map(|(kind, text, line)| (kind, text.to_owned(), line)));
    }

    #[test]
    fn strings_and_urls_keep_their_marks() {
        let items = items(r#"a::after { content: "};{"; background: url(data:a;b) }"#);
        let values: Vec<_> = items.iter().filter_map(Item::property).collect();
        assert_eq!(values, [("content", "\"};{\""), ("background", "url(data:a;b)")]);
    }
}
