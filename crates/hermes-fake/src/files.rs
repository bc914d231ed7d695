//! Files of a home that are no database: request dumps, memories, a skill, outputs of jobs, the gateway's state.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{
    rows::{BASE_URL, MODEL},
    stamp::{self, Time},
};

/// A file in a folder that is made if it is not there.
fn put(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| path.display().to_string())
}

/// What every home has.
pub(crate) fn fixed(home: &Path, now: Time) -> Result<()> {
    put(
        &home.join("config.yaml"),
        &format!(
            "model:\n  default: {MODEL}\n  provider: custom\n  base_url: {BASE_URL}\napprovals:\n  mode: manual\n"
        ),
    )?;
    put(
        &home.join("memories/MEMORY.md"),
        "Tests run with `npm test`.\n§\nDeploys to production need the release bucket's role.",
    )?;
    put(&home.join("memories/USER.md"), "Dana prefers short status reports.")?;
    put(
        &home.join("skills/release/SKILL.md"),
        "---\nname: release\ndescription: Release checklist\n---\n\n# Release\n\n1. Run the tests.\n2. Tag the release.\n",
    )?;
    let gateway = json!({
        "pid": 2347, "kind": "hermes-gateway", "start_time": 186_804, "gateway_state": "running", "exit_reason": null,
        "restart_requested": false, "active_agents": 0, "platforms": {}, "updated_at": stamp::iso(now),
    });
    put(&home.join("gateway_state.json"), &gateway.to_string())?;
    put(&home.join("cron/ticker_heartbeat"), &stamp::real(now).to_string())
}

/// What Hermes keeps of a call that the model refused for good.
pub(crate) fn request_dump(home: &Path, session: &str, ask: &str, at: Time) -> Result<()> {
    let message = "Error code: 400 - {'error': {'message': 'billing hard limit reached', 'type': 'server_error', 'code': 400}}";
    let dump = json!({
        "timestamp": at.format("%Y-%m-%dT%H:%M:%S%.6f").to_string(),
        "session_id": session,
        "reason": "non_retryable_client_error",
        "request": {
            "method": "POST",
            "url": format!("{BASE_URL}/chat/completions"),
            "headers": { "Authorization": "Bearer REDACTED", "Content-Type": "application/json" },
            "body": { "model": MODEL, "messages": [{ "role": "user", "content": ask }], "max_tokens": 65_536 },
        },
        "error": {
            "type": "server_error", "message": message, "status_code": 400, "code": 400, "response_status": 400,
            "body": { "message": "billing hard limit reached", "type": "server_error", "code": 400 },
        },
    });
    let name = format!("request_dump_{session}_{}.json", at.format("%Y%m%d_%H%M%S_%6f"));
    put(&home.join("sessions").join(name), &serde_json::to_string_pretty(&dump)?)
}

/// The report of one run of a job.
pub(crate) fn job_output(home: &Path, job: &Value, at: Time, error: Option<&str>) -> Result<()> {
    let text = |key: &str| job[key].as_str().unwrap_or_default().to_owned();
    let head = format!(
        "# Cron Job: {}\n\n**Job ID:** {}\n**Run Time:** {}\n",
        text("name"),
        text("id"),
        at.format("%Y-%m-%d %H:%M:%S")
    );
    let body = match (job["no_agent"] == true, error) {
        (true, None) => "**Mode:** no_agent (script)\n\n---\n\nall good\n".to_owned(),
        (true, Some(error)) => {
            format!("**Mode:** no_agent (script)\n**Status:** script failed\n\n{error}\n")
        }
        (false, _) => format!(
            "**Schedule:** {}\n\n## Prompt\n\n{}\n\n## Response\n\nAll good.\n",
            text("schedule_display"),
            text("prompt")
        ),
    };
    put(
        &home.join("cron/output").join(text("id")).join(at.format("%Y-%m-%d_%H-%M-%S.md").to_string()),
        &format!("{head}{body}"),
    )
}
