//! What stands around every page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{live_notice::LiveNotice, page_foot::PageFoot, rail::Rail, tabbar::TabBar, topbar::TopBar};
use crate::{
    api::{ApiError, frame},
    components::{ChangeNotes, Palette, PaletteState},
    state::{
        Ahead, Changes, Live, Mirror,
        live::{Pace, Topics, followed},
    },
};

/// What the frame loads: anew with every page, so that "as of" is the page's time.
pub type FrameData = Resource<Result<frame::Frame, ApiError>>;

/// Rail, top bar and tab bar around a page.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let live = Live::new();
    provide_context(live.clone());
    provide_context(Changes::new(&live));
    provide_context(Mirror::new(&live));
    let ahead = Ahead::new(&live);
    provide_context(ahead);
    #[cfg(feature = "hydrate")]
    ahead.watch(crate::routes::ahead);
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async {
        crate::state::painted().await;
        crate::ui::bring_sprite().await;
    });
    // The store's line counts tasks; nobody watches it.
    let changes = Topics::TASKS.and(Topics::SETTINGS).and(Topics::VIEWS);
    let ask = |_| async {
        // The page itself comes first.
        #[cfg(feature = "hydrate")]
        crate::state::painted().await;
        frame::frame().await
    };
    let data: FrameData = followed(move || path.get(), ask, changes, Pace::AtLeisure);
    live.listen(move || data.try_get().flatten().and_then(Result::ok));
    let palette = PaletteState::new();
    let single_keys = Signal::derive(move || {
        data.try_with(|data| matches!(data, Some(Ok(frame)) if frame.single_keys)).unwrap_or_default()
    });
    view! {
        <a class="skip" href="#content" rel="external">
            "Skip to content"
        </a>
        <div class="app">
            <Rail data/>
            <div class="main">
                <TopBar data palette/>
                <LiveNotice data/>
                <ChangeNotes/>
                <main class="page" id="content" tabindex="-1">
                    {children()}
                </main>
                <PageFoot data/>
            </div>
            <TabBar/>
        </div>
        <Palette state=palette single_keys/>
    }
}
