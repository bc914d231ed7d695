//! Fonts: what the style sheet names is taken from npm and served under a hashed name.
//!
//! A sheet writes `url("/fonts/geist-latin-wght-normal.woff2")`; the file's name is the one in its
//! `@fontsource-variable` package.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::options::Options;
use crate::site::Site;

const PREFIX: &str = "/fonts/";

/// Returns the sheet with the final URLs, and the URLs of fonts that every page needs at once.
pub(crate) fn add(site: &mut Site, options: &Options, css: &str) -> Result<(String, Vec<String>)> {
    let mut urls = BTreeMap::new();
    for name in names(css) {
        let file = find(options, name)?;
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        urls.insert(name.to_owned(), site.add_hashed(&options.pkg, name, bytes));
    }
    let css =
        urls.iter().fold(css.to_owned(), |css, (name, url)| css.replace(&format!("{PREFIX}{name}"), url));
    let preload = urls.iter().filter(|(name, _)| is_basic_latin(name)).map(|(_, url)| url.clone()).collect();
    Ok((css, preload))
}

/// The file names that follow `/fonts/` in the sheet.
fn names(css: &str) -> impl Iterator<Item = &str> {
    css.split(PREFIX).skip(1).filter_map(|rest| rest.split(['"', '\'', ')']).next())
}

/// Other subsets (latin-ext, cyrillic, …) are fetched by the browser when a page has such a character.
fn is_basic_latin(name: &str) -> bool {
    name.contains("-latin-wght-normal")
}

fn find(options: &Options, name: &str) -> Result<PathBuf> {
    let packages = options.node_modules().join("@fontsource-variable");
    fs::read_dir(&packages)
        .with_context(|| format!("cannot read {}", packages.display()))?
        .filter_map(|package| Some(package.ok()?.path().join("files").join(name)))
        .find(|file| file.is_file())
        .with_context(|| {
            format!(
                "the style sheet names the font `{name}`, which no @fontsource-variable package of npm has"
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_quoted_or_not() {
        let css = r#"src:url(/fonts/a.woff2) format("woff2")} src:url("/fonts/b.woff2") url(/img/c.png)"#;
        assert_eq!(names(css).collect::<Vec<_>>(), ["a.woff2", "b.woff2"]);
    }

    #[test]
    fn only_the_basic_subset_is_preloaded() {
        assert!(is_basic_latin("geist-mono-latin-wght-normal.woff2"));
        assert!(!is_basic_latin("geist-latin-ext-wght-normal.woff2"));
    }
}
