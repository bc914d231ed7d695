//! What a form of the page asks for, and what comes of it.

use domain::settings::{
    FieldError, Section, Settings,
    diff::diff,
    form::{Values, groups, read, values},
};
use service::{Hermes, SaveError, ServiceError, settings::parse};

use super::{
    Extra, Live, Telling, Tone,
    page::{changes, choices, products},
    words,
};
use crate::links;

/// A form as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Submitted {
    /// The button.
    pub what: String,
    /// The version that was changed, or that is to be brought back.
    pub version: Option<u64>,
    /// The version to bring back.
    pub restore: Option<u64>,
    /// The file, sent or pasted.
    pub text: String,
    /// The fields of the settings.
    pub values: Values,
}

impl Submitted {
    /// Takes up a pair of the form.
    pub fn put(&mut self, name: String, value: String) {
        match name.as_str() {
            "do" => self.what = value,
            "version" => self.version = value.parse().ok(),
            "restore" => self.restore = value.parse().ok(),
            // A file counts before what was pasted.
            "file" if !value.trim().is_empty() => self.text = value,
            "text" if self.text.is_empty() => self.text = value,
            "file" | "text" | "section" => {}
            _ => drop(self.values.insert(name, value)),
        }
    }
}

/// Demo data beside the real one. A context on the server, where it can be shown.
#[derive(Debug, Clone, Default)]
pub struct Demo {
    /// Whether it can be shown from here.
    pub offered: bool,
    /// Where it is shown, if it is.
    pub url: Option<String>,
}

/// What is shown instead of what is stored. A context on the server, while a form is answered.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The section of the form.
    pub section: Section,
    /// What was written.
    pub values: Option<Values>,
    /// The settings that it makes, where nothing is wrong with it.
    pub settings: Option<Settings>,
    /// What is wrong.
    pub wrong: Vec<FieldError>,
    /// What the page tells.
    pub told: Option<Telling>,
    /// The file, looked at.
    pub import: Option<Extra>,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            section: Section::General,
            values: None,
            settings: None,
            wrong: Vec::new(),
            told: None,
            import: None,
        }
    }
}

/// What came of a form.
#[derive(Debug)]
pub enum Outcome {
    /// It is stored: the browser goes there.
    Done(String),
    /// The page is shown with this; `true` where something is wrong.
    Show(Box<Shown>, bool),
}

/// Does what the form asks for.
pub async fn submit(
    hermes: &Hermes,
    section: Section,
    form: Submitted,
    by: &str,
) -> Result<Outcome, ServiceError> {
    let shown = Shown { section, ..Shown::default() };
    let expected = form.version.unwrap_or(0);
    match form.what.as_str() {
        "restore" => {
            let version = form.restore.unwrap_or(0);
            let done = hermes.restore_settings(version, by, expected).await;
            settle(done.map(|done| done.line.version), shown, expected)
        }
        "check" | "apply" => transfer(hermes, form, by, shown).await,
        what => {
            let now = hermes.settings_version().await?;
            let choices = choices(&products(hermes).await?);
            let mut written = form.values;
            let made = read(section, &now.settings, &mut written, what, &choices);
            let shown = Shown { values: Some(written), ..shown };
            let settings = match made {
                Ok(settings) => settings,
                // A rule that is moved or taken away need not be finished.
                Err(_) if what.contains(':') => return Ok(Outcome::Show(Box::new(shown), false)),
                Err(wrong) => return Ok(refuse(shown, wrong)),
            };
            let wrong = hermes.check_settings(&settings);
            if !wrong.is_empty() {
                return Ok(refuse(shown, wrong));
            }
            if what != "save" {
                return Ok(Outcome::Show(Box::new(Shown { settings: Some(settings), ..shown }), false));
            }
            let done = hermes.save_settings(settings.clone(), by, expected).await;
            settle(done.map(|done| done.line.version), Shown { settings: Some(settings), ..shown }, expected)
        }
    }
}

