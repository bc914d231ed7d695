//! One session of a new home, with all its rows.

use std::{collections::HashMap, path::Path};

use anyhow::Result;
use sqlx::SqliteConnection;

use super::{
    Made,
    schedule::{Due, What},
};
use crate::{
    cards::{Moves, Planned},
    compaction, evidence, files,
    plan::Plan,
    projects::Project,
    rng::Rng,
    rows::{Message, Usage},
    sessions::Kind,
    stamp::{self, Time},
    state::{self, Totals},
    story::{self, Ending, Story},
    tools,
};

/// What is remembered from session to session.
pub(super) struct Book<'a> {
    dir: &'a Path,
    plan: &'a Plan,
    projects: &'a [Project],
    cards: &'a [Planned],
    rng: Rng,
    /// How often each title was given.
    titles: HashMap<String, i64>,
    /// Children that the last session of a user asked for: its id, project, end, and how many.
    owed: Option<(String, usize, Time, usize)>,
    pub(super) moves: Moves,
    pub(super) made: Made,
}

impl<'a> Book<'a> {
    pub(super) fn new(
        dir: &'a Path,
        plan: &'a Plan,
        projects: &'a [Project],
        cards: &'a [Planned],
        rng: Rng,
    ) -> Self {
        let (titles, owed) = (HashMap::new(), None);
        Self { dir, plan, projects, cards, rng, titles, owed, moves: Vec::new(), made: Made::default() }
    }

    /// Writes the session that is due, or in its place a child of the one before.
    pub(super) async fn write(
        &mut self,
        state: &mut SqliteConnection,
        proofs: &mut SqliteConnection,
        due: &Due,
    ) -> Result<()> {
        let mut rng = self.rng.fork();
        if let (Some((parent, project, at, left)), What::Session(_)) = (self.owed.take(), &due.what) {
            let started = stamp::after(at, rng.seconds(1.0, 5.0));
            self.owed = (left > 1).then(|| (parent.clone(), project, at, left - 1));
            let kind = Kind::Child { parent };
            self.put(state, proofs, &mut rng, (&kind, project, false), started, Ending::any).await?;
            return Ok(());
        }
        match &due.what {
            What::Session(kind) => {
                let project = self.project(&mut rng, kind);
                let delegates = *kind == Kind::Cli && rng.chance(8);
                let (session, _) = self
                    .put(state, proofs, &mut rng, (kind, project, delegates), due.at, Ending::any)
                    .await?;
                self.owed = delegates.then_some((session, project, due.at, 2));
            }
            What::Worker { card, run } => {
                let planned = &self.cards[*card];
                let succeeds = planned.succeeds(*run);
                let kind = Kind::Worker { card: planned.card.id.clone(), run: i64::try_from(*run)? + 1 };
                let ending = |_: &mut Rng| if succeeds { Ending::Answered } else { Ending::Killed };
                let put = self.put(state, proofs, &mut rng, (&kind, planned.project, false), due.at, ending);
                let (session, end) = put.await?;
                planned.worked(&mut rng, *run, &session, (due.at, end), &mut self.moves);
            }
            What::Running => {
                let project = rng.below(self.projects.len());
                self.put(state, proofs, &mut rng, (&Kind::Cli, project, false), due.at, |_| Ending::Open)
                    .await?;
            }
        }
        Ok(())
    }

    /// Half of the work is on a few projects.
    fn project(&self, rng: &mut Rng, kind: &Kind) -> usize {
        let named = |kind: &Kind| match kind {
            Kind::Cron { name, .. } => {
                self.projects.iter().position(|project| name.starts_with(&project.slug))
            }
            _ => None,
        };
        named(kind).unwrap_or_else(|| {
            if rng.chance(50) {
                rng.below(self.projects.len().min(8))
            } else {
                rng.below(self.projects.len())
            }
        })
    }

