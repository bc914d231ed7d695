//! What a writer does to scheduled jobs.

use anyhow::Result;
use serde_json::json;

use super::{Done, Writer};
use crate::{executions, jobs, stamp};

impl Writer {
    /// The next stage of the attempt that is under way, or a new attempt.
    pub(super) async fn attempt(&mut self) -> Result<Option<Done>> {
        let (mut jobs, bom) = jobs::load(&self.home)?;
        if jobs.is_empty() {
            return Ok(None);
        }
        let Some((attempt, place, running)) = self.under_way.take() else {
            let place = self.rng.below(jobs.len());
            let job = jobs[place]["id"].as_str().unwrap_or_default().to_owned();
            let id = executions::claim(&mut self.executions, &mut self.rng, &job, self.now).await?;
            self.under_way = Some((id, place, false));
            return Ok(Some((job, "claimed")));
        };
        let job = &mut jobs[place];
        let name = job["id"].as_str().unwrap_or_default().to_owned();
        if !running {
            executions::start(&mut self.executions, &attempt, self.now).await?;
            self.under_way = Some((attempt, place, true));
            return Ok(Some((name, "started")));
        }
        let error = self
            .rng
            .chance(25)
            .then_some("Script exited with code 2\nstderr:\ncertificate expires in 2 days");
        executions::finish(&mut self.executions, &attempt, self.now, error).await?;
        jobs::ran(job, self.now, error);
        jobs::save(&self.home, &jobs, self.now, bom)?;
        Ok(Some((name, if error.is_some() { "failed" } else { "completed" })))
    }

    /// Pauses a job, or lets it go on.
    pub(super) fn toggle_job(&mut self) -> Result<Option<Done>> {
        let (mut jobs, bom) = jobs::load(&self.home)?;
        if jobs.is_empty() {
            return Ok(None);
        }
        let place = self.rng.below(jobs.len());
        let job = &mut jobs[place];
        let pause = job["state"] != "paused";
        job["state"] = json!(if pause { "paused" } else { "scheduled" });
        job["enabled"] = json!(!pause);
        job["paused_at"] = if pause { json!(stamp::iso(self.now)) } else { json!(null) };
        let name = job["id"].as_str().unwrap_or_default().to_owned();
        jobs::save(&self.home, &jobs, self.now, bom)?;
        Ok(Some((name, if pause { "paused" } else { "resumed" })))
    }
}
