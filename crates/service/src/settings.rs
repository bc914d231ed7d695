//! The settings: read, checked, stored with their versions, brought back, and tried out.

mod parse;

use std::collections::BTreeMap;

use chrono_tz::Tz;
use domain::{
    query::{DateBound, Direction, Page, PageRequest, Sort, SortKey, TaskFilter, TaskQuery},
    settings::{
        Difference, FieldError, Section, Settings, SettingsVersion,
        check::check,
        diff::diff,
        preview::{self, Preview, SAMPLE, Sample},
    },
    task::Task,
};
use store::NewSettings;

use crate::{Hermes, ServiceError, error::Result};

pub use self::parse::{MAX_BYTES, parse};

/// Why settings were not stored. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Fields say what they may not.
    #[error("{} of the settings cannot be stored", fields(.0))]
    Invalid(Vec<FieldError>),
    /// Another version is in force than the one that was changed.
    #[error("version {} is in force by now; load it, and make your changes again", now.line.version)]
    Stale {
        /// The one in force.
        now: Box<SettingsVersion>,
        /// What it changed against the one that was expected.
        changed: Vec<Difference>,
    },
    /// The store failed, or there is no such version.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

fn fields(wrong: &[FieldError]) -> String {
    if let [one] = wrong { format!("`{}`", one.field) } else { format!("{} fields", wrong.len()) }
}

impl From<store::StoreError> for SaveError {
    fn from(error: store::StoreError) -> Self {
        Self::Service(error.into())
    }
}

impl Hermes {
    /// The settings in force, with who stored them and when.
    pub async fn settings_version(&self) -> Result<SettingsVersion> {
        Ok(self.store().settings_version().await?)
    }

    /// The stored versions, the newest first.
    pub async fn settings_versions(&self, page: PageRequest) -> Result<Page<SettingsVersion>> {
        Ok(self.store().settings_versions(page).await?)
    }

    /// One version; 0 are the defaults. [`ServiceError::NotFound`] where there is none.
    pub async fn settings_at(&self, version: u64) -> Result<SettingsVersion> {
        let missing = || ServiceError::NotFound(format!("there is no version {version} of the settings"));
        if version == 0 {
            return Ok(SettingsVersion::default());
        }
        // Versions are counted without gaps, and come the newest first.
        let last = self.settings_version().await?.line.version;
        let place = last.checked_sub(version).and_then(|back| u32::try_from(back + 1).ok());
        let page = PageRequest { page: place.ok_or_else(missing)?, per_page: 1 };
        let found = self.store().settings_versions(page).await?.items.into_iter().next();
        found.filter(|found| found.line.version == version).ok_or_else(missing)
    }

    /// Everything that is wrong with those settings.
    pub fn check_settings(&self, settings: &Settings) -> Vec<FieldError> {
        let mut wrong = check(settings);
        let known = |name: &String| name.parse::<Tz>().is_ok();
        let named =
            settings.time_zone.as_ref().filter(|_| !wrong.iter().any(|wrong| wrong.field == "timeZone"));
        if let Some(name) = named.filter(|name| !known(name)) {
            let name: String = name.chars().take(40).collect();
            let message = format!("{name} is no time zone. Write an IANA name such as Europe/Berlin.");
            wrong.push(FieldError::new("timeZone", message));
        }
        wrong
    }

    /// Stores the version after `expected`; it is in force at once.
    pub async fn save_settings(
        &self,
        settings: Settings,
        by: &str,
        expected: u64,
    ) -> Result<SettingsVersion, SaveError> {
        let wrong = self.check_settings(&settings);
        if !wrong.is_empty() {
            return Err(SaveError::Invalid(wrong));
        }
        self.put_settings(
            NewSettings { settings: settings.tidied(), by: by.to_owned(), restores: None },
            expected,
        )
        .await
    }

    /// Stores the content of an earlier version as a new one.
    pub async fn restore_settings(
        &self,
        version: u64,
        by: &str,
        expected: u64,
    ) -> Result<SettingsVersion, SaveError> {
        let settings = self.settings_at(version).await?.settings;
        // What was fine when it was stored may be out of range in a later version of the program.
        let wrong = self.check_settings(&settings);
        if !wrong.is_empty() {
            return Err(SaveError::Invalid(wrong));
        }
        self.put_settings(NewSettings { settings, by: by.to_owned(), restores: Some(version) }, expected)
            .await
    }

    async fn put_settings(&self, new: NewSettings, expected: u64) -> Result<SettingsVersion, SaveError> {
        if let Some(version) = self.store().put_settings(&new, expected, self.now()).await? {
            self.announce().await;
            tracing::info!(settings.version = version.line.version, settings.by = new.by, "settings stored");
            return Ok(version);
        }
        let now = self.store().settings_version().await?;
        let base = match self.settings_at(expected).await {
            Ok(version) => version.settings,
            Err(_) => Settings::default(),
        };
        let changed = diff(&base, &now.settings);
        Err(SaveError::Stale { now: Box::new(now), changed })
    }

    /// What those settings would have done in the last 90 days; `None` for sections whose rules touch no task.
    pub async fn preview_settings(&self, section: Section, settings: &Settings) -> Result<Option<Preview>> {
        if !matches!(
            section,
            Section::Categories
                | Section::Priorities
                | Section::Notifications
                | Section::Retries
                | Section::Approvals
        ) {
            return Ok(None);
        }
        let (now, saved) = (self.now(), self.settings().await?);
        let query = TaskQuery {
            filter: TaskFilter { from: Some(DateBound::At(preview::since(now))), ..TaskFilter::default() },
            sort: vec![Sort { key: SortKey::Created, direction: Direction::Descending }],
            page: PageRequest { page: 1, per_page: SAMPLE },
        };
        let tasks = self.store().tasks(&query).await?;
        let products = self.store().products().await?;
        let products = products.into_iter().filter_map(|product| Some((product.id, product.priority?)));
        let products: BTreeMap<_, _> = products.collect();
        let zone = self.zone().await?;
        let sample = Sample { total: tasks.total, tasks: tasks.items, products, zone, now };
        let settings = settings.clone();
        let evaluate = move || preview::preview(section, &settings, &saved, &sample);
        // Ten thousand tasks and their words would hold up every other request of this worker thread.
        let preview = tokio::task::spawn_blocking(evaluate).await;
        preview.map_err(|error| ServiceError::Unavailable(error.to_string()))
    }

    /// Gives tasks a priority where no source told one and a rule of the settings does.
    pub(crate) async fn inferred(&self, tasks: &mut [Task]) -> Result<()> {
        if tasks.iter().all(|task| task.priority.is_some()) {
            return Ok(());
        }
        let settings = self.settings().await?;
        tasks.iter_mut().for_each(|task| settings.infer(task));
        Ok(())
    }
}
