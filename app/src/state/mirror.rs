//! The ledger in this tab's memory: filled in idle time, kept fresh by what the server tells, asked instead of the server.
//!
//! The code that does it is a part of the client of its own ([`held`]), loaded when the page stands. Until all of it is there,
//! while it cannot be sure to be fresh, and for what it does not hold, the server answers; what a page shows is the same.

#[cfg(feature = "hydrate")]
mod answer;
#[cfg(any(feature = "hydrate", test))]
mod course;
#[cfg(feature = "hydrate")]
mod fill;
#[cfg(feature = "hydrate")]
mod hear;
#[cfg(any(feature = "hydrate", test))]
mod held;
#[cfg(feature = "hydrate")]
mod part;
#[cfg(feature = "hydrate")]
mod state;

use chrono::{DateTime, Utc};
use domain::{id::TaskId, zone::Zone};
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

use crate::{
    api::{
        ApiError,
        overview::ProductRef,
        palette::{TaskHits, task_hits},
        tasks::{Row, TasksPage, tasks_page},
    },
    state::Live,
};

/// The ledger in this tab's memory. A context.
#[derive(Debug, Clone, Copy)]
pub struct Mirror {
    #[cfg(feature = "hydrate")]
    state: StoredValue<state::State, LocalStorage>,
}

/// A task as it is held, with what its head needs beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance {
    /// What the ledger's row has.
    pub row: Row,
    /// Its product, where that has a name.
    pub product: Option<ProductRef>,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
}

impl Mirror {
    /// Nothing is held yet; it is filled once the page stands and nothing else is to be done.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser holds anything"))]
    pub fn new(live: &Live) -> Self {
        Self {
            #[cfg(feature = "hydrate")]
            state: state::begin(live),
        }
    }

    /// Whether questions are answered here, at once.
    pub fn is_ready(self) -> bool {
        #[cfg(feature = "hydrate")]
        return self.state.with_value(state::State::answers);
        #[cfg(not(feature = "hydrate"))]
        false
    }

    /// What the ledger's page shows: found here, else by the server. `told` is what a form that was sent said of it; where
    /// that is new, views have changed, of which only the server knows.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser holds anything"))]
    pub async fn tasks_page(self, query: String, told: &str) -> Result<TasksPage, ApiError> {
        #[cfg(feature = "hydrate")]
        {
            if let Some(page) = self.found(&query, told, false) {
                return Ok(page);
            }
            let asked = self.asked();
            let answer = tasks_page(query.clone()).await;
            // Where the server is out of reach, what is held is better than nothing; the page says how old it is.
            if answer == Err(ApiError::Unreachable)
                && let Some(page) = self.found(&query, told, true)
            {
                return Ok(page);
            }
            answer.map(|page| self.answered(page, told, asked))
        }
        #[cfg(not(feature = "hydrate"))]
        tasks_page(query).await
    }

    /// The task as it is held, until the server has told all of it; `None` where it is not.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser holds anything"))]
    pub fn task(self, id: &TaskId) -> Option<Glance> {
        #[cfg(feature = "hydrate")]
        return self.glance(id);
        #[cfg(not(feature = "hydrate"))]
        None
    }

    /// The tasks with those words, those that moved last first.
    pub async fn task_hits(self, words: String) -> Result<TaskHits, ApiError> {
        #[cfg(feature = "hydrate")]
        if let Some(hits) = self.hits(&words) {
            return Ok(hits);
        }
        task_hits(words).await
    }
}
