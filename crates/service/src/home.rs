//! What is known of the agent's home folder: the account that its reader gives.

use std::sync::{PoisonError, RwLock};

use domain::source::HomeStatus;

use crate::{Hermes, ServiceError};

/// The cursor in which the reader of a home keeps its last account, for processes that read none.
pub const STATUS: &str = "hermes-home/status";

/// What this process was told last.
pub(crate) type Told = RwLock<Option<HomeStatus>>;

impl Hermes {
    /// What was told last of the agent's home: in this process, else as its reader stored it. `None` where no home
    /// was ever looked for.
    pub async fn home(&self) -> Result<Option<HomeStatus>, ServiceError> {
        let told = self.told_home().read().unwrap_or_else(PoisonError::into_inner).clone();
        if told.is_some() {
            return Ok(told);
        }
        // An account that this version cannot read says nothing; the reader will give a new one.
        let stored = self.cursor(STATUS).await?;
        Ok(stored.and_then(|stored| serde_json::from_value(stored).ok()))
    }

    /// Tells what became of the agent's home; it replaces what was told before.
    pub fn tell_home(&self, status: HomeStatus) {
        *self.told_home().write().unwrap_or_else(PoisonError::into_inner) = Some(status);
    }
}
