//! Making the wasm files small.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::options::Options;
use crate::tool;

/// What current rustc emits and every browser of the last years runs. Named one by one: with
/// `--all-features` wasm-opt may write what browsers refuse.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Optimises every wasm file in `dir`, in place.
pub(crate) fn run(options: &Options, dir: &Path) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let file = entry?.path();
        if file.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        tool::output(
            tool::command(options, "wasm-opt")
                .args(["-Oz", "--converge", "--strip-debug", "--strip-producers"])
                .args(FEATURES)
                .arg(&file)
                .arg("-o")
                .arg(&file),
        )?;
    }
    Ok(())
}
