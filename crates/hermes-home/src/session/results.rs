//! What the result of a call adds to a session.

use chrono::{DateTime, Utc};
use domain::event::{EventLevel, EventType};

use super::{
    calls,
    fold::Fold,
    happening::Happening,
    message::Message,
    state::{Check, Failure, Pending},
    tool::{Call, Todo, ToolResult, clip, short, tail},
};
use crate::command;

/// How much of a command's output is kept, in bytes.
const OUTPUT: usize = 16 * 1024;

/// One result with its call.
struct Answer<'a> {
    id: &'a str,
    tool: String,
    what: String,
    command: Option<String>,
    print: u64,
    path: Option<String>,
    at: DateTime<Utc>,
    duration_ms: Option<i64>,
    result: ToolResult,
}

/// Adds the result in `message` of the call `pending`, if its row is known.
pub(super) fn add(fold: &mut Fold<'_>, id: &str, pending: Option<Pending>, message: &Message) {
    let Some(at) = message.at else { return };
    let duration_ms = pending.as_ref().and_then(|call| call.at).map(|from| (at - from).num_milliseconds());
    let unnamed = || message.tool_name.clone().unwrap_or_else(|| "an unknown tool".to_owned());
    let (asked, what, command, print, path) = match pending {
        Some(call) => (Some(call.tool), call.what, call.command, call.print, call.path),
        None => (None, unnamed(), None, 0, None),
    };
    let answer = Answer {
        id,
        tool: message.tool_name.clone().or(asked).unwrap_or_default(),
        what,
        command,
        print,
        path,
        at,
        duration_ms: duration_ms.filter(|ms| *ms >= 0),
        result: ToolResult::of(&message.content, message.tool_name.is_some()),
    };
    if !fold.copied && !fold.again {
        // What was refused was not the tool's failure.
        let worked = answer.result.worked() || answer.result.refused();
        fold.agents.called(&answer.tool, worked, answer.at, answer.duration_ms);
    }
    match answer.tool.as_str() {
        "terminal" | "execute_code" if answer.result.exit_code().is_some() => ran(fold, &answer),
        _ if !answer.result.worked() => failed(fold, &answer),
        "todo" => planned(fold, &answer),
        "patch" | "write_file" => changed(fold, &answer),
        "memory" | "skill_manage" => learned(fold, &answer),
        _ => {}
    }
}

impl Answer<'_> {
    fn event(&self, kind: &str, event_type: EventType, level: EventLevel, text: String) -> Happening {
        let mut event = Happening::new(format!("call:{}:{kind}", self.id), self.at, event_type, level, text);
        event.tool = Some(self.tool.clone()).filter(|tool| !tool.is_empty());
        event.command.clone_from(&self.command);
        // The call was counted when it was asked for; see `domain::facts::work`.
        event.with("call", "answered")
    }

    fn error(&self) -> String {
        let told = self.result.error().map(|error| short(&error)).filter(|error| !error.is_empty());
        told.unwrap_or_else(|| tail(self.result.output()))
    }
}

/// A command ended.
fn ran(fold: &mut Fold<'_>, answer: &Answer<'_>) {
    let code = answer.result.exit_code().unwrap_or_default();
    if answer.tool == "terminal" {
        let flag = match code {
            0 => calls::EXIT_ZERO,
            1.. => calls::EXIT_ABOVE,
            _ => calls::EXIT_BELOW,
        };
        fold.state.calls.note(answer.id, flag);
    }
    if answer.result.refused() {
        return refused(fold, answer);
    }
    let level = if code == 0 { EventLevel::Success } else { EventLevel::Error };
    let mut event = answer
        .event("2-executed", EventType::CommandExecuted, level, answer.what.clone())
        .with("exitCode", code)
        .with("output", clip(answer.result.output(), OUTPUT));
    if let Some(ms) = answer.duration_ms {
        event = event.with("durationMs", ms);
    }
    fold.push_of(answer.id, event);
    if answer.result.in_background() {
        // It has only been started: how it comes out is not told here.
        return;
    }
    let Some(command_text) = answer.command.as_deref() else {
        if code != 0 {
            failed(fold, answer);
        }
        return;
    };
    let does = command::does(command_text);
    if does.tests {
        fold.state.did.test = true;
        let (level, word) =
            if code == 0 { (EventLevel::Success, "passed") } else { (EventLevel::Error, "failed") };
        let text = format!("Tests {word}: {}", answer.what);
        // Where the agent itself recognised the run, its own account is told over it.
        let event = answer.event("3-tested", EventType::TestRun, level, text).with("passed", code == 0);
        fold.push_of(answer.id, event.inferred());
    }
    if !fold.copied {
        let (call, command) = (answer.id.to_owned(), answer.print);
        fold.state.checks.push(Check { call, command, at: answer.at, told: does.tests });
    }
    if code == 0 {
        worked(fold, answer, command_text, does);
    } else {
        let error = answer.error();
        fold.state.failed(Failure {
            command: answer.print,
            what: answer.what.clone(),
            error: format!("exit code {code}: {error}"),
            tests: does.tests,
            deploys: does.deploys,
            credentials: command::lacks_credentials(answer.result.output()),
            expired: command::expired(answer.result.output()),
        });
        let error = if error.is_empty() { format!("{} ended with {code}", answer.what) } else { error };
        let event =
            answer.event("4-error", EventType::Error, EventLevel::Error, error).with("exitCode", code);
        fold.push_of(answer.id, event);
    }
}

