//! Settings as a file: read whole, or refused with the place and the field.

use domain::settings::{FieldError, Settings};
use serde::Deserialize;
use serde_path_to_error::Track;

/// The longest file of settings, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;

/// Reads settings, as [`Settings::export`] writes them. Fields that are missing have their defaults; a field that does
/// not exist is refused by its name.
pub fn parse(text: &str) -> Result<Settings, FieldError> {
    if text.len() > MAX_BYTES {
        let message =
            format!("{} bytes are more than the {MAX_BYTES} that a file of settings may have.", text.len());
        return Err(FieldError::new("", message));
    }
    let shape = "settings are one JSON object, as the export writes it";
    // serde would also take a list of values in the order of the fields.
    if !text.trim_start().starts_with('{') {
        return Err(FieldError::new("", format!("Line 1: no JSON object; {shape}.")));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let mut track = Track::new();
    let read = Settings::deserialize(serde_path_to_error::Deserializer::new(&mut json, &mut track));
    read.and_then(|settings| json.end().map(|()| settings)).map_err(|error| {
        let told = error.to_string();
        let reason = told.rsplit_once(" at line ").map_or(told.as_str(), |(reason, _)| reason);
        let field = track.path().to_string();
        let field = if field == "." { String::new() } else { field };
        let message = format!("Line {}, column {}: {reason}.", error.line(), error.column());
        FieldError::new(field, message)
    })
}

#[cfg(test)]
mod tests {
    use domain::settings::{PriorityRule, When};
    use domain::task::Priority;

    use super::*;

    #[test]
    fn what_is_exported_reads_back_to_the_byte() {
        let mut settings = Settings::default();
        settings.rules.recent_days = 9;
        settings.time_zone = Some("Europe/Berlin".to_owned());
        settings.priority_rules = vec![PriorityRule {
            when: When { words: "pay \"ment\"\n日本".into(), ..When::default() },
            priority: Priority::P0,
        }];
        for settings in [settings, Settings::default()] {
            let text = settings.export();
            assert_eq!(parse(&text).map(|read| read.export()), Ok(text));
        }
    }

    #[test]
    fn an_older_file_reads_with_the_defaults() {
        let read = parse(r#"{"rules":{"recentDays":3},"timeZone":null}"#).unwrap();
        assert_eq!((read.rules.recent_days, read.rules.rate_days), (3, 30));
        assert_eq!(parse("{}"), Ok(Settings::default()));
    }

    #[test]
    fn a_bad_file_is_refused_with_its_place_and_its_field() {
        for (text, field, words) in [
            ("", "", "no JSON object"),
            ("[7]", "", "no JSON object"),
            (
                "{\n  \"rules\": {\n    \"recentDays\": \"seven\"\n  }\n}",
                "rules.recentDays",
                "Line 3, column 25",
            ),
            ("{\n  \"colour\": 1\n}", "colour", "unknown field `colour`"),
            ("{\"rules\":{\"recentDays\":70000}}", "rules.recentDays", "70000"),
            ("{\"retryRules\":[{\"when\":{}}]}", "retryRules[0]", "missing field `attempts`"),
            ("{\"rules\":", "rules", "EOF"),
            ("{} {}", "", "trailing characters"),
        ] {
            let wrong = parse(text).unwrap_err();
            assert_eq!(wrong.field, field, "{text}: {}", wrong.message);
            assert!(wrong.message.contains(words), "{text}: {}", wrong.message);
        }
        assert!(parse(&" ".repeat(MAX_BYTES + 1)).unwrap_err().message.contains("bytes"));
    }
}
