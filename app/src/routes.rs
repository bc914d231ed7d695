//! The routes, and the app around them.

#[cfg(feature = "hydrate")]
mod ahead;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    ChooseView, Lazy, LazyRoute, SsrMode,
    components::{FlatRoutes, Redirect, Route, Router},
    lazy_route, path,
};

#[cfg(debug_assertions)]
use crate::pages::StyleguidePage;
use crate::{
    links,
    pages::{
        AgentPage, AgentsPage, AuditPage, DigestPage, HistoryPage, NotFoundPage, OverviewPage, ProductPage,
        ProductsPage, SettingsPage, SourcesPage, TaskPage, TasksPage,
    },
    shell::Frame,
};

#[cfg(feature = "hydrate")]
pub(crate) use ahead::ahead;

/// The heading of the page at that path.
pub(crate) fn heading(path: &str) -> &'static str {
    let path = path.trim_end_matches('/');
    let under = |page: &str| {
        let rest = path.strip_prefix(page).and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|id| !id.is_empty() && !id.contains('/'))
    };
    match path {
        "" | links::HOME => "Mission Control",
        links::TASKS => "Tasks",
        links::PRODUCTS => "Products",
        links::HISTORY => "History",
        links::DIGEST => "Weekly digest",
        links::AGENTS => "Agents",
        links::SETTINGS => "Settings",
        links::SOURCES => "Sources",
        links::AUDIT => "Audit log",
        #[cfg(debug_assertions)]
        links::STYLEGUIDE => "Styleguide",
        _ if under(links::TASKS) => "Task",
        _ if under(links::PRODUCTS) => "Product",
        _ if under(links::AGENTS) => "Agent",
        _ => "Page not found",
    }
}

/// The first page of the day: the browser has its code from the start.
#[derive(Clone)]
struct Overview;

impl ChooseView for Overview {
    async fn choose(self) -> AnyView {
        // The frame around it was taken over in one task; what is pressed before the next one is heard.
        #[cfg(feature = "hydrate")]
        crate::state::breathe().await;
        OverviewPage().into_any()
    }

    async fn preload(&self) {}
}

/// Pages whose code the browser loads when they are opened.
macro_rules! loaded_later {
    ($($(#[$when:meta])? $route:ident => $page:ident,)+) => {$(
        $(#[$when])?
        struct $route;

        $(#[$when])?
        #[lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            fn view(this: Self) -> AnyView {
                let $route = this;
                $page().into_any()
            }
        }
    )+};
}

loaded_later! {
    Tasks => TasksPage,
    Task => TaskPage,
    Products => ProductsPage,
    Product => ProductPage,
    History => HistoryPage,
    Digest => DigestPage,
    Agents => AgentsPage,
    Agent => AgentPage,
    Settings => SettingsPage,
    Sources => SourcesPage,
    Audit => AuditPage,
    #[cfg(debug_assertions)]
    Styleguide => StyleguidePage,
}

/// The routes that every build has, and those given.
macro_rules! routes {
    ($($besides:tt)*) => {
        view! {
            <FlatRoutes fallback=|| view! { <NotFoundPage/> }.into_any()>
                <Route path=path!("/") view=|| view! { <Redirect path=links::HOME/> } ssr=SsrMode::Async/>
                <Route path=path!("/hermes") view=Overview ssr=SsrMode::Async/>
                <Route path=path!("/hermes/tasks") view={Lazy::<Tasks>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/tasks/:id") view={Lazy::<Task>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/products") view={Lazy::<Products>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/products/:slug") view={Lazy::<Product>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/history") view={Lazy::<History>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/history/digest") view={Lazy::<Digest>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/agents") view={Lazy::<Agents>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/agents/:id") view={Lazy::<Agent>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/settings") view={Lazy::<Settings>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/sources") view={Lazy::<Sources>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/hermes/audit") view={Lazy::<Audit>::new()} ssr=SsrMode::Async/>
                $($besides)*
            </FlatRoutes>
        }
    };
}

/// Builds for development have a page more, of which nothing is in what is shipped.
fn pages() -> impl IntoView {
    #[cfg(debug_assertions)]
    return routes!(<Route path=path!("/hermes/styleguide") view={Lazy::<Styleguide>::new()} ssr=SsrMode::Async/>);
    #[cfg(not(debug_assertions))]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_its_heading() {
        let headings =
            ["/", "/hermes", "/hermes/", "/hermes/tasks", "/hermes/tasks/t_1", "/hermes/tasks/a/b", "/x"];
        let texts = headings.map(heading);
        let wanted = ["Mission Control", "Mission Control", "Mission Control", "Tasks", "Task"];
        assert_eq!(texts[..5], wanted);
        assert_eq!(texts[5..], ["Page not found", "Page not found"]);
    }
}
