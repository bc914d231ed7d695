//! The routes, and the app around them.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Redirect, Route, Router},
    path,
};

use crate::{
    links,
    pages::{
        AgentPage, AgentsPage, AuditPage, HistoryPage, NotFoundPage, OverviewPage, ProductPage, ProductsPage,
        SettingsPage, SourcesPage, TaskPage, TasksPage,
    },
    shell::Frame,
    state::provide_hydrated,
};

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
        links::AGENTS => "Agents",
        links::SETTINGS => "Settings",
        links::SOURCES => "Sources",
        links::AUDIT => "Audit log",
        _ if under(links::TASKS) => "Task",
        _ if under(links::PRODUCTS) => "Product",
        _ if under(links::AGENTS) => "Agent",
        _ => "Page not found",
    }
}

/// The whole app: what the server renders into the document's body and the browser hydrates.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_hydrated();
    view! {
        <Title formatter=|page: String| format!("{page} · Hermes Mission Control")/>
        <Router>
            <Frame>
                <FlatRoutes fallback=|| view! { <NotFoundPage/> }.into_any()>
                    <Route path=path!("/") view=|| view! { <Redirect path=links::HOME/> } ssr=SsrMode::Async/>
                    <Route path=path!("/hermes") view=|| OverviewPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/tasks") view=|| TasksPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/tasks/:id") view=|| TaskPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/products") view=|| ProductsPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/products/:slug") view=|| ProductPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/history") view=|| HistoryPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/agents") view=|| AgentsPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/agents/:id") view=|| AgentPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/settings") view=|| SettingsPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/sources") view=|| SourcesPage().into_any() ssr=SsrMode::Async/>
                    <Route path=path!("/hermes/audit") view=|| AuditPage().into_any() ssr=SsrMode::Async/>
                </FlatRoutes>
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
