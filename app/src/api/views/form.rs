//! What came of a form about a view.

use domain::view::ViewPatch;
use service::ServiceError;

use crate::api::{ApiError, way_back};

/// Changes a view as a form asks for.
pub(super) async fn change(id: u64, patch: ViewPatch, back: &str) -> Result<(), ApiError> {
    let hermes = crate::api::hermes()?;
    let done = hermes.change_view(id, patch, &way_back::sender()).await;
    lead_back(back, done.map(|view| ("saved", view.id)))
}

/// Sends the browser back to the page with what came of the form.
pub(super) fn lead_back(back: &str, done: Result<(&'static str, u64), ServiceError>) -> Result<(), ApiError> {
    match done {
        Ok((what, id)) => way_back::lead(back, what, &id.to_string()),
        Err(error) => {
            tracing::warn!(%error, "a view was refused");
            way_back::lead(back, way_back::REFUSED, why(&error))
        }
    }
}

/// Why, in a word that the page knows: no text of a request comes back into a page.
fn why(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::Field { field, .. } => field,
        ServiceError::NotFound(_) => "gone",
        ServiceError::Conflict(_) => "taken",
        ServiceError::Invalid(_) => "form",
        ServiceError::Unavailable(_) => "store",
    }
}
