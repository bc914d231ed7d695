//! What the client knows besides the data: the time, and whether it is at work.

mod clock;
mod hydrated;

pub use clock::Clock;
pub use hydrated::Hydrated;
#[cfg(feature = "hydrate")]
pub use hydrated::hydrate;
