//! Whether single keys act on a page: where it listens for them, and the founder's settings let it.

use leptos::prelude::use_context;

/// Whether single keys act. A context of pages that listen for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SingleKeys(pub bool);

impl SingleKeys {
    /// Whether they act here; they do not where no page listens.
    pub fn act() -> bool {
        use_context::<Self>().is_some_and(|keys| keys.0)
    }
}
