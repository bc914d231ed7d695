//! Which part of the client has the code of which page. Parts are loaded when a page is opened, or is about to be.

use leptos::{prelude::*, wasm_split::wasm_split};
use leptos_router::ChooseView;

use super::{outlet::Outlet, page::Page};
#[cfg(feature = "development")]
use crate::pages::StyleguidePage;
use crate::pages::{
    AgentPage, AgentsPage, AuditPage, DigestPage, HistoryPage, OverviewPage, ProductPage, ProductsPage,
    SettingsPage, SourcesPage, TaskPage, TasksPage,
};

macro_rules! parts {
    ($($part:ident, $load:ident: $($page:ident => $component:ident),+;)+) => {
        impl Page {
            /// The part of the client that has its code; `None` where the client has it from the start.
            pub(crate) const fn part(self) -> Option<&'static str> {
                match self {
                    Self::Overview => None,
                    $($(Self::$page)|+ => Some(stringify!($part)),)+
                    #[cfg(feature = "development")]
                    Self::Styleguide => Some("styleguide"),
                }
            }

            /// Loads its code.
            pub(crate) async fn load(self) {
                match self {
                    Self::Overview => {}
                    $($(Self::$page)|+ => $load().await,)+
                    #[cfg(feature = "development")]
                    Self::Styleguide => load_styleguide().await,
                }
            }

            async fn view(self) -> AnyView {
                match self {
                    Self::Overview => {
                        // Where the frame around it has just been taken over, what was pressed meanwhile is heard first.
                        #[cfg(feature = "hydrate")]
                        if !crate::state::Hydrated::now().get_untracked() {
                            crate::state::breathe().await;
                        }
                        OverviewPage().into_any()
                    }
                    $($(Self::$page)|+ => $part(self).await,)+
                    #[cfg(feature = "development")]
                    Self::Styleguide => styleguide().await,
                }
            }
        }

        $(
            #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, preload($load))]
            fn $part(page: Page) -> AnyView {
                match page {
                    $(Page::$page => $component().into_any(),)+
                    // In another part.
                    _ => ().into_any(),
                }
            }
        )+
    };
}

// Pages between which one goes to and fro share a part. What several parts use falls into pieces, one for each set of parts
// that use it, and each piece is a request: a part for each page made 215 pieces.
parts! {
    ledger, load_ledger: Tasks => TasksPage, Task => TaskPage;
    portfolio, load_portfolio: Products => ProductsPage, Product => ProductPage;
    records, load_records: History => HistoryPage, Digest => DigestPage;
    agents, load_agents: Agents => AgentsPage, Agent => AgentPage;
    settings, load_settings: Settings => SettingsPage, Sources => SourcesPage, Audit => AuditPage;
}

#[cfg(feature = "development")]
#[wasm_split(styleguide, wasm_split_path = ::leptos::wasm_split, preload(load_styleguide))]
fn styleguide() -> AnyView {
    StyleguidePage().into_any()
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        Outlet(self.view().await).into_any()
    }

    async fn preload(&self) {
        self.load().await;
    }
}
