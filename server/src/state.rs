//! What every handler can reach.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use service::Hermes;
use tokio_util::sync::CancellationToken;

use crate::{assets::Site, demo::Demos, limits::Limits, metrics::Metrics, middleware::Once, pages};

/// What every handler can reach. Cheap to clone.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// The use cases.
    pub hermes: Hermes,
    /// The files of the site.
    pub site: Arc<Site>,
    /// What one request may cost.
    pub limits: Limits,
    /// What is counted.
    pub metrics: Metrics,
    /// Demo data beside it, where it can be shown.
    pub demos: Demos,
    /// What was answered to changes that may be sent again.
    pub once: Once,
    /// The end has begun: answers that have no end of their own end with it.
    pub end: CancellationToken,
    /// The site options, which rendering wants.
    pub options: LeptosOptions,
}

impl AppState {
    /// The state over the use cases and the site.
    pub fn new(hermes: Hermes, site: Site) -> Self {
        Self::over(hermes, Arc::new(site))
    }

    /// The same over a site that others show, too.
    pub(crate) fn over(hermes: Hermes, site: Arc<Site>) -> Self {
        let metrics = Metrics::new(hermes.now(), &site.assets().build);
        Self {
            hermes,
            site,
            limits: Limits::default(),
            metrics,
            demos: Demos::default(),
            once: Once::default(),
            end: CancellationToken::new(),
            options: pages::options(),
        }
    }
}
