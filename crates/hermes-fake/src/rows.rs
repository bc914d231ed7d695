//! Rows of `state.db` before they are written.

use serde_json::{Value, json};

use crate::{python, rng::Rng, stamp::Time};

/// The model that every session names, and where it is reached.
pub(crate) const MODEL: &str = "stub-coder-large";
pub(crate) const BASE_URL: &str = "http://127.0.0.1:18080/v1";

/// A row of `messages`. Its time is told as a distance to the row before: a story is written before it is
/// known when it happens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Message {
    pub(crate) role: &'static str,
    pub(crate) content: Option<String>,
    pub(crate) tool_call_id: Option<String>,
    pub(crate) tool_calls: Option<String>,
    pub(crate) tool_name: Option<&'static str>,
    pub(crate) finish: Option<&'static str>,
    pub(crate) reasoning: Option<String>,
    /// Seconds since the row before.
    pub(crate) after: f64,
    /// How many tools are asked for.
    pub(crate) calls: i64,
}

impl Message {
    pub(crate) fn new(role: &'static str, content: impl Into<Option<String>>, after: f64) -> Self {
        Self {
            role,
            content: content.into(),
            tool_call_id: None,
            tool_calls: None,
            tool_name: None,
            finish: None,
            reasoning: None,
            after,
            calls: 0,
        }
    }

    /// An answer of the model that is not a request for tools.
    pub(crate) fn answer(text: impl Into<String>, finish: Option<&'static str>, after: f64) -> Self {
        Self { finish, ..Self::new("assistant", text.into(), after) }
    }
}

/// A row of `sessions`.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) source: &'static str,
    pub(crate) parent: Option<String>,
    pub(crate) system_prompt: String,
    pub(crate) started: Time,
    pub(crate) cwd: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) end: Option<(Time, &'static str)>,
    pub(crate) chat: Option<Chat>,
}

impl Session {
    pub(crate) fn model_config(&self) -> String {
        let most = if self.parent.is_some() { 50 } else { 90 };
        let mut config = json!({ "max_iterations": most, "reasoning_config": null, "max_tokens": null });
        if let (Some(parent), Value::Object(fields)) = (&self.parent, &mut config) {
            fields.insert("_delegate_from".to_owned(), json!(parent));
        }
        python::dumps(&config)
    }
}

/// Where a session of a messaging platform or webhook comes from.
#[derive(Debug, Clone)]
pub(crate) struct Chat {
    pub(crate) user: String,
    pub(crate) key: String,
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) origin: String,
}

impl Chat {
    pub(crate) fn new(rng: &mut Rng, platform: &'static str) -> Self {
        let webhook = platform == "webhook";
        let id = if webhook {
            format!("webhook:ci-failed:{}", rng.hex(4))
        } else {
            format!("{}", 10_000 + rng.below(50))
        };
        let user = if webhook { "webhook:ci-failed".to_owned() } else { id.clone() };
        let kind = if webhook { "webhook" } else { "dm" };
        let name = if webhook { "webhook/ci-failed".to_owned() } else { "Dana".to_owned() };
        let origin = json!({
            "platform": platform, "chat_id": id, "chat_name": name, "chat_type": kind, "user_id": user,
            "user_name": name, "thread_id": null, "chat_topic": null,
        });
        Self {
            key: format!("agent:main:{platform}:{kind}:{id}:{user}"),
            user,
            id,
            kind,
            name,
            origin: python::dumps(&origin),
        }
    }
}

/// What model calls used: of one call, or of a session so far.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Usage {
    pub(crate) calls: i64,
    pub(crate) input: i64,
    pub(crate) output: i64,
    pub(crate) cached: i64,
    pub(crate) reasoning: i64,
    pub(crate) cost: f64,
}

impl Usage {
    /// One call of the model.
    #[expect(clippy::cast_precision_loss, reason = "prices are invented")]
    pub(crate) fn of_a_call(rng: &mut Rng, reasoned: bool) -> Self {
        let count = |rng: &mut Rng, low, high| i64::try_from(rng.between(low, high)).unwrap_or(0);
        let (input, output) = (count(rng, 900, 9_000), count(rng, 20, 700));
        let cached = count(rng, 0, 30_000);
        let reasoning = if reasoned { output / 3 } else { 0 };
        let cost = (input as f64 * 3.0 + output as f64 * 15.0 + cached as f64 * 0.3) / 1e6;
        Self { calls: 1, input, output, cached, reasoning, cost }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.input += other.input;
        self.output += other.output;
        self.cached += other.cached;
        self.reasoning += other.reasoning;
        self.cost += other.cost;
    }
}
