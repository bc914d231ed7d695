//! The workspace: where it is, and the site options of `Leptos.toml`, their one source.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

pub(crate) struct Project {
    pub(crate) root: PathBuf,
    pub(crate) site: SiteOptions,
}

/// The part of `[[workspace.metadata.leptos]]` that building needs.
pub(crate) struct SiteOptions {
    /// The stem of the client's files.
    pub(crate) output_name: String,
    /// The folder to serve, absolute.
    pub(crate) root: PathBuf,
    /// The folder of hashed files within it.
    pub(crate) pkg_dir: String,
    /// The package of the server and its binary.
    pub(crate) bin_package: String,
    pub(crate) bin_target: String,
    /// The package of the client and its release profile.
    pub(crate) lib_package: String,
    pub(crate) lib_profile: String,
}

impl Project {
    pub(crate) fn load() -> Result<Self> {
        // Cargo tells the folder when it runs us; the one at compile time is for tests and debuggers.
        let manifest_dir = std::env::var("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest_dir).parent().context("xtask is not inside a workspace")?.to_owned();
        let site = SiteOptions::read(&root)?;
        Ok(Self { root, site })
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The folder of everything that npm brings.
    pub(crate) fn npm(&self) -> PathBuf {
        self.root.join("end2end")
    }

    /// The server's binary under a cargo profile's folder.
    pub(crate) fn server_binary(&self, profile_dir: &str) -> PathBuf {
        self.target().join(profile_dir).join(&self.site.bin_target)
    }

    /// The oldest compiler that the workspace promises to work with.
    pub(crate) fn rust_version(&self) -> Result<String> {
        let manifest = read_toml(&self.root.join("Cargo.toml"))?;
        let version = manifest["workspace"]["package"].get("rust-version").and_then(Value::as_str);
        Ok(version.context("Cargo.toml: `workspace.package.rust-version` is missing")?.to_owned())
    }
}

impl SiteOptions {
    /// What the built site says of itself: URL paths and the name of the build.
    pub(crate) fn manifest(&self) -> Result<serde_json::Value> {
        let file = self.root.join("manifest.json");
        let text =
            fs::read_to_string(&file).context("there is no site yet; run `cargo xtask build` first")?;
        serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
    }

    fn read(root: &Path) -> Result<Self> {
        let table = read_toml(&root.join("Leptos.toml"))?;
        let options =
            leptos_block(&table).context("Leptos.toml: `[[workspace.metadata.leptos]]` is missing")?;
        let get = |key: &str| {
            let value = options.get(key).and_then(Value::as_str).map(str::to_owned);
            value.with_context(|| format!("Leptos.toml: `{key}` is missing"))
        };
        Ok(Self {
            output_name: get("output-name")?,
            root: root.join(get("site-root")?),
            pkg_dir: get("site-pkg-dir")?,
            bin_package: get("bin-package")?,
            bin_target: get("bin-target")?,
            lib_package: get("lib-package")?,
            lib_profile: get("lib-profile-release")?,
        })
    }
}

/// The first `[[workspace.metadata.leptos]]`, in `Leptos.toml` as in `Cargo.toml`.
pub(crate) fn leptos_block(table: &Table) -> Option<&Value> {
    table.get("workspace")?.get("metadata")?.get("leptos")?.get(0)
}

pub(crate) fn read_toml(path: &Path) -> Result<Table> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| format!("{} is not valid TOML", path.display()))
}
