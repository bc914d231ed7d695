//! The charts: ECharts with no more of it than `app/src/chart/echarts.js` uses, as one file.

use std::fs;

use anyhow::{Context, Result};

use crate::cache::Cache;
use crate::options::Options;
use crate::site::Site;
use crate::tool;

/// What is bundled.
const ENTRY: &str = "app/src/chart/echarts.js";

/// Returns the URL path of the bundle. A script and no module: the page's policy is asked once, for the one file.
pub(crate) fn add(site: &mut Site, options: &Options, cache: &Cache) -> Result<String> {
    let entry = options.root.join(ENTRY);
    let source = fs::read(&entry).with_context(|| format!("cannot read {}", entry.display()))?;
    let built = cache.dir("charts", &source, |dir| {
        println!("Charts   esbuild");
        let mut command = tool::command(options, "esbuild");
        command
            .env("NODE_PATH", options.node_modules())
            .args([
                "--bundle",
                "--format=iife",
                "--target=es2022",
                "--legal-comments=none",
                "--log-level=warning",
            ])
            .args(options.mode.is_release().then_some("--minify"))
            .arg(&entry);
        Ok(fs::write(dir.join("charts.js"), tool::output(&mut command)?)?)
    })?;
    let bundle = fs::read(built.join("charts.js")).context("esbuild made no bundle")?;
    Ok(site.add_hashed(&options.pkg, "echarts.js", bundle))
}
