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

/// The files that count: without them no page is interactive. Fonts and icons load beside them, the parts of later
/// pages when those are opened.
const COUNTED: [&str; 3] = ["wasm", "js", "css"];

/// The script that loads the parts, beside the client; the client imports it.
const LOADER: &str = "parts.js";

pub(crate) fn run(project: &Project, write: bool) -> Result<()> {
    let sizes = measure(project)?;
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
    println!("  {total:>8}  first visit; budget {}, ceiling {}", budget.limit(), budget.ceiling);
    for (bytes, part) in parts(project)? {
        println!("  {bytes:>8}  later: {part}");
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

/// The counted files of the site with the size of their brotli siblings.
fn measure(project: &Project) -> Result<Vec<(String, u64)>> {
    let manifest = project.site.manifest()?;
    let path = |key: &str| {
        let path = manifest[key].as_str().map(str::to_owned);
        path.with_context(|| format!("manifest.json does not name `{key}`"))
    };
    let mut paths = COUNTED.into_iter().map(path).collect::<Result<Vec<_>>>()?;
    let loader = paths[1].rsplit_once('/').map(|(folder, _)| format!("{folder}/{LOADER}"));
    paths.extend(loader);
    paths.into_iter().map(|path| Ok((path.clone(), compressed(project, &path)?))).collect()
}

/// What each part of the client weighs with the chunks that it shares with others, the largest first.
fn parts(project: &Project) -> Result<Vec<(u64, String)>> {
    let manifest = project.site.manifest()?;
    let folder =
        manifest["js"].as_str().and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder);
    let mut parts = Vec::new();
    for (part, files) in manifest["parts"].as_object().into_iter().flatten() {
        let mut bytes = 0;
        for file in files.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str) {
            bytes += compressed(project, &format!("{folder}/{file}.wasm"))?;
        }
        parts.push((bytes, part.trim_start_matches('_').to_owned()));
    }
    if let Some(charts) = manifest["charts"].as_str() {
        parts.push((compressed(project, charts)?, "charts, when one comes into view".to_owned()));
    }
    parts.sort_by(|a, b| b.cmp(a));
    Ok(parts)
}

/// The size of the file's brotli sibling.
fn compressed(project: &Project, path: &str) -> Result<u64> {
    let file = project.site.root.join(format!("{}.br", path.trim_start_matches('/')));
    let meta = fs::metadata(&file).with_context(|| {
        format!("no {}; a development build has none, run `cargo xtask build` first", file.display())
    })?;
    Ok(meta.len())
}
