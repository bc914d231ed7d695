//! `manifest.json`: what the page must name, so that the server knows this build's hashed files.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use crate::client::Client;
use crate::site::Site;

const FILE: &str = "manifest.json";

/// URL paths of this build.
pub(crate) struct Manifest {
    pub(crate) client: Client,
    pub(crate) css: String,
    pub(crate) icons: String,
    /// ECharts: loaded when a chart comes into view, so no part of what starts a page.
    pub(crate) charts: String,
    /// Fonts that every page needs at once: worth a `<link rel="preload">`.
    pub(crate) fonts: Vec<String>,
    /// A short hash over all files: the name of the build.
    pub(crate) build: String,
}

impl Manifest {
    pub(crate) fn add(&self, site: &mut Site) -> Result<()> {
        let json = json!({
            "js": self.client.js,
            "wasm": self.client.wasm,
            "parts": self.client.parts,
            "css": self.css,
            "icons": self.icons,
            "charts": self.charts,
            "fonts": self.fonts,
            "build": self.build,
        });
        site.add(FILE, format!("{}\n", serde_json::to_string_pretty(&json)?));
        Ok(())
    }

    /// Whether the site in `out` is this very build. Then it is left alone, times of files included, and
    /// a server that embeds the files is not compiled again.
    pub(crate) fn is_current_in(&self, out: &Path, site: &Site) -> bool {
        let Ok(text) = fs::read_to_string(out.join(FILE)) else { return false };
        let Ok(old) = serde_json::from_str::<Value>(&text) else { return false };
        old["build"] == *self.build && site.files().all(|(path, _)| out.join(path).is_file())
    }
}
