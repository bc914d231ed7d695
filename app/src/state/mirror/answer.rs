//! Asking the mirror.

use domain::id::TaskId;
use leptos::prelude::*;

use super::{Glance, Mirror, course::Phase, held::Board, state::Known};
use crate::{
    api::{
        palette::TaskHits,
        tasks::{Answered, TasksPage},
    },
    state::{device_ms, idle::page_ms},
};

impl Mirror {
    /// How often views and settings have changed when a question is asked.
    pub(super) fn asked(self) -> u32 {
        self.state.try_with_value(|state| state.told).unwrap_or_default()
    }

    /// The ledger's page, where it can be told here. `anyway`: even if what is held may be old.
    pub(super) fn found(self, query: &str, told: &str, anyway: bool) -> Option<TasksPage> {
        let mut page = None;
        self.state.try_update_value(|state| {
            let ready = if anyway { state.held.is_some() } else { state.answers() };
            let known = state.known.as_ref().filter(|known| ready && (anyway || known.told == told))?;
            let began = page_ms();
            let Board { rows, all, facets, products, presets } = state.held.as_mut()?.board(query)?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few milliseconds")]
            let took_ms = (page_ms() - began).round() as u64;
            page = Some(TasksPage {
                rows,
                all,
                took_ms,
                answered: Answered::Here,
                facets,
                products,
                presets,
                views: known.views.clone(),
                single_keys: known.single_keys,
                now: known.now()?,
                zone: known.zone.clone(),
            });
            Some(())
        })?;
        page
    }

    /// Notes what only the server knows; `asked` is what [`Self::asked`] said before.
    pub(super) fn answered(self, mut page: TasksPage, told: &str, asked: u32) -> TasksPage {
        let _ = self.state.try_update_value(|state| {
            if state.told == asked {
                state.known = Some(Known {
                    told: told.to_owned(),
                    views: page.views.clone(),
                    single_keys: page.single_keys,
                    now: page.now,
                    zone: page.zone.clone(),
                    at: device_ms(),
                });
            }
            if let Phase::Beyond(most) = state.course.phase() {
                page.answered = Answered::Beyond(most);
            }
        });
        page
    }

    /// A task as it is held.
    pub(super) fn glance(self, id: &TaskId) -> Option<Glance> {
        self.state.with_value(|state| {
            let known = state.known.as_ref().filter(|_| state.answers())?;
            let (row, product) = state.held.as_ref()?.task(id)?;
            Some(Glance { row, product, now: known.now()?, zone: known.zone.clone() })
        })
    }

    /// Tasks for the palette, where they can be told here.
    pub(super) fn hits(self, words: &str) -> Option<TaskHits> {
        self.state
            .try_update_value(|state| {
                if !state.answers() {
                    return None;
                }
                let began = page_ms();
                let mut hits = state.held.as_mut()?.hits(words)?;
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a few milliseconds"
                )]
                {
                    hits.took_ms = (page_ms() - began).round() as u64;
                }
                Some(hits)
            })
            .flatten()
    }
}
