//! The files of the site: styles, scripts, fonts, icons. Read into memory once, from a folder or out of the binary.

mod serve;

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use axum::body::Bytes;

pub use serve::serve;

/// What the asset builder says about its build; not served.
const MANIFEST: &str = "manifest.json";

/// Why the site cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file or folder cannot be read.
    #[error("cannot read {0}: {1}")]
    Read(PathBuf, io::Error),
    /// The manifest is not what this version expects.
    #[error("{MANIFEST} of the site is not readable ({0}); build it again with `cargo xtask build`")]
    Manifest(#[from] serde_json::Error),
    /// There is no site.
    #[error(
        "there are no site files in {0}; build them with `cargo xtask build`, or name their folder with --site"
    )]
    Missing(PathBuf),
}

/// All files by URL path (`/pkg/hermes.0a1b2c.css`), and the names that pages must know.
#[derive(Debug, Default)]
pub struct Site {
    files: BTreeMap<String, File>,
    assets: app::Assets,
}

/// A file with its compressed forms.
#[derive(Debug, Clone, Default)]
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: &'static str,
    etag: String,
}

impl Site {
    /// Reads all files below a folder.
    pub fn load(dir: &Path) -> Result<Self, SiteError> {
        if !dir.join(MANIFEST).is_file() {
            return Err(SiteError::Missing(dir.to_owned()));
        }
        let mut files = BTreeMap::new();
        read_below(dir, "", &mut files)?;
        Self::from_files(files)
    }

    /// The files that were compiled in.
    #[cfg(feature = "embed")]
    pub fn embedded() -> Result<Self, SiteError> {
        use std::borrow::Cow;

        use rust_embed::RustEmbed;

        #[derive(RustEmbed)]
        #[folder = "../target/site"]
        struct Embedded;

        // Named so that cargo compiles this again when `cargo xtask dist` has built another site.
        let _: Option<&str> = option_env!("MISSION_CONTROL_SITE");
        let read = |path: &str| {
            Embedded::get(path).map(|file| match file.data {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => bytes.into(),
            })
        };
        let files = Embedded::iter().filter_map(|path| Some((format!("/{path}"), read(&path)?)));
        Self::from_files(files.collect())
    }

    /// A site of those files, by URL path; `.br` and `.gz` are taken as compressed forms of their neighbours.
    pub fn from_files(mut raw: BTreeMap<String, Bytes>) -> Result<Self, SiteError> {
        let manifest = raw.remove(&format!("/{MANIFEST}"));
        for extension in ["br", "gz"] {
            raw.remove(&format!("/{MANIFEST}.{extension}"));
        }
        let assets = manifest.map(|bytes| serde_json::from_slice(&bytes)).transpose()?.unwrap_or_default();
        let is_form = |path: &str| {
            let plain = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz"));
            plain.is_some_and(|plain| raw.contains_key(plain))
        };
        let mut files = BTreeMap::new();
        for (path, bytes) in raw.iter().filter(|(path, _)| !is_form(path)) {
            let form = |extension| raw.get(&format!("{path}.{extension}")).cloned();
            let file = File {
                plain: bytes.clone(),
                brotli: form("br"),
                gzip: form("gz"),
                content_type: content_type(path),
                etag: etag(bytes),
            };
            files.insert(path.clone(), file);
        }
        Ok(Self { files, assets })
    }

    /// The names that pages must know.
    pub fn assets(&self) -> &app::Assets {
        &self.assets
    }
}

fn read_below(dir: &Path, url: &str, files: &mut BTreeMap<String, Bytes>) -> Result<(), SiteError> {
    let failed = |error| SiteError::Read(dir.to_owned(), error);
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let url = format!("{url}/{name}");
        if path.is_dir() {
            read_below(&path, &url, files)?;
        } else {
            let bytes = fs::read(&path).map_err(|error| SiteError::Read(path, error))?;
            files.insert(url, bytes.into());
        }
    }
    Ok(())
}

/// Weak, because the compressed forms share it.
fn etag(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    }
}
