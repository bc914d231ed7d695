//! Versions of the settings.

use chrono::{DateTime, Utc};
use domain::settings::{SettingsVersion, VersionLine};

use crate::NewSettings;

/// The last version, or the defaults.
pub(super) fn in_force(versions: &[SettingsVersion]) -> SettingsVersion {
    versions.last().cloned().unwrap_or_default()
}

/// Adds the version after `expected`.
pub(super) fn put(
    versions: &mut Vec<SettingsVersion>,
    new: &NewSettings,
    expected: u64,
    now: DateTime<Utc>,
) -> Option<SettingsVersion> {
    if versions.len() as u64 != expected {
        return None;
    }
    let line = VersionLine {
        version: expected + 1,
        at: Some(now),
        by: Some(new.by.clone()),
        restores: new.restores,
    };
    let version = SettingsVersion { line, settings: new.settings.clone() };
    versions.push(version.clone());
    Some(version)
}
