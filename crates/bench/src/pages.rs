//! What a founder waits for on every page, and the ledger's questions to the API: three filters, facets, words, exports.
//!
//! To measure another page: its line in `QUESTIONS`.

use crate::questions::Question;

/// What is asked.
pub(crate) const QUESTIONS: [Question; 20] = [
    ("/hermes", "br"),
    ("/hermes/tasks", "br"),
    ("/hermes/tasks?status=failed,completed&priority=P0,P1&type=deploy,bugfix", "br"),
    ("/hermes/tasks?q=deploy&sort=-durationMs", "br"),
    ("/hermes/tasks/{task}", "br"),
    ("/hermes/products", "br"),
    ("/hermes/products/{product}", "br"),
    ("/hermes/history", "br"),
    ("/hermes/agents", "br"),
    ("/hermes/settings", "br"),
    ("/hermes/audit", "br"),
    ("/hermes/sources", "br"),
    ("/api/v1/tasks", "identity"),
    ("/api/v1/tasks?status=failed,completed&priority=P0,P1&type=deploy,bugfix", "identity"),
    ("/api/v1/tasks?status=failed,completed&priority=P0,P1&type=deploy,bugfix&sort=-durationMs", "identity"),
    ("/api/v1/tasks?q=deploy", "identity"),
    ("/api/v1/tasks?q=deploy&in=everything", "identity"),
    ("/api/v1/tasks/facets", "identity"),
    ("/api/v1/tasks/facets?status=failed,completed&priority=P0,P1&type=deploy,bugfix", "identity"),
    ("/api/v1/tasks/facets?from=2026-11-01&q=deploy", "identity"),
];