    /// Writes a session and returns its id and the time of its last row.
    async fn put(
        &mut self,
        state: &mut SqliteConnection,
        proofs: &mut SqliteConnection,
        rng: &mut Rng,
        (kind, project, delegates): (&Kind, usize, bool),
        at: Time,
        ending: impl FnOnce(&mut Rng) -> Ending,
    ) -> Result<(String, Time)> {
        let project = &self.projects[project];
        let ending = ending(rng);
        let ask = kind.ask(rng, project);
        let length = match ending {
            Ending::Open => 8,
            _ => rng.between(self.plan.messages_per_session / 2, self.plan.messages_per_session * 3 / 2),
        };
        let mut duties = kind.duties(project, ending == Ending::Answered);
        if delegates {
            duties.0.push(tools::delegate(rng, project));
        }
        let story = story::tell(rng, project, &ask, length, ending, duties);
        let lasts: f64 = story.messages.iter().map(|message| message.after).sum();
        // A session that is open now wrote its last row a moment ago.
        let at = if ending == Ending::Open { stamp::after(at, -lasts - rng.seconds(0.5, 20.0)) } else { at };

        let mut session = kind.session(rng, project, at, self.plan.prompt_bytes);
        let end = stamp::after(at, lasts);
        let closed = !matches!(ending, Ending::Open | Ending::Killed);
        session.end = kind.end_reason(rng).filter(|_| closed).map(|reason| (stamp::after(end, 0.2), reason));
        session.title = kind.title(rng, &ask, at).filter(|_| ending != Ending::Open).map(|title| {
            let before = self.titles.entry(title.clone()).or_default();
            *before += 1;
            state::numbered(&title, *before - 1)
        });
        let rows = &story.messages;
        let cut = if rows.len() > 12 && rng.chance(2) { compaction::cut(rows) } else { 0 };
        let kept = if cut > 0 { compaction::kept(&rows[..cut]) } else { Vec::new() };
        let mut usage = Usage::default();
        for message in rows.iter().filter(|message| message.role == "assistant") {
            usage.add(Usage::of_a_call(rng, message.reasoning.is_some()));
        }
        // Only the rows that the model still sees are counted.
        let counted = kept.iter().chain(&rows[cut..]);
        let totals = Totals {
            messages: i64::try_from(counted.clone().count())?,
            calls: counted.map(|message| message.calls).sum(),
            usage,
        };
        state::insert_session(state, &session, totals).await?;
        let mut clock = stamp::real(at);
        for (rows, aside) in [(&rows[..cut], true), (&kept, false), (&rows[cut..], false)] {
            insert_all(state, &session.id, rows, &mut clock, aside).await?;
        }
        self.made.messages += rows.len() + kept.len();
        state::use_model(state, &session.id, "", usage, (at, end)).await?;
        if session.title.is_some() && session.source != "cron" {
            let usage = Usage { calls: 1, input: 175, output: 10, cost: 0.000_675, ..Usage::default() };
            state::use_model(state, &session.id, "title_generation", usage, (end, end)).await?;
        }
        if session.cwd.is_some() {
            prove(proofs, &session.id, project, &story, at).await?;
        }
        if ending == Ending::ModelFailed {
            files::request_dump(self.dir, &session.id, &ask, end)?;
        }
        self.made.sessions += 1;
        Ok((session.id, end))
    }
}

/// Rows one after the other; the clock goes on with them.
async fn insert_all(
    db: &mut SqliteConnection,
    session: &str,
    rows: &[Message],
    clock: &mut f64,
    aside: bool,
) -> Result<()> {
    for row in rows {
        *clock += row.after;
        state::insert_message(db, session, row, *clock, aside).await?;
    }
    Ok(())
}

/// What the session leaves as evidence.
async fn prove(
    db: &mut SqliteConnection,
    session: &str,
    project: &Project,
    story: &Story,
    at: Time,
) -> Result<()> {
    let mut last = None;
    for (row, exit) in &story.tests {
        let after: f64 = story.messages[..=*row].iter().map(|message| message.after).sum();
        last = Some(evidence::tested(db, session, &project.path, *exit, stamp::after(at, after)).await?);
    }
    if !story.changed.is_empty() {
        evidence::stands(db, session, &project.path, last, &story.changed, at).await?;
    }
    Ok(())
}
