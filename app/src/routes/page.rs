//! The pages by name: at which path each is, and what it is called.

use crate::links;

/// A page, and the view of its route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Overview,
    Tasks,
    Task,
    Products,
    Product,
    History,
    Digest,
    Agents,
    Agent,
    Settings,
    Sources,
    Audit,
    /// Every component in all its states; builds for development have it.
    #[cfg(feature = "development")]
    Styleguide,
}

impl Page {
    /// The page at that path; `None` where there is none.
    pub(crate) fn at(path: &str) -> Option<Self> {
        let path = path.trim_end_matches('/');
        Some(match path {
            "" | links::HOME => Self::Overview,
            links::TASKS => Self::Tasks,
            links::PRODUCTS => Self::Products,
            links::HISTORY => Self::History,
            links::DIGEST => Self::Digest,
            links::AGENTS => Self::Agents,
            links::SETTINGS => Self::Settings,
            links::SOURCES => Self::Sources,
            links::AUDIT => Self::Audit,
            #[cfg(feature = "development")]
            links::STYLEGUIDE => Self::Styleguide,
            _ if under(path, links::TASKS).is_some() => Self::Task,
            _ if under(path, links::PRODUCTS).is_some() => Self::Product,
            _ if under(path, links::AGENTS).is_some() => Self::Agent,
            _ => return None,
        })
    }

    /// Its heading.
    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::Overview => "Mission Control",
            Self::Tasks => "Tasks",
            Self::Task => "Task",
            Self::Products => "Products",
            Self::Product => "Product",
            Self::History => "History",
            Self::Digest => "Weekly digest",
            Self::Agents => "Agents",
            Self::Agent => "Agent",
            Self::Settings => "Settings",
            Self::Sources => "Sources",
            Self::Audit => "Audit log",
            #[cfg(feature = "development")]
            Self::Styleguide => "Styleguide",
        }
    }
}

/// What comes after a page's own path and a slash, as it stands there; `None` where that is nothing, or more than one segment.
pub(super) fn under<'a>(path: &'a str, page: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(page)?.strip_prefix('/')?;
    (!rest.is_empty() && !rest.contains('/')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_its_page() {
        let paths =
            ["/", "/hermes", "/hermes/", "/hermes/tasks", "/hermes/tasks/t_1", "/hermes/tasks/a/b", "/x"];
        let pages = paths.map(Page::at);
        assert_eq!(pages[..3], [Some(Page::Overview); 3]);
        assert_eq!(pages[3..], [Some(Page::Tasks), Some(Page::Task), None, None]);
    }
}
