//! The settings page: what each of its sections shows. The forms are described by `domain::settings::form`, so that the
//! client has one way to show any of them.
//!
//! A form posts to the page itself. What was stored leads back to it (303, `?saved=VERSION`); what was refused, tried out
//! or is yet to be confirmed is the answer, with everything that was written in its place. A page that sends it without being
//! left is answered with the same location, or with what the page would show, as JSON.

use chrono::{DateTime, Utc};
use domain::{
    id::ProductId,
    settings::{Difference, RetentionRun, Section, VersionLine, form::Group, preview::Preview},
    task::Priority,
    zone::Zone,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, codec::Answer};

#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod submit;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use self::submit::{Demo, Outcome, Shown, Submitted, submit};

/// What the page tells before anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Telling {
    /// `ok`, `warn` or `danger`.
    pub tone: Tone,
    /// The fact.
    pub title: String,
    /// What follows.
    pub text: String,
    /// What another version changed, where one stands in the way.
    pub changed: Vec<Difference>,
    /// The version to go back to, where that undoes what was just done.
    pub undo: Option<u64>,
}

/// How something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum Tone {
    Ok,
    Warn,
    Danger,
}

/// A version with what it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionRow {
    /// Who and when.
    pub line: VersionLine,
    /// What it changed against the one before it, at most [`FIELDS`] of them.
    pub changed: Vec<Difference>,
    /// How many fields it changed.
    pub total: usize,
}

/// How many changed fields of a version are named.
pub const FIELDS: usize = 12;

/// A product of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented on the product")]
pub struct ProductRow {
    pub id: ProductId,
    pub name: String,
    pub slug: String,
    pub category: Option<String>,
    pub status: Option<String>,
    pub priority: Option<Priority>,
}

/// What a section shows besides its form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Extra {
    /// Nothing.
    None,
    /// The registry.
    Products {
        /// By name.
        products: Vec<ProductRow>,
    },
    /// What is kept.
    #[serde(rename_all = "camelCase")]
    Retention {
        /// What the last run did.
        last: Option<RetentionRun>,
        /// The size of the database, in bytes.
        bytes: Option<u64>,
        /// How many ended tasks the form would take the events of.
        stripped: u64,
        /// How many ended tasks the form would delete.
        deleted: u64,
    },
    /// The file.
    Transfer {
        /// What was pasted or sent.
        text: String,
        /// What is wrong with it, with its field.
        error: Option<(String, String)>,
        /// What it would change; `None` before it was looked at.
        changes: Option<Vec<Difference>>,
    },
    /// Which data is shown.
    Demo {
        /// Whether it is demo data.
        demo: bool,
        /// Where it is.
        location: String,
        /// Whether demo data can be shown beside it.
        offered: bool,
        /// Where it is shown, if it is.
        url: Option<String>,
    },
}

/// What the rules of a form would have done, in words and figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// The sentence.
    pub title: String,
    /// What else is to be said of it.
    pub text: String,
    /// The figures.
    pub preview: Preview,
}

/// What a section of the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// Which one.
    pub section: Section,
    /// What it is for.
    pub about: String,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// The founder's time zone.
    pub zone: Zone,
    /// The version in force.
    pub version: VersionLine,
    /// What the page tells first.
    pub told: Option<Telling>,
    /// The form.
    pub groups: Vec<Group>,
    /// How many fields of the form differ from what is stored.
    pub changes: usize,
    /// What the rules of the form would have done.
    pub effect: Option<Effect>,
    /// What else there is.
    pub extra: Extra,
    /// The latest versions, the newest first.
    pub versions: Vec<VersionRow>,
}

/// What a form that is being filled in would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Live {
    /// How many fields differ from what is stored.
    pub changes: usize,
    /// How many fields say what they may not.
    pub wrong: usize,
    /// What the rules would have done; `None` where fields are wrong, or where rules touch no task.
    pub effect: Option<Effect>,
}

/// What a section shows. `saved` is the version that a form has just stored.
#[server(name = SettingsPageFn, prefix = "/api/ui", endpoint = "settings", input = GetUrl, output = Answer)]
pub async fn settings_page(section: Section, saved: Option<u64>) -> Result<SettingsView, ApiError> {
    let hermes = super::hermes()?;
    super::answer(page::page(&hermes, section, saved, use_context::<Shown>(), use_context::<Demo>()).await)
}

/// What a section shows in place of what is stored: the answer to a form that was sent without leaving the page.
#[cfg(feature = "ssr")]
pub async fn shown(
    hermes: &service::Hermes,
    shown: Shown,
    demo: Demo,
) -> Result<SettingsView, service::ServiceError> {
    page::page(hermes, shown.section, None, Some(shown), Some(demo)).await
}

/// What a form that is being filled in would do. `form` is the form as it would be sent.
#[server(name = SettingsLiveFn, prefix = "/api/ui", endpoint = "settings-live", output = Answer)]
pub async fn settings_live(section: Section, form: String) -> Result<Live, ApiError> {
    let hermes = super::hermes()?;
    super::answer(submit::live(&hermes, section, &form).await)
}
