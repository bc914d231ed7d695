//! Which data is shown, and the switch to demo data beside it.

use leptos::prelude::*;

use crate::{
    components::{Command, Told, command::data_option},
    links,
    ui::{Icon, IconName, Panel},
};

use domain::settings::Section;

/// Which data is shown, and how to see the other.
#[component]
pub fn DemoData(
    /// Whether this is demo data.
    demo: bool,
    /// Where it is.
    location: String,
    /// Whether demo data can be shown beside it.
    offered: bool,
    /// Where it is shown, if it is.
    url: Option<String>,
) -> impl IntoView {
    let data = data_option(&location);
    let fact = if demo { "This page shows demo data." } else { "This page shows your own data." };
    let way = match (demo, url) {
        (true, _) => view! {
            <p class="t2">"Nothing here is real. For your own data, go back to the server that showed you the way here; or start one:"</p>
            <Command text=format!("mission-control serve{data}")/>
        }
        .into_any(),
        (false, Some(url)) => view! {
            <p class="t2">"Demo data is shown beside it, until you end it here or the server ends."</p>
            <div class="s-confirm">
                <a class="btn" data-variant="primary" href=format!("{url}/hermes") rel="external">
                    <Icon name=IconName::FlaskConical/>
                    "Open the demo data"
                </a>
                <DemoButton what="demo-off" words="End the demo"/>
            </div>
        }
        .into_any(),
        (false, None) if offered => view! {
            <p class="t2">"Fifty-two invented products and two thousand tasks. Loading them fills a database of their own and shows it beside yours, at another address of this machine."</p>
            <DemoButton what="demo-on" words="Load demo data"/>
        }
        .into_any(),
        (false, None) => view! {
            <p class="t2">"To look at demo data, start a server with it:"</p>
            <Command text=format!("mission-control serve{data} --demo")/>
        }
        .into_any(),
    };
    view! {
        <Panel title="Which data is shown">
            <div class="s-text">
                <p>
                    <b>{fact}</b>
                    " It lies in "
                    <code class="path"><Told text=location/></code>
                    "."
                </p>
                {way}
            </div>
        </Panel>
    }
    .into_any()
}

/// A button that shows demo data beside the real one, or no more.
#[component]
pub fn DemoButton(
    /// `demo-on` or `demo-off`.
    what: &'static str,
    /// What the button says.
    words: &'static str,
) -> impl IntoView {
    view! {
        <form method="post" action=links::settings(Section::Demo)>
            <button class="btn" name="do" value=what>
                <Icon name=IconName::FlaskConical/>
                {words}
            </button>
        </form>
    }
    .into_any()
}
