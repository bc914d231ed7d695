//! `cargo xtask size`: what a browser downloads to start a page, held to a budget.
//!
//! The budget is the figure that was measured last plus a small allowance, so growth is noticed where it
//! happens, and a ceiling that no allowance lifts.

mod budget;

use std::fs;

use anyhow::{Context, Result, bail};

use crate::process::say;
use crate::project::Project;
use budget::{Budget, Verdict};

/// The files that count: without them no page is interactive. Fonts and icons load beside them.
const COUNTED: [&str; 3] = ["wasm", "js", "css"];

/// Files that a page loads by itself when it needs them: told beside the budget, not held to it.
const LATER: [&str; 1] = ["charts"];

pub(crate) fn run(project: &Project, write: bool) -> Result<()> {
    let sizes = measure(project, &COUNTED)?;
    let later = measure(project, &LATER)?;
    let total = sizes.iter().map(|(_, bytes)| bytes).sum();
    let file = project.root.join("xtask/size-budget.json");
    let mut budget = Budget::read(&file)?;
    if write {
        budget.measured = total;
        budget.write(&file)?;
        say("Wrote", &file.display().to_string());
    }

    println!("Brotli, bytes");
    for (path, bytes) in &sizes {
        println!("  {bytes:>8}  {path}");
    }
    println!("  {total:>8}  total; budget {}, ceiling {}", budget.limit(), budget.ceiling);
    for (path, bytes) in &later {
        println!("  {bytes:>8}  {path}, when a chart comes into view; not in the total");
    }
    match budget.judge(total) {
        Verdict::Within => Ok(()),
        Verdict::Shrunk => {
            say("Size", "well below what was measured last: `cargo xtask size --write` keeps the gain");
            Ok(())
        }
        Verdict::Grown => bail!(
            "the client grew by more than {} %: find out why (`twiggy top`), or accept it with `cargo xtask size --write`",
            budget.allowance_percent
        ),
        Verdict::AboveCeiling => {
            bail!("the client is above the ceiling: split a route off, or drop a dependency")
        }
    }
}

/// Files of the site, by their names in the manifest, with the size of their brotli siblings.
fn measure(project: &Project, keys: &[&str]) -> Result<Vec<(String, u64)>> {
    let site = &project.site.root;
    let manifest = project.site.manifest()?;
    let measure = |key: &str| {
        let path = manifest[key].as_str().with_context(|| format!("manifest.json does not name `{key}`"))?;
        let file = site.join(format!("{}.br", path.trim_start_matches('/')));
        let meta = fs::metadata(&file).with_context(|| {
            format!("no {}; a development build has none, run `cargo xtask build` first", file.display())
        })?;
        Ok((path.to_owned(), meta.len()))
    };
    keys.iter().copied().map(measure).collect()
}
