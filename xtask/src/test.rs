//! `cargo xtask test`: everything that must hold before a change is taken, in the order in which it fails
//! fastest.

mod steps;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::say;
use crate::project::Project;
use crate::setup;
use steps::{STEPS, Step};

/// Runs all steps, or only those named; `list` names them.
pub(crate) fn run(project: &Project, only: &[String]) -> Result<()> {
    if only == ["list"] {
        for step in STEPS {
            println!("{:<16} {}", step.name, step.what);
        }
        return Ok(());
    }
    let steps = select(only)?;
    let toolchain = setup::build_tools(project)?;

    let started = Instant::now();
    let mut times = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        say(&format!("[{}/{}]", index + 1, steps.len()), step.what);
        let begun = Instant::now();
        (step.run)(project, toolchain).with_context(|| {
            let left = steps.len() - index - 1;
            format!(
                "step {}/{} failed: {}, after {}; {left} not run\n  Only this step: `cargo xtask test {}`\n  Why",
                index + 1,
                steps.len(),
                step.what,
                spoken(begun.elapsed()),
                step.name
            )
        })?;
        times.push((step.what, begun.elapsed()));
        say("Passed", &format!("{}, {}", step.what, spoken(begun.elapsed())));
    }

    println!();
    for (what, time) in times {
        println!("  {:>8}  {what}", spoken(time));
    }
    println!("  {:>8}  in all", spoken(started.elapsed()));
    println!("steps: {} passed, 0 failed", steps.len());
    Ok(())
}

fn select(only: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        bail!("there is no step `{unknown}`; `cargo xtask test list` names them");
    }
    Ok(STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name)).collect())
}

/// `8.3 s`, `2 min 05 s`.
fn spoken(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_select_in_order() {
        let names: std::collections::BTreeSet<_> = STEPS.iter().map(|step| step.name).collect();
        assert_eq!(names.len(), STEPS.len());

        let picked = select(&["size".into(), "fmt".into()]).unwrap();
        assert_eq!(picked.iter().map(|step| step.name).collect::<Vec<_>>(), ["fmt", "size"]);
        assert!(select(&["nothing".into()]).is_err());
    }

    #[test]
    fn times_read_well() {
        assert_eq!(spoken(Duration::from_millis(8320)), "8.3 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 05 s");
    }
}
