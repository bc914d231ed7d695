//! The routes, and the app around them.

#[cfg(feature = "hydrate")]
mod ahead;
mod outlet;
mod page;
mod part;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Redirect, Route, Router},
    path,
};

use crate::{links, pages::NotFoundPage, shell::Frame};

#[cfg(feature = "hydrate")]
pub(crate) use ahead::ahead;
pub(crate) use page::Page;

/// The routes that every build has, and those given.
macro_rules! routes {
    ($($besides:tt)*) => {
        view! {
            <FlatRoutes fallback=|| view! { <NotFoundPage/> }.into_any()>
                <Route path=path!("/") view=|| view! { <Redirect path=links::HOME/> } ssr=SsrMode::Async/>
                <Route path=path!("/hermes") view=Page::Overview ssr=SsrMode::Async/>
                <Route path=path!("/hermes/tasks") view=Page::Tasks ssr=SsrMode::Async/>
                <Route path=path!("/hermes/tasks/:id") view=Page::Task ssr=SsrMode::Async/>
                <Route path=path!("/hermes/products") view=Page::Products ssr=SsrMode::Async/>
                <Route path=path!("/hermes/products/:slug") view=Page::Product ssr=SsrMode::Async/>
                <Route path=path!("/hermes/history") view=Page::History ssr=SsrMode::Async/>
                <Route path=path!("/hermes/history/digest") view=Page::Digest ssr=SsrMode::Async/>
                <Route path=path!("/hermes/agents") view=Page::Agents ssr=SsrMode::Async/>
                <Route path=path!("/hermes/agents/:id") view=Page::Agent ssr=SsrMode::Async/>
                <Route path=path!("/hermes/settings") view=Page::Settings ssr=SsrMode::Async/>
                <Route path=path!("/hermes/sources") view=Page::Sources ssr=SsrMode::Async/>
                <Route path=path!("/hermes/audit") view=Page::Audit ssr=SsrMode::Async/>
                $($besides)*
            </FlatRoutes>
        }
    };
}

/// Builds for development have a page more, of which nothing is in what is shipped.
fn pages() -> impl IntoView {
    #[cfg(feature = "development")]
    return routes!(<Route path=path!("/hermes/styleguide") view=Page::Styleguide ssr=SsrMode::Async/>);
    #[cfg(not(feature = "development"))]
    routes!()
}

/// The whole app: what the server renders into the document's body and the browser hydrates.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|page: String| format!("{page} · Hermes Mission Control")/>
        <Router>
            <Frame>
                {pages()}
            </Frame>
        </Router>
    }
}
