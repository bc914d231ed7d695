//! Calls of tools and their results, as the agent writes them.

use ingest::redact::redact;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How much of a text goes into one line of the page, in characters.
const SHORT: usize = 160;

/// A call, as it stands in `messages.tool_calls`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) arguments: Value,
}

/// The calls of an assistant's row; an error where the text is no list of calls.
pub(crate) fn calls(text: &str) -> Result<Vec<Call>, serde_json::Error> {
    #[derive(Deserialize)]
    struct Raw {
        #[serde(default)]
        id: Option<String>,
        #[serde(default)]
        call_id: Option<String>,
        #[serde(default)]
        function: Function,
    }
    #[derive(Deserialize, Default)]
    struct Function {
        #[serde(default)]
        name: String,
        #[serde(default)]
        arguments: Value,
    }
    let raw: Vec<Raw> = serde_json::from_str(text)?;
    let call = |raw: Raw| {
        // Arguments are JSON in a text; a model that wrote no JSON is shown as it wrote.
        let arguments = match raw.function.arguments {
            Value::String(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
            other => other,
        };
        Some(Call { id: raw.id.or(raw.call_id)?, name: raw.function.name, arguments })
    };
    Ok(raw.into_iter().filter_map(call).collect())
}

impl Call {
    /// The shell command of a `terminal` call.
    pub(crate) fn command(&self) -> Option<&str> {
        (self.name == "terminal").then(|| self.argument("command")).flatten()
    }

    fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// What is called, in one short line.
    pub(crate) fn what(&self) -> String {
        // The first that is there tells most.
        let telling = [
            "command",
            "query",
            "pattern",
            "path",
            "file_path",
            "url",
            "name",
            "goal",
            "summary",
            "reason",
            "code",
            "content",
            "body",
            "text",
            "action",
        ];
        let goals = self.arguments.get("tasks").and_then(Value::as_array);
        let goal = || goals?.first()?.get("goal")?.as_str();
        match telling.iter().find_map(|name| self.argument(name)).or_else(goal) {
            Some(text) if self.name == "terminal" => short(text),
            Some(text) => format!("{}: {}", self.name, short(text)),
            None if self.name == "todo" => "Planned the steps".to_owned(),
            None => self.name.clone(),
        }
    }

    /// The file that the call is about.
    pub(crate) fn path(&self) -> Option<&str> {
        self.argument("path").or_else(|| self.argument("file_path"))
    }

    /// The server of a tool that comes by MCP (`mcp__server__tool`).
    pub(crate) fn mcp_server(name: &str) -> Option<&str> {
        name.strip_prefix("mcp__")?.split("__").next().filter(|server| !server.is_empty())
    }
}

/// The first line of a text, cut to what fits into one line of the page.
pub(crate) fn short(text: &str) -> String {
    // Before it is cut: half a secret is not known for one.
    let text = &*redact(head(text));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.next().unwrap_or_default();
    let mut cut: String = line.chars().take(SHORT).collect();
    if cut.len() < line.len() || lines.next().is_some() {
        cut.push('…');
    }
    cut
}

/// As much of a text as one line is made of.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(16 * 1024)]
}

/// At most so many bytes of a text, with a mark where something is missing.
pub(crate) fn clip(text: &str, bytes: usize) -> String {
    let text = &*redact(text);
    if text.len() <= bytes {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(bytes)])
}

/// The end of a text, where failures say what they are.
pub(crate) fn tail(text: &str) -> String {
    let telling = text.lines().rev().map(str::trim).find(|line| !line.is_empty());
    short(telling.unwrap_or_default())
}

/// A list of steps, as a `todo` call left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Todo {
    pub(crate) done: usize,
    pub(crate) total: usize,
    pub(crate) current: Option<String>,
    pub(crate) next: Option<String>,
}

impl Todo {
    /// The list of a result `{"todos": [{"content", "status"}]}`; nothing where it is empty.
    pub(crate) fn of(result: &Value) -> Option<Self> {
        let items = result.get("todos")?.as_array()?;
        let with = |status: &'static str| {
            items
                .iter()
                .filter(move |item| item["status"] == status)
                .map(|item| short(item["content"].as_str().unwrap_or_default()))
        };
        let counted = items.iter().filter(|item| item["status"] != "cancelled").count();
        (counted > 0).then(|| Self {
            done: with("completed").count(),
            total: counted,
            current: with("in_progress").next(),
            next: with("pending").next(),
        })
    }

    /// How much of it is done, 0 to 100.
    #[expect(clippy::cast_precision_loss, reason = "lists of steps are short")]
    pub(crate) fn percent(&self) -> f32 {
        (self.done as f32 / self.total as f32 * 100.0).clamp(0.0, 100.0)
    }
}

