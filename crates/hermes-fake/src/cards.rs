//! Cards of a new home: what becomes of each, and which sessions work on it.

use chrono::TimeDelta;

use crate::{
    board::{Card, Move},
    projects::Project,
    rng::Rng,
    stamp::Time,
    words,
};

/// What becomes of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Waits in this status.
    Waits(&'static str),
    Done,
    /// The first worker dies, the second is done.
    DoneAtSecond,
    Archived,
    Blocked,
    GaveUp,
}

const FATES: &[Fate] = &[
    Fate::Done,
    Fate::Blocked,
    Fate::Waits("triage"),
    Fate::DoneAtSecond,
    Fate::Waits("todo"),
    Fate::GaveUp,
    Fate::Archived,
    Fate::Waits("ready"),
    Fate::Done,
    Fate::Done,
];

/// A card with its place in the portfolio and its future.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) card: Card,
    /// The index of the project that its workers are in.
    pub(crate) project: usize,
    fate: Fate,
}

/// Changes of cards, still to be put in order of time.
pub(crate) type Moves = Vec<(Time, String, Move)>;

pub(crate) fn make(rng: &mut Rng, projects: &[Project], count: usize) -> Vec<Planned> {
    (0..count)
        .map(|index| {
            let project = rng.below(projects.len());
            let fate = FATES[index % FATES.len()];
            let card = Card {
                id: format!("t_{}", rng.hex(8)),
                title: words::about(rng.pick::<&str>(words::CARDS), &projects[project].slug),
                priority: i64::try_from(rng.below(4)).unwrap_or(0),
                project: rng
                    .chance(60)
                    .then(|| (projects[project].id.clone(), projects[project].path.clone())),
                status: if let Fate::Waits(status) = fate { status } else { "ready" },
            };
            Planned { card, project, fate }
        })
        .collect()
}

impl Planned {
    /// How many sessions work on it.
    pub(crate) fn runs(&self) -> usize {
        match self.fate {
            Fate::Waits(_) => 0,
            Fate::DoneAtSecond => 2,
            _ => 1,
        }
    }

    /// Whether the worker of this run closes its card.
    pub(crate) fn succeeds(&self, run: usize) -> bool {
        run + 1 == self.runs() && matches!(self.fate, Fate::Done | Fate::DoneAtSecond | Fate::Archived)
    }

    pub(crate) fn create(&self, at: Time, moves: &mut Moves) {
        moves.push((at, self.card.id.clone(), Move::Create(self.card.clone())));
    }

    /// A session worked on the card from `start` to `end`.
    pub(crate) fn worked(
        &self,
        rng: &mut Rng,
        run: usize,
        session: &str,
        (start, end): (Time, Time),
        moves: &mut Moves,
    ) {
        let mut add = |at: Time, change: Move| moves.push((at, self.card.id.clone(), change));
        add(start - TimeDelta::seconds(2), Move::Claim);
        add(start - TimeDelta::seconds(1), Move::Spawn);
        add(start, Move::Heartbeat);
        let second = TimeDelta::seconds(1);
        if self.succeeds(run) {
            add(end, Move::Complete(Some(session.to_owned())));
            if self.fate == Fate::Archived {
                add(end + second, Move::Archive);
            }
        } else if self.fate == Fate::Blocked {
            let (kind, reason) = *rng.pick(words::BLOCKS);
            add(end, Move::Comment);
            add(end + second, Move::Block { kind, reason });
        } else {
            let last = run + 1 == self.runs();
            add(end + second, if last { Move::GiveUp } else { Move::Crash });
        }
    }
}
