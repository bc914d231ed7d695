//! Builds what the server serves: wasm and its glue, styles, fonts, icons, compressed files.
//!
//! `cargo xtask` compiles the client and then calls this program, which is a package of its own because its
//! dependencies (wasm-bindgen's post-processor, brotli) are heavy and `xtask` must start fast on a fresh machine.
//!
//! Every step reads its input, adds files to a [`site::Site`] in memory, and the site is written at the end,
//! in one move. Slow steps go through the [`cache::Cache`], so a second run with nothing changed does nothing.
//!
//! To add a kind of asset: write a module with one `add(site, options, …)` function, call it in [`build`],
//! and name what the page needs of it in [`manifest::Manifest`].

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its user")]

mod cache;
mod charts;
mod client;
mod compress;
mod fonts;
mod hash;
mod icons;
mod licences;
mod manifest;
mod offline;
mod options;
mod public;
mod site;
mod styles;
mod tool;

use std::process::ExitCode;

use anyhow::Result;

use crate::cache::Cache;
use crate::manifest::Manifest;
use crate::options::Options;
use crate::site::Site;

fn main() -> ExitCode {
    match Options::from_args(std::env::args().skip(1)).and_then(|options| build(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn build(options: &Options) -> Result<()> {
    let cache = Cache::open(options)?;
    let mut site = Site::default();

    let client = client::add(&mut site, options, &cache)?;
    let styles = styles::add(&mut site, options)?;
    let icons = icons::add(&mut site, options)?;
    let charts = charts::add(&mut site, options, &cache)?;
    licences::add(&mut site, options)?;
    public::add(&mut site, options)?;

    let build = site.fingerprint(options.mode);
    let manifest = Manifest { client, css: styles.css, icons, charts, fonts: styles.fonts, build };

    if manifest.is_current_in(&options.out, &site) {
        println!("Site     unchanged, build {}", manifest.build);
        return Ok(());
    }
    if options.mode.is_release() {
        offline::add(&mut site, &manifest)?;
        compress::add(&mut site, &cache)?;
    }
    manifest.add(&mut site)?;
    site.write(&options.out)?;
    println!("Site     {} files in {}, build {}", site.len(), options.out.display(), manifest.build);
    cache.prune()
}
