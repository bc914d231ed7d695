//! `public/`: files that keep their names, such as the favicon.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::options::Options;
use crate::site::Site;

pub(crate) fn add(site: &mut Site, options: &Options) -> Result<()> {
    for (path, bytes) in read_tree(&options.root.join("public"))? {
        site.add(path, bytes);
    }
    Ok(())
}

/// Every file under `dir` with its path from there, sorted, in slashes.
pub(crate) fn read_tree(dir: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut folders = vec![(dir.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // `.gitkeep` and editors' leftovers are not for the public.
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                folders.push((path, format!("{prefix}{name}/")));
            } else {
                let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                files.push((format!("{prefix}{name}"), bytes));
            }
        }
    }
    files.sort();
    Ok(files)
}
