//! What the server knows of this build and of this request.

use std::collections::HashMap;

use serde::Deserialize;

/// URL paths of this build's files, as `manifest.json` of the site names them. A context on the server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Assets {
    /// The module that loads the client.
    pub js: String,
    /// The client itself.
    pub wasm: String,
    /// The parts of the client that are loaded when they are needed: for each, the stems of its files, which lie beside
    /// the client.
    #[serde(default)]
    pub parts: HashMap<String, Vec<String>>,
    /// The style sheet.
    pub css: String,
    /// The icon sprite.
    pub icons: String,
    /// ECharts, for pages with charts: loaded when one comes into view.
    #[serde(default)]
    pub charts: String,
    /// Fonts that every page needs at once.
    pub fonts: Vec<String>,
    /// The name of the build.
    pub build: String,
}

impl Assets {
    /// The script that loads the parts of the client.
    pub(crate) fn loader(&self) -> String {
        self.beside("parts.js")
    }

    /// The files of a part of the client.
    pub(crate) fn part(&self, name: &str) -> Vec<String> {
        let stems = self.parts.get(name).map(Vec::as_slice).unwrap_or_default();
        stems.iter().map(|stem| self.beside(&format!("{stem}.wasm"))).collect()
    }

    /// A file that lies beside the client.
    fn beside(&self, file: &str) -> String {
        let folder = self.wasm.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{file}")
    }
}

/// The address that this request came to, for commands to copy: `http://127.0.0.1:3000`. A context on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(pub String);

/// The address that this page is served from.
pub(crate) fn origin() -> String {
    #[cfg(feature = "ssr")]
    let origin = leptos::prelude::use_context::<Origin>().map(|origin| origin.0);
    #[cfg(not(feature = "ssr"))]
    let origin = leptos::prelude::window().location().origin().ok();
    origin.unwrap_or_else(|| "http://127.0.0.1:3000".to_owned())
}
