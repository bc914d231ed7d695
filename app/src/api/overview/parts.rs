//! By which the parts of the page are told from those of another moment: what changed is shown anew, the rest stays.
//!
//! The server says so, because comparing everything that a page shows would cost the client more code than showing it.

use serde::{Deserialize, Serialize};

/// A part of the page that is shown anew by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the panel of that name")]
pub enum Part {
    Tape,
    Home,
    Deck,
    Attention,
    Missions,
    Portfolio,
    Actions,
    Results,
    Schedule,
    Welcome,
}

/// How many there are.
const COUNT: usize = Part::Welcome as usize + 1;

/// A number for each part: another one where it shows something else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts([u32; COUNT]);

impl Parts {
    /// That of one part.
    pub fn of_part(&self, part: Part) -> u32 {
        self.0.get(part as usize).copied().unwrap_or_default()
    }
}

#[cfg(feature = "ssr")]
impl Parts {
    /// Those of a page where all of the queue was asked for, or not.
    pub(super) fn of(page: &super::OverviewPage, whole: bool) -> Self {
        let executive = &page.executive;
        let overview = &executive.overview;
        let names = &page.products;
        Self([
            number(&(&executive.tape, &page.visit)),
            number(&page.home),
            number(&(overview, &page.rules, names)),
            number(&(&executive.attention, names, &page.decided, whole)),
            number(&(&overview.missions, overview.overview.active_tasks, names)),
            number(&(&executive.portfolio, &page.rules)),
            number(&(&executive.actions, names)),
            number(&executive.results),
            number(&(&overview.upcoming_jobs, &executive.missed_jobs, page.rules.upcoming_hours, names)),
            number(&(&page.store, &page.home, &page.decided)),
        ])
    }
}

#[cfg(feature = "ssr")]
fn number(shown: &impl Serialize) -> u32 {
    use std::hash::{DefaultHasher, Hasher as _};

    // What has no JSON form reached no page.
    let json = serde_json::to_vec(shown).unwrap_or_default();
    let mut hasher = DefaultHasher::new();
    hasher.write(&json);
    let [a, b, c, d, ..] = hasher.finish().to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
