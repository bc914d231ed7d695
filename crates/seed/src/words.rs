//! Words with gaps: `{area}`, `{name}`, `{v}` …

use domain::product::slugify;

/// What goes into the gaps of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    /// The part of the product that a task is about.
    pub(crate) area: String,
    /// The product's name.
    pub(crate) name: String,
    /// The product's name in links.
    pub(crate) slug: String,
    /// A version of the product.
    pub(crate) version: String,
    /// A number that is neither one nor many.
    pub(crate) number: usize,
}

impl Words {
    /// The text with its gaps filled. What is no gap of ours stays as it is.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let (gap, after) = rest.split_once('}').unwrap_or((rest, ""));
            match gap {
                "{area" => out.push_str(&self.area),
                "{a" => out.push_str(&slugify(&self.area).replace('-', "_")),
                "{name" => out.push_str(&self.name),
                "{slug" => out.push_str(&self.slug),
                "{v" => out.push_str(&self.version),
                "{n" => out.push_str(&self.number.to_string()),
                _ => {
                    out.push('{');
                    rest = &rest[1..];
                    continue;
                }
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// The same, begun with a capital letter.
    pub(crate) fn sentence(&self, text: &str) -> String {
        let mut filled = self.fill(text);
        if let Some(first) = filled.get(..1).map(str::to_uppercase) {
            filled.replace_range(..1, &first);
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_and_the_rest_stays() {
        let words = Words {
            area: "late feeds".into(),
            name: "Ratewatch".into(),
            slug: "ratewatch".into(),
            version: "v2.1.0".into(),
            number: 7,
        };
        assert_eq!(words.fill("{area} of {name} {v}: {n}"), "late feeds of Ratewatch v2.1.0: 7");
        assert_eq!(words.sentence("{area} in src/{a}.rs"), "Late feeds in src/late_feeds.rs");
        assert_eq!(words.fill("json {\"x\": 1} {n}"), "json {\"x\": 1} 7");
    }
}
