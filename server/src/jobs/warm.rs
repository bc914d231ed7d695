//! Reading once what the pages opened first read, at the start: whoever opens one then does not wait for the file.
//!
//! After the machine was restarted nothing of the file is in memory, and the ledger's facets are counted over columns
//! that the first question fills.

use domain::{insight::history::HistoryQuery, query::TaskQuery};
use service::Hermes;
use tokio_util::sync::CancellationToken;

/// Asks what `/hermes`, the ledger and the history ask, in this order, and drops the answers: this week's digest is made of
/// all that `/hermes` is made of. Ends when all is read, or the token is cancelled.
pub async fn run(hermes: Hermes, end: CancellationToken) {
    let read = async {
        let (newest, month) = (TaskQuery::default(), HistoryQuery::default());
        let read = [
            ("the digest", hermes.digest(None).await.err()),
            ("the ledger", hermes.ledger(&newest).await.err()),
            ("the history", hermes.history(&month).await.err()),
        ];
        for (what, error) in read {
            if let Some(error) = error {
                tracing::warn!(error.message = %error, "{what} could not be read ahead");
            }
        }
    };
    tokio::select! {
        () = end.cancelled() => {}
        () = read => tracing::debug!("what pages read first is in memory"),
    }
}
