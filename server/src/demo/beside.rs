//! Demo data beside the founder's own: a second server in this process, on a port of its own, over the demo database.
//! The real database is not touched, and the pages say at every turn which data they show.

use std::{path::PathBuf, sync::Arc};

use service::Clock;
use tokio::{net::TcpListener, sync::Mutex, task::JoinSet};
use tokio_util::sync::CancellationToken;

use super::Demo;
use crate::{assets::Site, listen, state::AppState};

/// Shows demo data beside the real one, when asked to. Cheap to clone.
#[derive(Clone, Default)]
pub struct Demos(Option<Arc<Inner>>);

struct Inner {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    shown: Mutex<Option<Shown>>,
}

struct Shown {
    url: String,
    demo: Demo,
    end: CancellationToken,
    /// Ends with this.
    task: JoinSet<()>,
}

impl Demos {
    /// Over the demo database in that data folder. A server that shows demo data itself shows no more of it.
    pub(crate) fn new(folder: PathBuf, clock: Arc<dyn Clock>, is_demo: bool) -> Self {
        let inner = || Arc::new(Inner { folder, clock, shown: Mutex::default() });
        Self((!is_demo).then(inner))
    }

    /// Whether it can be shown from here, and where it is. While it is being filled it is not yet.
    pub(crate) fn shown(&self) -> app::api::settings::Demo {
        let shown = self.0.as_ref().and_then(|inner| inner.shown.try_lock().ok());
        let url = shown.and_then(|shown| shown.as_ref().map(|shown| shown.url.clone()));
        app::api::settings::Demo { offered: self.0.is_some(), url }
    }

    /// Fills the demo database where it must be, and shows it. The answer is where.
    pub(crate) async fn start(&self, site: Arc<Site>) -> anyhow::Result<String> {
        let inner = self.0.as_ref().ok_or_else(|| anyhow::anyhow!("demo data cannot be shown from here"))?;
        let mut shown = inner.shown.lock().await;
        if let Some(shown) = &*shown {
            return Ok(shown.url.clone());
        }
        let demo = super::open(&inner.folder, Arc::clone(&inner.clock)).await?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = AppState::over(demo.data.hermes.clone(), site);
        let end = state.end.clone();
        let ended = end.clone();
        let serve = async move {
            if let Err(error) = listen::serve(listener, state, ended).await {
                tracing::error!(error.message = %error, "demo data is not shown any more");
            }
        };
        let mut task = JoinSet::new();
        task.spawn(serve);
        tracing::info!(demo.url = url, "demo data is shown");
        *shown = Some(Shown { url: url.clone(), demo, end, task });
        Ok(url)
    }

    /// Shows it no more. What is being answered is given up.
    pub(crate) async fn stop(&self) {
        let Some(inner) = &self.0 else { return };
        let Some(Shown { demo, end, task, .. }) = inner.shown.lock().await.take() else { return };
        end.cancel();
        drop(task);
        demo.data.close().await;
    }
}
