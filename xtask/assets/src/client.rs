//! The client: the module from cargo becomes JavaScript glue and a small wasm file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::cache::Cache;
use crate::hash;
use crate::options::Options;
use crate::site::Site;
use crate::tool;

/// What current rustc emits and every browser of the last years runs. Named one by one: with
/// `--all-features` wasm-opt may write what browsers refuse.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// URL paths of the two files that start the client.
pub(crate) struct Client {
    pub(crate) js: String,
    pub(crate) wasm: String,
}

pub(crate) fn add(site: &mut Site, options: &Options, cache: &Cache) -> Result<Client> {
    let module =
        fs::read(&options.wasm).with_context(|| format!("cannot read {}", options.wasm.display()))?;
    let built = cache.dir("client", &module, |dir| {
        println!("Client   wasm-bindgen");
        bindgen(options, &module, dir)?;
        if options.mode.is_release() {
            println!("Client   wasm-opt -Oz (about half a minute)");
            optimise(options, dir)?;
        }
        Ok(())
    })?;

    let read =
        |name: String| fs::read(built.join(&name)).with_context(|| format!("wasm-bindgen made no {name}"));
    let wasm = read(format!("{}_bg.wasm", options.name))?;
    let js = String::from_utf8(read(format!("{}.js", options.name))?).context("the glue is not UTF-8")?;

    let js = add_snippets(site, options, &built.join("snippets"), js)?;
    Ok(Client {
        js: site.add_hashed(&options.pkg, &format!("{}.js", options.name), js),
        wasm: site.add_hashed(&options.pkg, &format!("{}_bg.wasm", options.name), wasm),
    })
}

fn bindgen(options: &Options, module: &[u8], dir: &Path) -> Result<()> {
    Bindgen::new()
        .input_bytes(&options.name, module.to_vec())
        .web(true)?
        .typescript(false)
        .keep_debug(!options.mode.is_release())
        .generate(dir)
        .context("wasm-bindgen failed; its version in xtask/assets/Cargo.toml must be that of Cargo.lock")
}

fn optimise(options: &Options, dir: &Path) -> Result<()> {
    let file = dir.join(format!("{}_bg.wasm", options.name));
    tool::output(
        tool::command(options, "wasm-opt")
            .args(["-Oz", "--strip-debug", "--strip-producers"])
            .args(WASM_FEATURES)
            .arg(&file)
            .arg("-o")
            .arg(&file),
    )?;
    Ok(())
}

/// JavaScript that crates bring along (`inline_js`) is imported by the glue from `./snippets/…`. These names
/// do not change with their content, so the folder gets a hash and the imports follow.
fn add_snippets(site: &mut Site, options: &Options, dir: &Path, js: String) -> Result<String> {
    if !dir.exists() {
        return Ok(js);
    }
    let files = crate::public::read_tree(dir)?;
    let hash = hash::short(files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()]));
    let folder = format!("snippets.{hash}");
    for (path, bytes) in files {
        site.add(format!("{}/{folder}/{path}", options.pkg), bytes);
    }
    Ok(js.replace("./snippets/", &format!("./{folder}/")))
}
