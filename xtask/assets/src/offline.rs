//! `offline/files.json`: what the worker (`public/sw.js`) keeps beside the pages, so that they can be shown while the
//! server cannot be reached. Builds for development have none, and keep nothing.

use anyhow::Result;
use serde_json::json;

use crate::manifest::Manifest;
use crate::site::Site;

const FILE: &str = "offline/files.json";

/// Beside the hashed files: what pages name by a name that stays.
const NAMED: [&str; 2] = ["offline/", "favicon.svg"];

pub(crate) fn add(site: &mut Site, manifest: &Manifest) -> Result<()> {
    let hashed = manifest.css.rsplit_once('/').map_or("", |(folder, _)| folder.trim_start_matches('/'));
    let files: Vec<_> = site
        .files()
        .map(|(path, _)| path)
        .filter(|path| path.starts_with(hashed) || NAMED.iter().any(|name| path.starts_with(name)))
        .map(|path| format!("/{path}"))
        .collect();
    let list = json!({ "build": manifest.build, "css": manifest.css, "files": files });
    site.add(FILE, format!("{}\n", serde_json::to_string_pretty(&list)?));
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::*;
    use crate::client::Client;

    #[test]
    fn the_list_has_what_a_page_needs_and_nothing_else() {
        let mut site = Site::default();
        for path in
            ["pkg/a.css", "pkg/hermes.0/a.wasm", "offline/page.html", "favicon.svg", "sw.js", "robots.txt"]
        {
            site.add(path, "");
        }
        let client = Client { js: String::new(), wasm: String::new(), parts: BTreeMap::new() };
        let (css, icons, charts, build) =
            ("/pkg/a.css".to_owned(), String::new(), String::new(), "b".to_owned());
        add(&mut site, &Manifest { client, css, icons, charts, fonts: Vec::new(), build }).unwrap();
        let (_, text) = site.files().find(|(path, _)| *path == FILE).unwrap();
        let list: Value = serde_json::from_slice(text).unwrap();
        assert_eq!((&list["build"], &list["css"]), (&json!("b"), &json!("/pkg/a.css")));
        assert_eq!(
            list["files"],
            json!(["/favicon.svg", "/offline/page.html", "/pkg/a.css", "/pkg/hermes.0/a.wasm"])
        );
    }
}
