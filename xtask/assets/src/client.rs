//! The client: the module from cargo becomes JavaScript glue, a wasm file for the first page, and one for each part
//! that is loaded when it is needed.
//!
//! Its files name one another in circles (the glue imports the loader of the parts, the loader imports the glue), so
//! none of them can carry a hash of its own content. They lie together in one folder that carries the hash of all.

mod optimise;
mod split;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::cache::Cache;
use crate::hash;
use crate::options::Options;
use crate::public::read_tree;
use crate::site::Site;

/// What is kept of the cached step for the manifest, not served.
const PARTS: &str = "parts.json";

/// What the page must know of the client.
pub(crate) struct Client {
    /// URL paths of the two files that start it.
    pub(crate) js: String,
    pub(crate) wasm: String,
    /// For each part of the program that is loaded later, the stems of its files, which lie beside those two.
    pub(crate) parts: BTreeMap<String, Vec<String>>,
}

pub(crate) fn add(site: &mut Site, options: &Options, cache: &Cache) -> Result<Client> {
    let module =
        fs::read(&options.wasm).with_context(|| format!("cannot read {}", options.wasm.display()))?;
    let built = cache.dir("client", &module, |dir| {
        println!("Client   splitting");
        let main = dir.join("main.wasm");
        let parts = split::run(&module, dir, &main, &options.name)?;
        println!("Client   wasm-bindgen");
        bindgen(options, &main, dir)?;
        fs::remove_file(&main).with_context(|| format!("cannot remove {}", main.display()))?;
        if options.mode.is_release() {
            println!("Client   wasm-opt -Oz (one to three minutes)");
            optimise::run(options, dir)?;
        }
        fs::write(dir.join(PARTS), serde_json::to_vec(&parts)?).context("cannot write the list of parts")
    })?;

    let parts = fs::read(built.join(PARTS)).context("the cached client has no list of its parts")?;
    let parts: BTreeMap<String, Vec<String>> = serde_json::from_slice(&parts)?;
    let mut files = read_tree(&built)?;
    files.retain(|(path, _)| path != PARTS);
    let hash = hash::short(files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()]));
    let folder = format!("{}/{}.{hash}", options.pkg, options.name);
    for (path, bytes) in files {
        site.add(format!("{folder}/{path}"), bytes);
    }
    let url = |file: &str| format!("/{folder}/{file}");
    Ok(Client {
        js: url(&format!("{}.js", options.name)),
        wasm: url(&format!("{}_bg.wasm", options.name)),
        parts,
    })
}

fn bindgen(options: &Options, main: &Path, dir: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(main)
        .out_name(&options.name)
        .web(true)?
        .typescript(false)
        // The parts link against these, by these names.
        .keep_lld_exports(true)
        .demangle(false)
        .keep_debug(!options.mode.is_release())
        .generate(dir)
        .context("wasm-bindgen failed; its version in xtask/assets/Cargo.toml must be that of Cargo.lock")
}
