//! Making the wasm files small.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result};
use rayon::iter::{ParallelBridge, ParallelIterator};

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

/// Optimises every wasm file in `dir`, in place, as many at once as there are processors.
pub(crate) fn run(options: &Options, dir: &Path) -> Result<()> {
    let entries = fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.with_context(|| format!("cannot read {}", dir.display()))?;
    let is_wasm = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "wasm");
    let mut files: Vec<_> = entries.into_iter().map(|entry| entry.path()).filter(is_wasm).collect();
    // The client itself takes as long as many of the others together: it begins first.
    files.sort_by_key(|file| Reverse(fs::metadata(file).map_or(0, |about| about.len())));
    files.into_iter().par_bridge().try_for_each(|file| one(options, &file))
}

/// Again and again until nothing changes: that takes twice as long, for a hundredth of the size when it is compressed.
fn one(options: &Options, file: &Path) -> Result<()> {
    // In the client itself, which has most of what is generic, those functions stand together that were made of one and have much
    // in common: another hundredth. The parts have few of each, and are smaller in the order they have.
    let is_client =
        file.file_name().is_some_and(|name| name.to_string_lossy() == format!("{}_bg.wasm", options.name));
    let order = is_client.then_some("--reorder-functions-by-name");
    tool::output(
        tool::command(options, "wasm-opt")
            .args(["-Oz", "--converge"])
            // Last, and while functions have names.
            .args(order)
            .args(["--strip-debug", "--strip-producers"])
            .args(FEATURES)
            .arg(file)
            .arg("-o")
            .arg(file),
    )?;
    Ok(())
}
