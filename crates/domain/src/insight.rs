//! Insights: what follows from the facts. Each is a pure function of ([`Facts`](crate::facts::Facts), `now`,
//! [`Rules`](crate::settings::Rules)); its formula is in its docs, with a worked example in `docs/insights.md`.

pub mod attention;
pub mod missions;
pub mod next_action;
pub mod overview;
pub mod status;
