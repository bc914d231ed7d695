//! What a worker does at a task: tools, commands, files, tests.

use domain::{
    event::{EventLevel, EventType, Metadata},
    task::TaskType,
};
use serde_json::json;

use crate::{catalogue::Stack, rng::Rng, words::Words};

/// One thing that was done.
#[derive(Default)]
pub(crate) struct Action {
    pub(crate) kind: Option<(EventType, EventLevel)>,
    pub(crate) message: String,
    pub(crate) tool: Option<&'static str>,
    pub(crate) command: Option<String>,
    pub(crate) metadata: Metadata,
}

/// Tools and what they are used for.
const TOOLS: [(&str, &str); 8] = [
    ("search_files", "Searched the code for {area}"),
    ("session_search", "Looked up what was done for {area} before"),
    ("web_search", "Searched the web for {area}"),
    ("web_extract", "Read a page about {area}"),
    ("browser_navigate", "Opened the staging page of {name}"),
    ("execute_code", "Ran a script over {area}"),
    ("delegate_task", "Handed a part of {area} to a helper"),
    ("skill_view", "Read the skill for {name}"),
];

const OUTPUTS: [&str; 6] = [
    "ok",
    "{n} files changed, {n}1 insertions(+), {n} deletions(-)",
    "Finished in {n}.2 s",
    "{n} rows",
    "no issues found in {n}4 files",
    "up to date",
];

/// Whether work of that type changes code.
pub(crate) fn changes_code(task_type: TaskType) -> bool {
    use TaskType::{Bugfix, Build, CostOptimization, Refactor, Security};
    matches!(task_type, Build | Bugfix | Refactor | Security | CostOptimization)
}

/// Something that work of that type does.
pub(crate) fn action(task_type: TaskType, stack: &Stack, words: &Words, rng: &mut Rng) -> Action {
    use TaskType::{Audit, Documentation, ProductPlanning, Research};
    let (files, commands) = match task_type {
        Documentation => (0.45, 0.15),
        Research | ProductPlanning => (0.1, 0.1),
        Audit => (0.05, 0.5),
        code if changes_code(code) => (0.36, 0.28),
        _ => (0.06, 0.62),
    };
    let place = rng.unit();
    if place < files {
        file(stack, words, rng)
    } else if place < files + commands {
        command(task_type, stack, words, rng)
    } else {
        tool(stack, words, rng)
    }
}

fn file(stack: &Stack, words: &Words, rng: &mut Rng) -> Action {
    let path = rng.pick(&stack.files).map(|path| words.fill(path)).unwrap_or_default();
    let (added, removed) = (rng.between(2, 90), rng.between(0, 40));
    Action {
        kind: Some((EventType::FileChanged, EventLevel::Info)),
        message: format!("Changed {path} (+{added} −{removed})"),
        tool: Some(if rng.chance(0.7) { "patch" } else { "write_file" }),
        command: None,
        metadata: facts([("path", json!(path)), ("added", json!(added)), ("removed", json!(removed))]),
    }
}

fn command(task_type: TaskType, stack: &Stack, words: &Words, rng: &mut Rng) -> Action {
    let line = match task_type {
        TaskType::Deploy | TaskType::Release if rng.chance(0.35) => stack.deploy.as_str(),
        _ if rng.chance(0.15) => stack.build.as_str(),
        _ => rng.pick(&stack.commands).map_or("git status --short", String::as_str),
    };
    let line = words.fill(line);
    let fails = rng.chance(0.05);
    let output = rng.pick(&OUTPUTS).map(|text| words.fill(text)).unwrap_or_default();
    let output = if fails { format!("exited with 1: {output}") } else { output };
    let exit_code = i32::from(fails);
    Action {
        kind: Some((EventType::CommandExecuted, if fails { EventLevel::Warn } else { EventLevel::Info })),
        message: format!("$ {line}"),
        tool: Some("terminal"),
        command: Some(line),
        metadata: facts([
            ("exitCode", json!(exit_code)),
            ("durationMs", json!(rng.between(180, 42_000))),
            ("output", json!(output)),
        ]),
    }
}

fn tool(stack: &Stack, words: &Words, rng: &mut Rng) -> Action {
    let tokens =
        [("durationMs", json!(rng.between(90, 9_000))), ("inputTokens", json!(rng.between(900, 24_000)))];
    let (name, message, level) = if rng.chance(0.4) {
        let path = rng.pick(&stack.files).map(|path| words.fill(path)).unwrap_or_default();
        ("read_file", format!("Read {path}"), EventLevel::Debug)
    } else {
        let (name, text) = *rng.pick(&TOOLS).unwrap_or(&TOOLS[0]);
        (name, words.fill(text), EventLevel::Info)
    };
    Action {
        kind: Some((EventType::ToolCalled, level)),
        message,
        tool: Some(name),
        command: None,
        metadata: facts(tokens),
    }
}

/// All tests are run; some fail where `fails`.
pub(crate) fn tests(stack: &Stack, words: &Words, fails: bool, rng: &mut Rng) -> Action {
    let failed = if fails { rng.between(1, 6) } else { 0 };
    let passed = 40 + words.number * 17 + rng.below(9) - failed;
    let level = if fails { EventLevel::Error } else { EventLevel::Success };
    Action {
        kind: Some((EventType::TestRun, level)),
        message: format!("{passed} passed, {failed} failed"),
        tool: Some("terminal"),
        command: Some(stack.test.clone()),
        metadata: facts([
            ("exitCode", json!(i32::from(fails))),
            ("passed", json!(passed)),
            ("failed", json!(failed)),
            ("durationMs", json!(rng.between(2_000, 90_000))),
        ]),
    }
}

/// Metadata of these facts.
pub(crate) fn facts<const N: usize>(facts: [(&str, serde_json::Value); N]) -> Metadata {
    facts.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