/// Looks at a file, or puts it in force.
async fn transfer(hermes: &Hermes, form: Submitted, by: &str, shown: Shown) -> Result<Outcome, ServiceError> {
    let text = form.text;
    let wrong = |text: String, wrong: FieldError| {
        let import = Extra::Transfer { text, error: Some((wrong.field, wrong.message)), changes: None };
        Ok(Outcome::Show(Box::new(Shown { import: Some(import), ..shown.clone() }), true))
    };
    // Browsers send pasted lines with a carriage return.
    let text = text.replace("\r\n", "\n");
    let settings = match parse(&text) {
        Ok(settings) => settings,
        Err(error) => return wrong(text, error),
    };
    if let Some(error) = hermes.check_settings(&settings).into_iter().next() {
        return wrong(text, error);
    }
    let now = hermes.settings_version().await?;
    let import = Extra::Transfer { text, error: None, changes: Some(diff(&now.settings, &settings)) };
    let shown = Shown { import: Some(import), settings: Some(settings.clone()), ..shown };
    if form.what != "apply" {
        return Ok(Outcome::Show(Box::new(shown), false));
    }
    let expected = form.version.unwrap_or(0);
    let done = hermes.save_settings(settings, by, expected).await;
    settle(done.map(|done| done.line.version), shown, expected)
}

fn refuse(shown: Shown, wrong: Vec<FieldError>) -> Outcome {
    let count = match wrong.len() {
        1 => "One field says what it may not.".to_owned(),
        count => format!("{count} fields say what they may not."),
    };
    let general = wrong.iter().find(|wrong| wrong.field.is_empty()).map(|wrong| wrong.message.clone());
    let told = Telling {
        tone: Tone::Danger,
        title: "Nothing was saved.".to_owned(),
        text: general.unwrap_or(count),
        changed: Vec::new(),
        undo: None,
    };
    Outcome::Show(Box::new(Shown { wrong, told: Some(told), ..shown }), true)
}

fn settle(done: Result<u64, SaveError>, shown: Shown, expected: u64) -> Result<Outcome, ServiceError> {
    let led = |version: u64| Outcome::Done(format!("{}&saved={version}", links::settings(shown.section)));
    let said = shown.settings.clone().map(Settings::tidied);
    match done {
        Ok(version) => Ok(led(version)),
        // The same form again: it was sent twice.
        Err(SaveError::Stale { now, .. })
            if now.line.version == expected + 1 && said.as_ref() == Some(&now.settings) =>
        {
            Ok(led(now.line.version))
        }
        Err(SaveError::Invalid(wrong)) => Ok(refuse(shown, wrong)),
        Err(SaveError::Stale { now, changed }) => {
            let by = now.line.by.as_deref().unwrap_or("somebody");
            let told = Telling {
                tone: Tone::Warn,
                title: format!("Nothing was saved: version {} came in between.", now.line.version),
                text: format!(
                    "{by} stored it while you were at it. What you wrote still stands below; save again to put it on top."
                ),
                changed,
                undo: None,
            };
            Ok(Outcome::Show(Box::new(Shown { told: Some(told), ..shown }), true))
        }
        Err(SaveError::Service(error)) => Err(error),
    }
}

/// What a form that is being filled in would do.
pub(super) async fn live(hermes: &Hermes, section: Section, form: &str) -> Result<Live, ServiceError> {
    let mut submitted = Submitted::default();
    for (name, value) in form_urlencoded::parse(form.as_bytes()) {
        submitted.put(name.into_owned(), value.into_owned());
    }
    let saved = hermes.settings().await?;
    let choices = choices(&products(hermes).await?);
    let mut written = submitted.values;
    let made = read(section, &saved, &mut written, "", &choices);
    let changes = changes(&groups(section, &written, &choices), &values(&saved));
    match made {
        Err(wrong) => Ok(Live { changes, wrong: wrong.len(), effect: None }),
        Ok(settings) => {
            let wrong = hermes.check_settings(&settings).len();
            let preview = if wrong == 0 { hermes.preview_settings(section, &settings).await? } else { None };
            Ok(Live { changes, wrong, effect: preview.map(|preview| words::effect(section, preview)) })
        }
    }
}
