//! What just changed, for everybody who watches.

use std::sync::Arc;

use domain::change::Change;
use tokio::sync::broadcast;

/// How many batches a slow watcher may lag behind before it must read a snapshot again.
const LAG: usize = 256;

/// Hands committed changes on to watchers, in order.
#[derive(Debug, Clone)]
pub struct Live(broadcast::Sender<Arc<[Change]>>);

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::Sender::new(LAG))
    }
}

impl Live {
    /// Tells the watchers. Nobody watching is fine.
    pub fn publish(&self, changes: Vec<Change>) {
        if !changes.is_empty() && self.0.receiver_count() > 0 {
            // An error says that the last watcher has just left.
            let _ = self.0.send(changes.into());
        }
    }

    /// Watches from now on.
    pub fn watch(&self) -> broadcast::Receiver<Arc<[Change]>> {
        self.0.subscribe()
    }
}
