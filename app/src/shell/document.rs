//! The document: what stands around the app before a line of it runs.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;
use leptos_router::location::RequestUrl;

use super::stopped::Stopped;
use crate::{App, Assets, routes::Page, ui::Sprite};

/// Sets the theme before the first paint, and switches it; notes a fault in the client. Small enough to stand in the document.
const FIRST: &str = concat!(include_str!("theme.js"), include_str!("stopped.js"));

/// What keeps pages for when the server cannot be reached. It is wanted last, and never in development: there what was built a
/// minute ago is of no use. Where it does not load, because the page is being left or the server has gone, nothing else is missing.
const OFFLINE: &str = if cfg!(feature = "development") {
    ""
} else {
    "\naddEventListener(\"load\", () => import(\"/offline/register.js\").catch(() => {}));"
};

/// The whole document with the app inside, as the server answers it.
pub fn shell() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    provide_context(Sprite(assets.icons.as_str().into()));
    let nonce = use_nonce();
    let start = format!(
        "import init, {{ hydrate }} from {:?};\ninit({{ module_or_path: {:?} }}).then(() => hydrate());{OFFLINE}",
        assets.js, assets.wasm
    );
    let loader = assets.loader();
    // Where the page's code comes from is known before a line of the client runs.
    let path = use_context::<RequestUrl>().and_then(|url| url.parse().ok());
    let part = path.and_then(|url| Page::at(url.path())).and_then(Page::part);
    let code = part.map(|part| assets.part(part)).unwrap_or_default();
    let fonts = assets.fonts.into_iter().map(|font| {
        view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous"/> }
    });
    // What one looks at comes first: styles and fonts, then the client, then its part.
    let code = [(assets.wasm, "auto")].into_iter().chain(code.into_iter().map(|file| (file, "low")));
    let code = code.map(|(file, priority)| {
        view! {
            <link
                rel="preload"
                href=file
                r#as="fetch"
                r#type="application/wasm"
                crossorigin="anonymous"
                fetchpriority=priority
            />
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-icons=assets.icons data-charts=assets.charts data-build=assets.build>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="dark light"/>
                <script nonce=nonce.clone()>{FIRST}</script>
                <link rel="stylesheet" href=assets.css/>
                {fonts.collect_view()}
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/apple-touch.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="modulepreload" href=assets.js nonce=nonce.clone()/>
                <link rel="modulepreload" href=loader nonce=nonce.clone()/>
                {code.collect_view()}
                <script r#type="module" nonce=nonce>
                    {start}
                </script>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <Stopped/>
            </body>
        </html>
    }
}
