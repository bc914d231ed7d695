//! The laws of the domain.

mod fold;
mod insight;
mod query;
