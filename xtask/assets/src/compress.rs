//! `.br` and `.gz` beside every file that shrinks: the server sends them as they are and never compresses
//! a static file itself.

use std::fs;
use std::io::Write;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};

use crate::cache::Cache;
use crate::site::Site;

const COMPRESSIBLE: [&str; 10] =
    [".css", ".html", ".ico", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest", ".xml"];

pub(crate) fn add(site: &mut Site, cache: &Cache) -> Result<()> {
    let mut compressed = Vec::new();
    for (path, bytes) in site.files().filter(|(path, _)| COMPRESSIBLE.iter().any(|end| path.ends_with(end))) {
        let dir = cache.dir("compressed", bytes, |dir| {
            fs::write(dir.join("br"), brotli(bytes)?)?;
            Ok(fs::write(dir.join("gz"), gzip(bytes)?)?)
        })?;
        for extension in ["br", "gz"] {
            let packed = fs::read(dir.join(extension))?;
            if packed.len() < bytes.len() {
                compressed.push((format!("{path}.{extension}"), packed));
            }
        }
    }
    for (path, bytes) in compressed {
        site.add(path, bytes);
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
    Ok(packed)
}

/// Without a time in the header: the same file gives the same bytes on every machine.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
