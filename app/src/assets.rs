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

/// The script that loads the parts of the client, beside the client.
#[cfg(feature = "ssr")]
const LOADER: &str = "parts.js";

#[cfg(feature = "ssr")]
impl Assets {
    /// What leptos wants to know of the parts, so that a page names those it needs to the browser at once. A context.
    pub fn parts(&self) -> leptos::WasmSplitManifest {
        let folder = self.wasm.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let manifest = (folder, self.parts.clone(), LOADER.to_owned());
        leptos::WasmSplitManifest(leptos::prelude::ArcStoredValue::new(manifest))
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
