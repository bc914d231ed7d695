//! The repository as the rules see it: the files that git would commit, read once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;
use toml::Table;

use crate::process;
use crate::project::{Project, read_toml};
use crate::toolchain::Toolchain;

pub(super) struct Repo {
    pub(super) root: PathBuf,
    pub(super) files: Vec<File>,
    /// `cargo metadata` of our crates.
    pub(super) metadata: Value,
    /// Everything that the client is made of, a package a line.
    pub(super) client_tree: String,
    /// `Cargo.toml` and `Leptos.toml` of the workspace.
    pub(super) manifest: Table,
    pub(super) leptos: Table,
}

/// A text file of ours; what is not UTF-8 is not for these rules.
pub(super) struct File {
    /// From the root, with slashes.
    pub(super) path: String,
    pub(super) text: String,
}

impl Repo {
    pub(super) fn load(project: &Project) -> Result<Self> {
        let root = project.root.clone();
        Ok(Self {
            files: files(&root)?,
            metadata: metadata(&root)?,
            client_tree: client_tree(&root, &project.site.lib_package)?,
            manifest: read_toml(&root.join("Cargo.toml"))?,
            leptos: read_toml(&root.join("Leptos.toml"))?,
            root,
        })
    }

    /// Files under one of `folders` (`""` for all) whose names end with one of `ends`.
    pub(super) fn under<'a>(
        &'a self,
        folders: &'a [&str],
        ends: &'a [&str],
    ) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| {
            folders.iter().any(|folder| file.path.starts_with(folder))
                && ends.iter().any(|end| file.path.ends_with(end))
        })
    }

    /// All our Rust files.
    pub(super) fn rust(&self) -> impl Iterator<Item = &File> {
        self.under(&[""], &[".rs"])
    }
}

fn files(root: &Path) -> Result<Vec<File>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]).current_dir(root);
    let listed = process::capture(&mut git)?;
    let read = |path: &str| {
        // Listed but gone: removed and not committed yet.
        Some(File { path: path.to_owned(), text: fs::read_to_string(root.join(path)).ok()? })
    };
    Ok(listed.split_terminator('\0').filter_map(read).collect())
}

fn metadata(root: &Path) -> Result<Value> {
    let mut cargo = Toolchain::Current.cargo();
    cargo.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(root);
    serde_json::from_str(&process::capture(&mut cargo)?).context("cargo metadata is not JSON")
}

fn client_tree(root: &Path, package: &str) -> Result<String> {
    let mut cargo = Toolchain::Current.cargo();
    cargo.args(["tree", "--package", package, "--target", "wasm32-unknown-unknown", "--edges", "normal"]);
    process::capture(cargo.args(["--prefix", "none", "--format", "{p}"]).current_dir(root))
}