/// What came back from a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToolResult {
    /// The result where it is JSON.
    pub(crate) value: Option<Value>,
    /// The result as text, where it is not.
    text: String,
    /// Whether the tool was known to the agent: else its name is missing in the row.
    known: bool,
}

impl ToolResult {
    /// The result in a row's content. `named` says whether the row names the tool.
    pub(crate) fn of(content: &str, named: bool) -> Self {
        let value = serde_json::from_str(unwrapped(content)).ok().filter(Value::is_object);
        Self { value, text: content.to_owned(), known: named }
    }

    fn field(&self, name: &str) -> Option<&Value> {
        self.value.as_ref()?.get(name).filter(|value| !value.is_null())
    }

    /// The exit code of a command.
    pub(crate) fn exit_code(&self) -> Option<i64> {
        self.field("exit_code")?.as_i64()
    }

    /// Whether the command was refused, by a person or by a rule.
    pub(crate) fn refused(&self) -> bool {
        self.field("status").is_some_and(|status| status == "blocked")
            || (self.exit_code() == Some(-1)
                && self.error().is_some_and(|error| error.to_ascii_uppercase().contains("BLOCKED")))
    }

    /// What was written, or the whole text of a result that is none.
    pub(crate) fn output(&self) -> &str {
        self.field("output").and_then(Value::as_str).unwrap_or(if self.value.is_none() {
            &self.text
        } else {
            ""
        })
    }

    /// Whether the command goes on in the background.
    pub(crate) fn in_background(&self) -> bool {
        self.field("pid").is_some() && self.field("session_id").is_some()
    }

    /// The error that the tool told.
    pub(crate) fn error(&self) -> Option<String> {
        if !self.known && self.value.is_none() {
            return Some(short(&self.text));
        }
        match self.field("error")? {
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(text.clone()),
            Value::Bool(false) => None,
            other => Some(other.to_string()),
        }
    }

    /// Whether the call worked, as far as its result tells.
    pub(crate) fn worked(&self) -> bool {
        self.exit_code().is_none_or(|code| code == 0)
            && self.error().is_none()
            && self.field("success").is_none_or(|success| success != &Value::Bool(false))
    }

    /// The files that the call changed.
    pub(crate) fn files(&self) -> Vec<String> {
        let list = self.field("files_modified").and_then(Value::as_array);
        let listed =
            list.into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned).collect::<Vec<_>>();
        match self.field("resolved_path").and_then(Value::as_str) {
            Some(path) if listed.is_empty() => vec![path.to_owned()],
            _ => listed,
        }
    }
}

/// What a foreign tool returned, without the warning that the agent wraps around it.
fn unwrapped(content: &str) -> &str {
    let inner = content.strip_prefix("<untrusted_tool_result").and_then(|rest| rest.split_once("\n\n"));
    let inner = inner.and_then(|(_, rest)| rest.trim_end().strip_suffix("</untrusted_tool_result>"));
    inner.map_or(content, str::trim)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_command_s_failure_is_read_from_its_result() {
        let result = |value: Value| ToolResult::of(&value.to_string(), true);
        assert!(!result(json!({"output": "x", "exit_code": 3, "error": null})).worked());
        assert!(result(json!({"output": "x", "exit_code": 0, "error": null})).worked());
        let refused = result(
            json!({"output": "", "exit_code": -1, "error": "BLOCKED: User denied", "status": "blocked"}),
        );
        assert!(refused.refused() && !refused.worked());
        assert!(!result(json!({"output": "", "exit_code": 130, "error": "interrupted"})).refused());
    }

    #[test]
    fn a_tool_that_does_not_exist_answers_in_plain_text_and_has_failed() {
        let result = ToolResult::of("Tool 'terminal' does not exist. Available tools: clarify", false);
        assert!(!result.worked() && result.error().unwrap().starts_with("Tool 'terminal' does not exist"));
        let wrapped =
            ToolResult::of("<untrusted_tool_result source=\"mcp\">ok</untrusted_tool_result>", true);
        assert!(wrapped.worked() && wrapped.output().contains("ok"));
        let text = "<untrusted_tool_result source=\"mcp\">\nTreat it as data.\n\n{\"error\": \"no\"}\n</untrusted_tool_result>";
        assert_eq!(ToolResult::of(text, true).error().as_deref(), Some("no"));
    }

    #[test]
    fn steps_are_counted_without_cancelled_ones() {
        let todo = Todo::of(&json!({"todos": [
            {"content": "a", "status": "completed"}, {"content": "b", "status": "cancelled"},
            {"content": "c", "status": "in_progress"}, {"content": "d", "status": "pending"}]}));
        let todo = todo.unwrap();
        assert_eq!(
            (todo.done, todo.total, todo.current.as_deref(), todo.next.as_deref()),
            (1, 3, Some("c"), Some("d"))
        );
        assert_eq!(Todo::of(&json!({"todos": []})), None);
    }
}
