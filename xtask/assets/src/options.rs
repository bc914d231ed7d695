//! What `xtask` says on the command line. Not meant to be typed: `cargo xtask build` is.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// How much work goes into the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Readable and quick: no wasm-opt, no minifying, no compression.
    Dev,
    /// As small as it gets.
    Release,
}

impl Mode {
    pub(crate) fn is_release(self) -> bool {
        self == Self::Release
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }
}

/// Where things are read from and written to.
#[derive(Debug)]
pub(crate) struct Options {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// The site folder that the server serves.
    pub(crate) out: PathBuf,
    /// Where results of slow steps are kept.
    pub(crate) cache: PathBuf,
    /// The folder of hashed files within the site, as in `/pkg/…`.
    pub(crate) pkg: String,
    /// The stem of the client's files, as in `hermes_bg.wasm`.
    pub(crate) name: String,
    /// The module as cargo left it.
    pub(crate) wasm: PathBuf,
    pub(crate) mode: Mode,
}

impl Options {
    /// Reads `--key value` pairs; every key is required.
    pub(crate) fn from_args(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let (mut root, mut out, mut cache, mut pkg, mut name, mut wasm, mut mode) =
            (None, None, None, None, None, None, None);
        while let Some(key) = args.next() {
            let slot = match key.as_str() {
                "--root" => &mut root,
                "--out" => &mut out,
                "--cache" => &mut cache,
                "--pkg" => &mut pkg,
                "--name" => &mut name,
                "--wasm" => &mut wasm,
                "--mode" => &mut mode,
                _ => bail!("unknown option `{key}`; this program is called by `cargo xtask build`"),
            };
            *slot = Some(args.next().with_context(|| format!("`{key}` wants a value"))?);
        }
        let need = |value: Option<String>, key: &str| value.with_context(|| format!("`--{key}` is missing"));
        Ok(Self {
            root: need(root, "root")?.into(),
            out: need(out, "out")?.into(),
            cache: need(cache, "cache")?.into(),
            pkg: need(pkg, "pkg")?,
            name: need(name, "name")?,
            wasm: need(wasm, "wasm")?.into(),
            mode: match need(mode, "mode")?.as_str() {
                "dev" => Mode::Dev,
                "release" => Mode::Release,
                other => bail!("`--mode {other}`: must be `dev` or `release`"),
            },
        })
    }

    /// The folder that `npm ci` fills.
    pub(crate) fn node_modules(&self) -> PathBuf {
        self.root.join("end2end/node_modules")
    }
}
