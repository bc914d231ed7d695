//! Sessions: rows of `state.db` become tasks, runs and events.

pub(crate) mod calls;
pub(crate) mod fold;
pub(crate) mod happening;
pub(crate) mod kind;
pub(crate) mod link;
pub(crate) mod message;
pub(crate) mod outcome;
pub(crate) mod results;
pub(crate) mod row;
pub(crate) mod state;
pub(crate) mod tell;
pub(crate) mod tool;
