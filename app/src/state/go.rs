//! Going to another address of the app without loading a page.

#[cfg(feature = "hydrate")]
type Navigate = dyn Fn(&str, leptos_router::NavigateOptions);

/// Goes to addresses of the app. Where no client is at work it does nothing: links and forms do.
#[derive(Clone)]
pub struct Go {
    #[cfg(feature = "hydrate")]
    navigate: std::rc::Rc<Navigate>,
}

impl Go {
    /// The way to go, for a component inside the router.
    pub fn here() -> Self {
        Self {
            #[cfg(feature = "hydrate")]
            navigate: std::rc::Rc::new(leptos_router::hooks::use_navigate()),
        }
    }

    /// Goes to that address; the page stays where it is scrolled to. `replace` leaves no step in the history.
    #[cfg(feature = "hydrate")]
    pub fn to(&self, href: &str, replace: bool) {
        let options = leptos_router::NavigateOptions { replace, scroll: false, ..Default::default() };
        (self.navigate)(href, options);
    }

    /// Goes there in the place of this address, which is another name of the same.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "a server redirects"))]
    pub fn instead(&self, href: &str) {
        #[cfg(feature = "hydrate")]
        self.to(href, true);
    }

    /// Goes on to where a form leads: to the top of the page, unless it says where on the page.
    #[cfg(feature = "hydrate")]
    pub(crate) fn on(&self, href: &str) {
        let options = leptos_router::NavigateOptions { scroll: !href.contains('#'), ..Default::default() };
        (self.navigate)(href, options);
    }
}
