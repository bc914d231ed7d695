//! `cargo xtask tidy`: the project's conventions, checked by a program instead of a reviewer.
//!
//! To add a rule:
//! 1. write `tidy/<rule>.rs` with `pub(super) fn check(repo: &Repo) -> Vec<Finding>` and tests on small
//!    inline samples, both of what it must find and of what it must let pass;
//! 2. name it in [`RULES`];
//! 3. say in its findings what to do, not only what is wrong.

mod boundaries;
mod class_names;
mod clock;
mod colours;
mod crate_direction;
mod crate_docs;
mod css;
mod file_length;
mod finding;
mod inline_styles;
mod leftovers;
mod leptos_block;
mod links;
mod repo;
mod rust;
mod sql;
mod text_form;
mod wasm_tree;

use anyhow::{Result, bail};

use crate::process::say;
use crate::project::Project;
use finding::Finding;
use repo::Repo;

type Rule = (&'static str, fn(&Repo) -> Vec<Finding>);

const RULES: &[Rule] = &[
    ("crate-direction", crate_direction::check),
    ("crate-docs", crate_docs::check),
    ("wasm-tree", wasm_tree::check),
    ("leptos-block", leptos_block::check),
    ("boundaries", boundaries::check),
    ("clock", clock::check),
    ("sql", sql::check),
    ("class-names", class_names::check),
    ("colours", colours::check),
    ("inline-styles", inline_styles::check),
    ("file-length", file_length::check),
    ("text-form", text_form::check),
    ("leftovers", leftovers::check),
    ("links", links::check),
];

pub(crate) fn run(project: &Project) -> Result<()> {
    let repo = Repo::load(project)?;
    let mut count = 0;
    for (rule, check) in RULES {
        for finding in check(&repo) {
            println!("{finding} [{rule}]");
            count += 1;
        }
    }
    if count > 0 {
        bail!("tidy: {count} finding(s)");
    }
    say("Tidy", &format!("{} rules, {} files", RULES.len(), repo.files.len()));
    Ok(())
}
