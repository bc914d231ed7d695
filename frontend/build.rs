//! Asks the linker for what splitting the module needs.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Relocations tell which functions and data each lazily loaded route needs. Nobody downloads them.
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family.contains("wasm")) {
        println!("cargo::rustc-cdylib-link-arg=--emit-relocs");
    }
}
