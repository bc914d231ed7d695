//! The icon sprite: one `<symbol>` for each icon that the app lists.
//!
//! The list is the `icons!` macro in `app/src/ui/icon.rs`, so an icon is named in one place. Names come from
//! Lucide; those that begin with `sev-` or `brand-` are ours and are drawn in `style/icons/`.

mod listed;
mod symbol;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::options::Options;
use crate::site::Site;

const LIST: &str = "app/src/ui/icon.rs";

/// Adds the sprite and returns its URL path.
pub(crate) fn add(site: &mut Site, options: &Options) -> Result<String> {
    let list = options.root.join(LIST);
    let source =
        fs::read_to_string(&list).with_context(|| format!("cannot read the list of icons in {LIST}"))?;

    let mut sprite = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    for name in listed::names(&source).with_context(|| format!("no `icons! {{ … }}` in {LIST}"))? {
        let file = file(options, &name);
        let Ok(svg) = fs::read_to_string(&file) else {
            bail!("{LIST} lists the icon `{name}`, but there is no {}{}", file.display(), remedy(&name));
        };
        let symbol =
            symbol::from_svg(&name, &svg).with_context(|| format!("{} is not an SVG", file.display()))?;
        sprite.push_str(&symbol);
    }
    sprite.push_str("</svg>\n");
    Ok(site.add_hashed(&options.pkg, "icons.svg", sprite))
}

fn is_ours(name: &str) -> bool {
    name.starts_with("sev-") || name.starts_with("brand-")
}

fn file(options: &Options, name: &str) -> PathBuf {
    if is_ours(name) {
        options.root.join(format!("style/icons/{name}.svg"))
    } else {
        options.node_modules().join(format!("lucide-static/icons/{name}.svg"))
    }
}

fn remedy(name: &str) -> &'static str {
    if is_ours(name) { "; draw it there" } else { "; look its name up on https://lucide.dev/icons" }
}
