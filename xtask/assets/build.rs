//! Names what makes the results: a hash of this program's sources and of the versions of all that it is built of.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    let sources = ["src", "build.rs", "Cargo.toml", "../../Cargo.lock"];
    let mut recipe = DefaultHasher::new();
    for path in sources {
        println!("cargo::rerun-if-changed={path}");
        for file in files(Path::new(path))? {
            recipe.write(file.to_string_lossy().as_bytes());
            recipe.write(&fs::read(file)?);
        }
    }
    println!("cargo::rustc-env=RECIPE={:x}", recipe.finish());
    Ok(())
}

/// The file, or the sources below the folder, in an order that does not depend on the disk.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    // Editors leave other things there for a moment.
    entries.retain(|entry| entry.is_dir() || entry.extension().is_some_and(|extension| extension == "rs"));
    entries.sort();
    let nested = entries.iter().map(|entry| files(entry)).collect::<io::Result<Vec<_>>>()?;
    Ok(nested.concat())
}
