//! A whole home at once.

mod schedule;
mod session;

use std::path::Path;

use anyhow::Result;
use sqlx::Connection as _;

use crate::{
    board,
    cards::{self, Moves},
    db::{self, EVIDENCE, EXECUTIONS, KANBAN, PROJECTS, STATE},
    evidence, executions, files, jobs,
    plan::Plan,
    projects,
    rng::Rng,
    stamp, state,
};
use schedule::Schedule;
use session::Book;

/// Sessions a transaction.
const AT_ONCE: usize = 2000;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    /// Rows of `sessions`.
    pub sessions: usize,
    /// Rows of `messages`, those that a compaction put aside included.
    pub messages: usize,
    /// Jobs in `cron/jobs.json`.
    pub jobs: usize,
    /// Rows of `executions`.
    pub executions: usize,
    /// Cards on the board.
    pub cards: usize,
    /// Named projects.
    pub projects: usize,
}

/// Writes a home into an empty folder. The same plan gives the same rows.
pub async fn home(dir: &Path, plan: &Plan) -> Result<Made> {
    let mut rng = Rng::new(plan.seed);
    let projects = projects::make(&mut rng.fork(), plan.projects);
    let mut jobs = jobs::make(&mut rng.fork(), &projects, plan.jobs, plan.now);
    let cards = cards::make(&mut rng.fork(), &projects, plan.cards);
    files::fixed(dir, plan.now)?;

    let mut named = PROJECTS.make(dir).await?;
    projects::write(&mut named, &projects, stamp::after(plan.now, -8_640_000.0)).await?;
    db::finish(named).await?;

    let schedule = Schedule::new(&mut rng.fork(), plan, &jobs, &cards);
    let mut state = STATE.make(dir).await?;
    state::first_rows(&mut state).await?;
    let mut evidence = EVIDENCE.make(dir).await?;
    evidence::first_rows(&mut evidence).await?;
    let mut book = Book::new(dir, plan, &projects, &cards, rng.fork());
    for dues in schedule.dues.chunks(AT_ONCE) {
        let mut rows = state.begin().await?;
        let mut proofs = evidence.begin().await?;
        for due in dues {
            book.write(&mut rows, &mut proofs, due).await?;
        }
        rows.commit().await?;
        proofs.commit().await?;
    }
    db::add_search(&mut state, plan.search).await?;
    db::finish(state).await?;
    db::finish(evidence).await?;

    let Book { made, moves, .. } = book;
    write_board(dir, moves, &cards, plan).await?;
    let executions = write_attempts(dir, &mut rng.fork(), &schedule, &mut jobs).await?;
    jobs::save(dir, &jobs, plan.now, plan.bom)?;
    Ok(Made { jobs: jobs.len(), executions, cards: cards.len(), projects: projects.len(), ..made })
}

async fn write_board(dir: &Path, mut moves: Moves, cards: &[cards::Planned], plan: &Plan) -> Result<()> {
    for (index, card) in cards.iter().enumerate() {
        // Before its first run, and in a row of their own.
        let first = moves.iter().filter(|(_, id, _)| *id == card.card.id).map(|(at, ..)| *at).min();
        let at = first.unwrap_or(plan.now);
        card.create(stamp::after(at, -3600.0 - 60.0 * f64::from(u32::try_from(index)?)), &mut moves);
    }
    moves.sort_by_key(|(at, ..)| *at);
    let mut kanban = KANBAN.make(dir).await?;
    for (at, card, change) in &moves {
        board::apply(&mut kanban, card, change, *at).await?;
    }
    db::finish(kanban).await
}

/// The attempts that Hermes would still keep; every one counts in its job.
async fn write_attempts(
    dir: &Path,
    rng: &mut Rng,
    schedule: &Schedule,
    jobs: &mut [serde_json::Value],
) -> Result<usize> {
    let mut executions = EXECUTIONS.make(dir).await?;
    for (job, attempt) in &schedule.attempts {
        if let Some(finished) = attempt.finished {
            jobs::ran(&mut jobs[*job], finished, attempt.error.as_deref());
        }
    }
    let kept = usize::try_from(executions::KEPT)?;
    let attempts = &schedule.attempts[schedule.attempts.len().saturating_sub(kept)..];
    let mut rows = executions.begin().await?;
    for (_, attempt) in attempts {
        executions::insert(&mut rows, rng, attempt).await?;
    }
    rows.commit().await?;
    db::finish(executions).await?;
    for (index, job) in jobs.iter().enumerate() {
        let last =
            schedule.attempts.iter().rev().find(|(of, attempt)| *of == index && attempt.finished.is_some());
        if let Some((_, attempt)) = last {
            files::job_output(dir, job, attempt.claimed, attempt.error.as_deref())?;
        }
    }
    Ok(attempts.len())
}
