//! When what happens: every session's start and source, every attempt of a job.

use chrono::TimeDelta;
use serde_json::Value;

use crate::{
    cards::Planned,
    executions::Attempt,
    plan::Plan,
    rng::Rng,
    sessions::Kind,
    stamp::{self, Time},
};

/// A session that is to be written.
#[derive(Debug)]
pub(super) struct Due {
    pub(super) at: Time,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    /// A session of this source in any project, or in that of the job.
    Session(Kind),
    /// The so-many-th run of a card.
    Worker { card: usize, run: usize },
    /// Still at work at the end.
    Running,
}

/// All of it, in order of time.
pub(super) struct Schedule {
    pub(super) dues: Vec<Due>,
    /// Attempts with the index of their job.
    pub(super) attempts: Vec<(usize, Attempt)>,
}

impl Schedule {
    pub(super) fn new(rng: &mut Rng, plan: &Plan, jobs: &[Value], cards: &[Planned]) -> Self {
        let running = plan.running.min(plan.sessions);
        let times = times(rng, plan, plan.sessions - running);
        let mut whats: Vec<Option<What>> = times.iter().map(|_| None).collect();
        place_workers(rng, cards, &mut whats);

        let agents: Vec<usize> = (0..jobs.len()).filter(|job| jobs[*job]["no_agent"] == false).collect();
        let mut attempts = Vec::new();
        let mut dues = Vec::with_capacity(plan.sessions);
        for (at, what) in times.into_iter().zip(whats) {
            let what = what.unwrap_or_else(|| {
                if agents.is_empty() || !rng.chance(25) {
                    return What::Session(Kind::any(rng));
                }
                let job = *rng.pick(&agents);
                attempts.push((job, attempt(rng, &jobs[job], at)));
                What::Session(cron(&jobs[job]))
            });
            dues.push(Due { at, what });
        }
        dues.extend((0..running).map(|_| Due { at: plan.now, what: What::Running }));
        // Scripts leave no session; one attempt of each job is under way or waits to be seen.
        for (job, value) in jobs.iter().enumerate().filter(|(_, value)| value["no_agent"] == true) {
            for _ in 0..rng.between(1, 6) {
                let at = stamp::after(plan.now, -rng.seconds(120.0, f64::from(plan.days) * 86_400.0));
                attempts.push((job, attempt(rng, value, at)));
            }
        }
        attempts.sort_by_key(|(_, attempt)| attempt.claimed);
        Self { dues, attempts }
    }
}

/// So many moments of the span, in order, each in a second of its own, the last early enough to end by now.
fn times(rng: &mut Rng, plan: &Plan, count: usize) -> Vec<Time> {
    let begin = plan.now - TimeDelta::days(i64::from(plan.days.max(1)));
    let rows = u32::try_from(plan.messages_per_session).unwrap_or(u32::MAX);
    let span = f64::from(plan.days.max(1)) * 86_400.0 - f64::from(rows).mul_add(30.0, 3600.0);
    let mut offsets: Vec<f64> = (0..count).map(|_| rng.seconds(0.0, span.max(1.0))).collect();
    offsets.sort_by(f64::total_cmp);
    let mut last = -1.0;
    for offset in &mut offsets {
        *offset = offset.max(last + 1.0);
        last = *offset;
    }
    offsets.into_iter().map(|offset| stamp::after(begin, offset)).collect()
}

/// Runs of cards take the place of other sessions, those of one card in order.
fn place_workers(rng: &mut Rng, cards: &[Planned], whats: &mut [Option<What>]) {
    for (card, planned) in cards.iter().enumerate() {
        let mut places: Vec<usize> = (0..planned.runs()).map(|_| rng.below(whats.len())).collect();
        places.sort_unstable();
        places.dedup();
        let free = places.iter().all(|place| whats.get(*place).is_some_and(Option::is_none));
        if free && places.len() == planned.runs() {
            for (run, place) in places.into_iter().enumerate() {
                whats[place] = Some(What::Worker { card, run });
            }
        }
    }
}

fn cron(job: &Value) -> Kind {
    let text = |key: &str| job[key].as_str().unwrap_or_default().to_owned();
    Kind::Cron { id: text("id"), name: text("name"), prompt: text("prompt") }
}

/// An attempt that began a second before its session. Three of a hundred never ended: their process died.
fn attempt(rng: &mut Rng, job: &Value, session: Time) -> Attempt {
    let claimed = stamp::after(session, -1.0);
    let lasted = rng.seconds(2.0, 100.0);
    let error =
        rng.chance(8).then(|| "Script exited with code 2\nstderr:\ncertificate expires in 2 days".to_owned());
    Attempt {
        job: job["id"].as_str().unwrap_or_default().to_owned(),
        claimed,
        finished: (!rng.chance(3)).then(|| stamp::after(claimed, lasted)),
        error,
    }
}
