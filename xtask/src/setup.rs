//! What a fresh machine needs before anything can be built.

pub(crate) mod chromium;
pub(crate) mod npm;

mod apt;
mod debian;
mod prerequisites;
mod privilege;
mod wasm;

use anyhow::Result;

use crate::project::Project;
use crate::toolchain::Toolchain;

/// Everything for building the client and the server. Quick when it is all there.
pub(crate) fn build_tools(project: &Project) -> Result<Toolchain> {
    prerequisites::check(project)?;
    let toolchain = wasm::ensure(project)?;
    npm::ensure(project)?;
    Ok(toolchain)
}
