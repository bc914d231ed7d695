//! Licence texts of what we pass on: fonts and icons ask that theirs travels with them.

use std::fs;

use anyhow::{Context, Result};

use crate::options::Options;
use crate::site::Site;

const PACKAGES: [(&str, &str); 3] = [
    ("geist", "@fontsource-variable/geist"),
    ("geist-mono", "@fontsource-variable/geist-mono"),
    ("lucide", "lucide-static"),
];

pub(crate) fn add(site: &mut Site, options: &Options) -> Result<()> {
    for (name, package) in PACKAGES {
        let file = options.node_modules().join(package).join("LICENSE");
        let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        site.add(format!("licences/{name}.txt"), text);
    }
    Ok(())
}
