//! Which crate may depend on which. An absence is the invariant: `domain` knows nobody, only `server` knows
//! how things are stored.
//!
//! Dependencies for tests and build scripts are free.

use serde_json::Value;

use super::finding::Finding;
use super::repo::Repo;

/// What one crate may and may not know.
struct Knows {
    package: &'static str,
    /// The only crates of the workspace it may name.
    ours: &'static [&'static str],
    /// Crates of others that it must never name.
    never: &'static [&'static str],
}

const DIRECTION: &[Knows] = &[
    Knows { package: "domain", ours: &[], never: &["tokio", "leptos", "axum", "sqlx", "regex"] },
    Knows { package: "ingest", ours: &["domain"], never: &["tokio", "leptos", "axum", "sqlx"] },
    Knows { package: "hermes-home", ours: &["domain", "ingest"], never: &["leptos", "axum"] },
    Knows { package: "mirror", ours: &["domain"], never: &["tokio", "leptos", "axum", "sqlx", "regex"] },
    Knows { package: "store", ours: &["domain"], never: &["leptos", "axum", "sqlx"] },
    Knows { package: "store-sqlite", ours: &["domain", "store"], never: &["leptos", "axum"] },
    Knows {
        package: "service",
        ours: &["domain", "ingest", "mirror", "store"],
        never: &["leptos", "axum", "sqlx"],
    },
    Knows {
        package: "app",
        ours: &["domain", "mirror", "service"],
        never: &["axum", "sqlx", "tokio", "regex"],
    },
    Knows { package: "frontend", ours: &["app"], never: &["axum", "sqlx", "tokio", "regex"] },
    Knows {
        package: "server",
        ours: &["app", "domain", "hermes-home", "ingest", "mirror", "service", "store", "store-sqlite"],
        never: &["sqlx"],
    },
    // Tools may look anywhere; nobody depends on them.
    Knows {
        package: "bench",
        ours: &["domain", "hermes-fake", "ingest", "mirror", "seed", "service", "store", "store-sqlite"],
        never: &["sqlx"],
    },
    Knows { package: "hermes-fake", ours: &[], never: &["leptos", "axum"] },
    Knows { package: "seed", ours: &["domain"], never: &["tokio", "leptos", "axum", "sqlx"] },
    Knows { package: "xtask", ours: &[], never: &["tokio", "leptos", "axum", "sqlx"] },
    Knows { package: "xtask-assets", ours: &[], never: &["tokio", "leptos", "axum", "sqlx"] },
];

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    judge(&repo.metadata, &repo.root.to_string_lossy())
}

fn judge(metadata: &Value, root: &str) -> Vec<Finding> {
    let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut findings = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let manifest = manifest.strip_prefix(root).unwrap_or(manifest).trim_start_matches('/');
        let Some(knows) = DIRECTION.iter().find(|knows| knows.package == name) else {
            let what = format!("nothing says what the crate `{name}` may depend on");
            findings.push(Finding::new(manifest, 1, what, "add it to xtask/src/tidy/crate_direction.rs"));
            continue;
        };
        for dependency in normal_dependencies(package) {
            let of_ours = names.contains(&dependency);
            let allowed =
                if of_ours { knows.ours.contains(&dependency) } else { !knows.never.contains(&dependency) };
            if !allowed {
                let what = format!("`{name}` depends on `{dependency}`");
                findings.push(Finding::new(
                    manifest,
                    1,
                    what,
                    "turn it round: docs/architecture.md shows the direction",
                ));
            }
        }
        if let Some(optional) = always_on(package, "service").filter(|_| name == "app") {
            let remedy = "make it optional, behind the feature `ssr`: the browser must not carry it";
            findings.push(Finding::new(manifest, 1, format!("`app` always depends on `{optional}`"), remedy));
        }
    }
    findings
}

fn normal_dependencies(package: &Value) -> impl Iterator<Item = &str> {
    let dependencies = package["dependencies"].as_array().map_or(&[][..], Vec::as_slice);
    dependencies
        .iter()
        .filter(|dependency| dependency["kind"].is_null())
        .filter_map(|dependency| dependency["name"].as_str())
}

/// `name`, if the package depends on it without a feature in between.
fn always_on<'a>(package: &Value, name: &'a str) -> Option<&'a str> {
    let dependencies = package["dependencies"].as_array()?;
    dependencies
        .iter()
        .any(|dependency| dependency["name"] == name && dependency["optional"] == false)
        .then_some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(name: &str, dependencies: Value) -> Vec<String> {
        let package = |name: &str, dependencies: Value| json!({ "name": name, "manifest_path": format!("/r/{name}/Cargo.toml"), "dependencies": dependencies });
        let others = ["domain", "store-sqlite", "service"].into_iter().filter(|other| *other != name);
        let mut packages: Vec<Value> = others.map(|other| package(other, json!([]))).collect();
        packages.push(package(name, dependencies));
        judge(&json!({ "packages": packages }), "/r").into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn the_wrong_way_is_found() {
        assert_eq!(
            check("domain", json!([{ "name": "tokio", "kind": null }])),
            ["`domain` depends on `tokio`"]
        );
        assert_eq!(
            check("service", json!([{ "name": "store-sqlite", "kind": null }])),
            ["`service` depends on `store-sqlite`"]
        );
        let always = json!([{ "name": "service", "kind": null, "optional": false }]);
        assert_eq!(check("app", always), ["`app` always depends on `service`"]);
    }

    #[test]
    fn tests_may_depend_on_anything() {
        assert_eq!(check("domain", json!([{ "name": "tokio", "kind": "dev" }])), [""; 0]);
    }

    #[test]
    fn a_new_crate_must_be_placed() {
        assert_eq!(check("novelty", json!([])), ["nothing says what the crate `novelty` may depend on"]);
    }
}
