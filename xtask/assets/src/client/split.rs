//! Taking the module apart at what is loaded later (`#[wasm_split]`).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use wasm_split_cli_support::{Options, transform};

/// The script that loads the parts.
pub(crate) const LOADER: &str = "parts.js";

/// Writes the parts and their loader into `dir` and what is left of the module to `main`. The answer names, for each
/// part, the stems of the files that it needs.
pub(crate) fn run(
    module: &[u8],
    dir: &Path,
    main: &Path,
    name: &str,
) -> Result<BTreeMap<String, Vec<String>>> {
    let (link, glue) = (format!("./{LOADER}"), format!("./{name}.js"));
    let mut options = Options::new(module);
    options.output_dir = dir;
    options.main_out_path = main;
    options.link_name = &link;
    options.main_module = &glue;
    let split = transform(options).map_err(|error| {
        anyhow!("the module cannot be split ({error:#}); was it linked with --emit-relocs, as frontend/build.rs asks for?")
    })?;
    Ok(split.prefetch_map.into_iter().collect())
}
