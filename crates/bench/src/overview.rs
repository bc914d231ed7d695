//! What a founder waits for first: the overview of the API and the executive page.

use crate::questions::Question;

/// What is asked.
pub(crate) const QUESTIONS: [Question; 3] =
    [("/api/v1/overview", "identity"), ("/hermes", "identity"), ("/hermes", "br")];
