//! What a writer does to the board.

use anyhow::Result;

use super::{Done, Writer};
use crate::{
    board::{self, Card, Move},
    sessions::Kind,
    story::Ending,
    words,
};

impl Writer {
    /// A new card, or the next thing that happens to one.
    pub(super) async fn card(&mut self) -> Result<Done> {
        let cards: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT id, status, consecutive_failures FROM tasks WHERE status <> 'archived' ORDER BY created_at DESC, id LIMIT 12",
        )
        .fetch_all(&mut self.kanban)
        .await?;
        if cards.is_empty() || self.rng.chance(15) {
            return self.new_card().await;
        }
        let (card, status, failures) = self.rng.pick(&cards).clone();
        let (change, what) = match status.as_str() {
            "triage" => (Move::Promote("todo"), "specified"),
            "todo" | "scheduled" => (Move::Promote("ready"), "promoted"),
            "ready" => return self.claim(&card).await,
            "running" | "review" => self.of_a_run(&card, failures),
            "blocked" => (Move::Unblock, "unblocked"),
            _ if self.rng.chance(30) => (Move::Archive, "archived"),
            _ => (Move::Comment, "commented"),
        };
        board::apply(&mut self.kanban, &card, &change, self.now).await?;
        Ok((card, what))
    }

    async fn new_card(&mut self) -> Result<Done> {
        let project = self.rng.pick(&self.projects).clone();
        let card = Card {
            id: format!("t_{}", self.rng.hex(8)),
            title: words::about(self.rng.pick::<&str>(words::CARDS), &project.slug),
            priority: i64::try_from(self.rng.below(4))?,
            project: self.rng.chance(60).then(|| (project.id.clone(), project.path.clone())),
            status: self.rng.pick::<&str>(&["ready", "ready", "todo", "triage"]),
        };
        let id = card.id.clone();
        board::apply(&mut self.kanban, &id, &Move::Create(card), self.now).await?;
        Ok((id, "created"))
    }

    /// A run begins, and with it a worker's session.
    async fn claim(&mut self, card: &str) -> Result<Done> {
        board::apply(&mut self.kanban, card, &Move::Claim, self.now).await?;
        board::apply(&mut self.kanban, card, &Move::Spawn, self.now).await?;
        let (run,): (i64,) = sqlx::query_as("SELECT COALESCE(current_run_id, 0) FROM tasks WHERE id = ?")
            .bind(card)
            .fetch_one(&mut self.kanban)
            .await?;
        let ending = if self.rng.chance(75) { Ending::Answered } else { Ending::Killed };
        let project = self.rng.below(self.projects.len());
        let session = self.start(Kind::Worker { card: card.to_owned(), run }, project, ending).await?;
        self.workers.push((card.to_owned(), session));
        Ok((card.to_owned(), "claimed"))
    }

    /// A card whose worker still writes gets a heartbeat; else the run ends.
    fn of_a_run(&mut self, card: &str, failures: i64) -> (Move, &'static str) {
        if self.open.iter().any(|open| open.card() == Some(card)) {
            return (Move::Heartbeat, "beat");
        }
        let worker =
            self.workers.iter().position(|(of, _)| of == card).map(|at| self.workers.swap_remove(at).1);
        match self.rng.below(100) {
            0..60 => (Move::Complete(worker), "completed"),
            60..80 => {
                let (kind, reason) = *self.rng.pick(words::BLOCKS);
                (Move::Block { kind, reason }, "blocked")
            }
            _ if failures == 0 => (Move::Crash, "crashed"),
            _ => (Move::GiveUp, "given up"),
        }
    }
}
