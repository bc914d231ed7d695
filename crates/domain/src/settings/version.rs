//! Versions of the settings: every one is kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Settings;

/// Who stored which version, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VersionLine {
    /// Its number, from 1; 0 are the defaults, before anything was stored.
    pub version: u64,
    /// When it was stored; `null` for the defaults.
    pub at: Option<DateTime<Utc>>,
    /// Who stored it: `founder`, or the name of a token; `null` for the defaults.
    pub by: Option<String>,
    /// The version whose content it brought back, where it did.
    pub restores: Option<u64>,
}

/// A version of the settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettingsVersion {
    /// Who and when.
    #[serde(flatten)]
    pub line: VersionLine,
    /// Its content.
    pub settings: Settings,
}