/// A command ended well: what it made.
fn worked(fold: &mut Fold<'_>, answer: &Answer<'_>, text: &str, does: command::Does) {
    let output = answer.result.output();
    fold.state.refused.retain(|refused| *refused != answer.what);
    // The tests pass: earlier failures of tests are over. A deployment to one place says nothing of another.
    fold.state.failures.retain(|failure| failure.command != answer.print && !(failure.tests && does.tests));
    if let Some(branch) = command::branch(text) {
        fold.state.branch = Some(branch);
    }
    if does.commits
        && let Some(commit) = command::commit(output)
    {
        fold.state.commit = Some(commit);
    }
    if does.deploys {
        fold.state.did.deploy = true;
        let url = command::address(output);
        fold.state.deployment_url = url.clone().or(fold.state.deployment_url.take());
        let text = match &url {
            Some(url) => format!("Deployed to {url}"),
            None => format!("Deployed: {}", answer.what),
        };
        let mut event =
            answer.event("4-deployed", EventType::Deployment, EventLevel::Success, text).inferred();
        event.url = url;
        fold.push_of(answer.id, event);
    }
    if does.opens_pr
        && let Some(url) = command::pull_request(output)
    {
        fold.state.did.pr = true;
        fold.state.pr_url = Some(url.clone());
        let mut event = answer
            .event("4-pr", EventType::PrCreated, EventLevel::Success, format!("Opened {url}"))
            .inferred();
        event.url = Some(url);
        fold.push_of(answer.id, event);
    }
}

/// A command was refused by a person or by a rule.
fn refused(fold: &mut Fold<'_>, answer: &Answer<'_>) {
    fold.state.refused.push(answer.what.clone());
    fold.state.refused.truncate(64);
    let text = format!("Not allowed: {}", answer.what);
    let event = answer
        .event("2-blocked", EventType::Blocked, EventLevel::Warn, text)
        .with("exitCode", -1)
        .with("reason", clip(&answer.error(), OUTPUT));
    fold.push_of(answer.id, event);
}

/// A tool failed.
fn failed(fold: &mut Fold<'_>, answer: &Answer<'_>) {
    let error = answer.error();
    let text = if error.is_empty() { format!("{} failed", answer.what) } else { error };
    fold.push_of(answer.id, answer.event("4-error", EventType::Error, EventLevel::Error, text));
}

/// The list of steps changed.
fn planned(fold: &mut Fold<'_>, answer: &Answer<'_>) {
    let Some(todo) = answer.result.value.as_ref().and_then(Todo::of) else {
        fold.state.todo = None;
        return;
    };
    let now = todo.current.as_ref().map_or(String::new(), |step| format!(", now: {step}"));
    let text = format!("{} of {} steps done{now}", todo.done, todo.total);
    fold.state.todo = Some(todo);
    fold.push_of(answer.id, answer.event("2-planned", EventType::Planned, EventLevel::Info, text));
}

/// Files changed.
fn changed(fold: &mut Fold<'_>, answer: &Answer<'_>) {
    fold.state.did.edit = true;
    let mut files = answer.result.files();
    if files.is_empty() {
        files.extend(answer.path.clone());
    }
    fold.state.did.document |= !files.is_empty() && files.iter().all(|file| is_document(file));
    let text = match files.as_slice() {
        [] => answer.what.clone(),
        [file] => format!("Changed {file}"),
        [file, others @ ..] => format!("Changed {file} and {} more", others.len()),
    };
    let event =
        answer.event("2-changed", EventType::FileChanged, EventLevel::Info, text).with("files", files);
    fold.push_of(answer.id, event);
}

fn is_document(file: &str) -> bool {
    let end = file.rsplit_once('.').map_or("", |(_, end)| end);
    matches!(end.to_ascii_lowercase().as_str(), "md" | "rst" | "txt" | "adoc")
}

/// Something was learned.
fn learned(fold: &mut Fold<'_>, answer: &Answer<'_>) {
    let told = answer.result.value.as_ref().and_then(|value| value.get("message")?.as_str());
    let text = match (answer.tool.as_str(), told) {
        ("skill_manage", Some(told)) => short(told),
        _ => format!("Remembered {}", answer.what.trim_start_matches("memory: ")),
    };
    fold.push_of(answer.id, answer.event("2-learned", EventType::MemorySuggested, EventLevel::Info, text));
}

/// The server of a tool that came by MCP.
pub(crate) fn server(tool: &str) -> Option<&str> {
    Call::mcp_server(tool)
}
