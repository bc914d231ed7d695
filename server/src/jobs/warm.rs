//! Reading once what the pages opened first read, at the start: whoever opens one then does not wait for the file.
//!
//! After the machine was restarted nothing of the file is in memory, and the ledger's facets are counted over columns
//! that the first question fills.

use domain::{insight::history::HistoryQuery, query::TaskQuery};
use service::{Hermes, ServiceError};
use tokio_util::sync::CancellationToken;

/// Asks until all is read, or the token is cancelled.
pub async fn run(hermes: Hermes, end: CancellationToken) {
    tokio::select! {
        () = end.cancelled() => {}
        read = read(&hermes) => match read {
            Ok(()) => tracing::debug!("what pages read first is in memory"),
            Err(error) => tracing::warn!(error.message = %error, "pages opened now will wait for the file"),
        }
    }
}

/// Asks what `/hermes`, the ledger and the history ask, in this order, and drops the answers.
async fn read(hermes: &Hermes) -> Result<(), ServiceError> {
    hermes.overview().await?;
    hermes.ledger(&TaskQuery::default()).await?;
    hermes.history(&HistoryQuery::default()).await?;
    hermes.digest(None).await?;
    Ok(())
}
