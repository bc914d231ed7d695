//! ECharts in the browser: loaded from our own origin when the first chart comes into view, gone with the chart's owner.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Function, Reflect};
use leptos::{html::Div, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// What `echarts.js` leaves behind.
const GLOBAL: &str = "hermesCharts";
/// Where the document says which file of the build it is.
const PATH: &str = "data-charts";

/// What must be undone when the chart goes.
#[derive(Default)]
struct Mounted {
    gone: bool,
    chart: Option<JsValue>,
    observer: Option<IntersectionObserver>,
    // Called by the observer for as long as it lives; holds this very thing.
    seen: Option<Closure<dyn FnMut(Array)>>,
}

/// Draws the chart once its place comes into view. Sets `failed` where ECharts cannot be had.
pub(super) fn mount_when_seen(plot: NodeRef<Div>, option: String, failed: RwSignal<bool>) {
    let mounted = Rc::new(RefCell::new(Mounted::default()));
    let kept = StoredValue::new_local(Rc::clone(&mounted));
    on_cleanup(move || {
        let Some(mounted) = kept.try_get_value() else { return };
        let mut mounted = mounted.borrow_mut();
        mounted.gone = true;
        if let Some(observer) = mounted.observer.take() {
            observer.disconnect();
        }
        drop(mounted.seen.take());
        if let Some(chart) = mounted.chart.take() {
            // A failure would leave what the page takes away anyway.
            let _ = method(&chart, "dispose").and_then(|dispose| dispose.call0(&chart));
        }
    });
    let option: Rc<str> = option.into();
    Effect::new(move || {
        let Some(element) = plot.get() else { return };
        let element: Element = element.unchecked_into();
        let (seen_by, place, option) = (Rc::clone(&mounted), element.clone(), Rc::clone(&option));
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let visible =
                |entry: JsValue| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting();
            if !entries.iter().any(visible) {
                return;
            }
            if let Some(observer) = seen_by.borrow_mut().observer.take() {
                observer.disconnect();
            }
            load(Rc::clone(&seen_by), place.clone(), Rc::clone(&option), failed);
        });
        let observer = IntersectionObserver::new(seen.as_ref().unchecked_ref());
        let Ok(observer) = observer else { return };
        observer.observe(&element);
        let mut mounted = mounted.borrow_mut();
        mounted.observer = Some(observer);
        mounted.seen = Some(seen);
    });
}

/// Draws at once where ECharts is there, else when its script has run.
fn load(mounted: Rc<RefCell<Mounted>>, element: Element, option: Rc<str>, failed: RwSignal<bool>) {
    let draw = move || {
        if mounted.borrow().gone {
            return;
        }
        match charts().and_then(|charts| {
            method(&charts, "mount")?.call2(&charts, &element, &JsValue::from_str(&option))
        }) {
            Ok(chart) => mounted.borrow_mut().chart = Some(chart),
            Err(_) => drop(failed.try_set(true)),
        }
    };
    if charts().is_ok() {
        return draw();
    }
    let Some(script) = script() else {
        failed.set(true);
        return;
    };
    let loaded = Closure::once_into_js(draw);
    let broken = script.clone();
    let lost = Closure::once_into_js(move || {
        // Not kept: the next chart tries again.
        broken.remove();
        let _ = failed.try_set(true);
    });
    for (event, listener) in [("load", loaded), ("error", lost)] {
        let _ = script.add_event_listener_with_callback(event, listener.unchecked_ref());
    }
}

/// The script that is on its way, or one that now is. The policy of the page lets a script that runs add others.
fn script() -> Option<Element> {
    let document = document();
    if let Ok(Some(script)) = document.query_selector("script[data-charts]") {
        return Some(script);
    }
    let path = document.document_element()?.get_attribute(PATH).filter(|path| !path.is_empty())?;
    let script = document.create_element("script").ok()?;
    script.set_attribute("src", &path).ok()?;
    script.set_attribute(PATH, "").ok()?;
    document.body()?.append_child(&script).ok()?;
    Some(script)
}

fn charts() -> Result<JsValue, JsValue> {
    let charts = Reflect::get(&window(), &JsValue::from_str(GLOBAL))?;
    if charts.is_undefined() { Err(charts) } else { Ok(charts) }
}

fn method(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &JsValue::from_str(name))?.dyn_into()
}
