//! Versions of the settings.

use domain::{
    query::PageRequest,
    settings::{Rules, Settings},
};

use super::now;
use crate::{NewSettings, Store};

pub(super) async fn every_version_is_kept_and_a_stale_one_is_refused(store: &impl Store) {
    assert_eq!(store.settings().await.expect("settings"), Settings::default());
    let none = store.settings_version().await.expect("version");
    assert_eq!((none.line.version, none.line.by), (0, None), "the defaults are version 0");

    let new = |recent_days, restores| NewSettings {
        settings: Settings {
            time_zone: Some("Europe/Berlin".to_owned()),
            rules: Rules { recent_days, ..Rules::default() },
            ..Settings::default()
        },
        by: "founder".to_owned(),
        restores,
    };
    let put =
        async |new: &NewSettings, expected| store.put_settings(new, expected, now()).await.expect("put");
    let first = put(&new(3, None), 0).await.expect("the first one");
    assert_eq!((first.line.version, first.line.at), (1, Some(now())));
    assert_eq!(put(&new(4, None), 0).await, None, "another one is in force by now");
    assert_eq!(put(&new(4, None), 7).await, None, "there is no such version");
    assert_eq!(store.settings().await.expect("settings"), first.settings, "nothing was done");
    put(&new(5, None), 1).await.expect("the second one");
    let third = put(&new(3, Some(1)), 2).await.expect("back to the first one");
    assert_eq!(third.settings, first.settings);
    assert_eq!(store.settings_version().await.expect("version"), third);

    let page = store.settings_versions(PageRequest { page: 1, per_page: 2 }).await.expect("versions");
    assert_eq!(page.total, 3);
    let numbers: Vec<_> = page.items.iter().map(|version| version.line.version).collect();
    assert_eq!(numbers, [3, 2], "the newest first");
    assert_eq!(page.items[0].line.restores, Some(1));
}
