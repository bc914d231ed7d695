//! The style sheet: `style/main.css` with its imports, as one file.

use std::fs;

use anyhow::{Context, Result};

use crate::fonts;
use crate::options::Options;
use crate::site::Site;
use crate::tool;

/// URL paths of the sheet and of the fonts worth preloading.
pub(crate) struct Styles {
    pub(crate) css: String,
    pub(crate) fonts: Vec<String>,
}

/// Bundles without browser targets: Lightning CSS would otherwise write `light-dark()`, nesting and
/// `color-mix()` out for old browsers, and the sheet would grow by half.
pub(crate) fn add(site: &mut Site, options: &Options) -> Result<Styles> {
    let entry = options.root.join("style/main.css");
    fs::metadata(&entry)
        .with_context(|| format!("the style sheet's entry {} is missing", entry.display()))?;

    let mut command = tool::command(options, "lightningcss");
    command.arg("--bundle");
    if options.mode.is_release() {
        command.arg("--minify");
    }
    let css = tool::output(command.arg(&entry))?;
    let css = String::from_utf8(css).context("the style sheet is not UTF-8")?;

    let (css, fonts) = fonts::add(site, options, &css)?;
    Ok(Styles { css: site.add_hashed(&options.pkg, &format!("{}.css", options.name), css.trim_end()), fonts })
}
