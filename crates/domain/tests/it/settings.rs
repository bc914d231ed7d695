//! Settings: what they may say, their form, their rules.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{ProductId, TaskId},
    settings::{
        Category, PriorityRule, RetryRule, Section, Settings, When,
        check::{RANGES, check},
        diff::diff,
        form::{groups, read, values},
        preview::{Sample, preview},
    },
    task::{Priority, Task, TaskRecord, TaskSource, TaskStatus, TaskType},
    zone::Zone,
};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn task(title: &str) -> Task {
    Task { title: title.to_owned(), ..TaskRecord::placeholder(TaskId::new("t").unwrap(), now()).into() }
}

fn rule(words: &str, priority: Priority) -> PriorityRule {
    PriorityRule { when: When { words: words.to_owned(), ..When::default() }, priority }
}

fn some_settings() -> impl Strategy<Value = Settings> {
    let priority = || proptest::sample::select(Priority::ALL);
    let when = (any::<bool>(), "[a-z ]{0,9}", proptest::option::of(proptest::sample::select(TaskType::ALL)));
    let when = when.prop_map(|(product, words, task_type)| When {
        product: product.then(|| ProductId::new("p1").unwrap()),
        task_type,
        source: Some(TaskSource::Cron),
        words: words.trim().to_owned(),
    });
    let rules = proptest::collection::vec((when, priority(), 0..=10_u32), 0..4);
    (1..=90_u16, rules, proptest::option::of("[A-Za-z]{1,9}"), any::<[bool; 3]>(), 7..=3650_u16).prop_map(
        |(recent, rules, label, [keys, quiet, deploys], days)| {
            let mut settings = Settings::default();
            settings.rules.recent_days = recent;
            settings.single_key_shortcuts = keys;
            settings.approvals.deploy_asks = deploys;
            settings.retention.event_days = days;
            if quiet {
                settings.notifications.quiet_from = Some("23:00".to_owned());
                settings.notifications.quiet_to = Some("07:30".to_owned());
            }
            settings.categories.insert(TaskType::Audit, Category { label, ..Category::default() });
            for (when, priority, attempts) in rules {
                settings.retry_rules.push(RetryRule { when: when.clone(), attempts, wait_minutes: 5 });
                settings.priority_rules.push(PriorityRule { when, priority });
            }
            settings.tidied()
        },
    )
}

proptest! {
    #[test]
    fn what_a_form_shows_is_what_it_reads(settings in some_settings()) {
        prop_assert!(check(&settings).is_empty());
        let products = [("p1".to_owned(), "One".to_owned())];
        for section in Section::ALL {
            let mut written = values(&settings);
            let base = Settings { time_zone: settings.time_zone.clone(), ..settings.clone() };
            prop_assert_eq!(read(*section, &base, &mut written, "save", &products), Ok(settings.clone()));
        }
        let mut written = values(&settings);
        let read = read(Section::Priorities, &Settings::default(), &mut written, "", &products).unwrap();
        prop_assert_eq!(read.priority_rules, settings.priority_rules);
    }

    #[test]
    fn the_export_is_the_settings(settings in some_settings()) {
        let text = settings.export();
        let read: Settings = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &settings);
        prop_assert_eq!(read.export(), text);
        prop_assert!(diff(&read, &settings).is_empty());
    }

    #[test]
    fn a_rule_never_changes_what_a_source_told(settings in some_settings(), told in proptest::sample::select(Priority::ALL)) {
        let mut task = task("pay the bill");
        task.priority = Some(told);
        let before = task.clone();
        settings.infer(&mut task);
        prop_assert_eq!(task, before);
    }

    #[test]
    fn inferring_twice_changes_nothing_more(settings in some_settings(), title in "[a-z ]{0,20}") {
        let mut once = task(&title);
        once.source = Some(TaskSource::Cron);
        settings.infer(&mut once);
        let mut twice = once.clone();
        settings.infer(&mut twice);
        prop_assert_eq!(&twice, &once);
        prop_assert_eq!(once.priority.is_some(), once.inferred.iter().any(|field| field == "priority"));
    }
}

#[test]
fn the_first_rule_that_holds_counts_and_the_category_comes_last() {
    let mut settings = Settings {
        priority_rules: vec![rule("pay", Priority::P1), rule("", Priority::P3)],
        categories: BTreeMap::from([(
            TaskType::Security,
            Category { priority: Some(Priority::P0), ..Category::default() },
        )]),
        ..Settings::default()
    };
    assert_eq!(settings.inferred_priority(&task("Payment fails")), Some(Priority::P1), "a word's beginning");
    assert_eq!(settings.inferred_priority(&task("Repay")), Some(Priority::P3), "no rule before it holds");
    settings.priority_rules.pop();
    let mut secure = task("Rotate");
    assert_eq!(settings.inferred_priority(&secure), None);
    secure.task_type = Some(TaskType::Security);
    assert_eq!(settings.inferred_priority(&secure), Some(Priority::P0));
}

#[test]
fn a_failure_is_tried_again_as_often_as_its_rule_says() {
    let settings = Settings {
        retry_rules: vec![
            RetryRule {
                when: When { words: "secret".into(), ..When::default() },
                attempts: 0,
                wait_minutes: 0,
            },
            RetryRule { when: When::default(), attempts: 2, wait_minutes: 5 },
        ],
        ..Settings::default()
    };
    let mut failed = task("Build");
    assert_eq!(settings.retry(&failed), None, "it did not fail");
    failed.status = TaskStatus::Failed;
    assert!(settings.retry(&failed).is_some());
    failed.retry_count = Some(2);
    assert_eq!(settings.retry(&failed), None);
    failed.retry_count = None;
    failed.error = Some("no secret".into());
    assert_eq!(settings.retry(&failed), None, "the first rule that holds says never");
}

#[test]
fn every_number_has_its_range() {
    for (field, least, most, zero) in RANGES {
        if field.starts_with("retryRules") {
            continue;
        }
        let with = |value: u64| {
            let mut json = serde_json::to_value(Settings::default()).unwrap();
            let (group, name) = field.split_once('.').unwrap();
            json[group][name] = value.into();
            serde_json::from_value::<Settings>(json).map(|settings| check(&settings))
        };
        let named =
            |value: u64| with(value).is_ok_and(|wrong| wrong.iter().any(|wrong| wrong.field == field));
        assert!(named(most + 1) || with(most + 1).is_err(), "{field} above its range");
        assert!(!named(most) && !named(least.max(30)), "{field} in its range");
        if least > 0 {
            assert!(named(least - 1) || (zero && least == 1), "{field} below its range");
            assert_eq!(named(0), !zero, "{field}");
        }
    }
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    let wrong = |section, pairs: &[(&str, &str)]| {
        let mut written = values(&Settings::default());
        written.extend(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        let wrong = read(section, &Settings::default(), &mut written, "save", &[]).unwrap_err();
        wrong.into_iter().map(|wrong| (wrong.field, wrong.message)).collect::<Vec<_>>()
    };
    let quiet = [("notifications.quietFrom", "23:00"), ("notifications.quietTo", "25:00")];
    let (field, message) = wrong(Section::Notifications, &quiet).remove(0);
    assert_eq!((&*field, &*message), ("notifications.quietTo", "25:00 is not a time. Use 00:00 to 23:59."));
    let half = wrong(Section::Notifications, &quiet[..1]);
    assert_eq!(half[0].0, "notifications.quietTo");
    for text in ["", "seven", "-1", "7.5", "99999999999999999999"] {
        let (field, message) = wrong(Section::General, &[("rules.recentDays", text)]).remove(0);
        assert_eq!(field, "rules.recentDays");
        assert!(message.contains("whole number from 1 to 90"), "{message}");
    }
    assert!(wrong(Section::General, &[("rules.recentDays", "91")])[0].1.contains("Use 1 to 90"));
    let unfinished = wrong(Section::Priorities, &[("priorityRules.3.when.words", "pay")]);
    assert_eq!(unfinished[0].0, "priorityRules.0.priority", "empty rules before it are gone");
    let kept = wrong(Section::Retention, &[("retention.taskDays", "20")]);
    assert_eq!(kept[0].0, "retention.taskDays");
    let label = "x".repeat(41);
    assert_eq!(
        wrong(Section::Categories, &[("categories.audit.label", &label)])[0].0,
        "categories.audit.label"
    );
}

#[test]
fn rules_are_moved_and_taken_away_by_their_buttons() {
    let settings = Settings {
        priority_rules: vec![rule("a", Priority::P0), rule("b", Priority::P1), rule("c", Priority::P2)],
        ..Settings::default()
    };
    let after = |what: &str| {
        let mut written = values(&settings);
        let made = read(Section::Priorities, &settings, &mut written, what, &[]).unwrap();
        made.priority_rules.into_iter().map(|rule| rule.when.words).collect::<String>()
    };
    assert_eq!(after("up:2"), "acb");
    assert_eq!(after("down:0"), "bac");
    assert_eq!(after("remove:1"), "ac");
    for nothing in ["up:0", "down:2", "remove:9", "up:x", "add", ""] {
        assert_eq!(after(nothing), "abc", "{nothing}");
    }
}

#[test]
fn quiet_hours_may_go_over_midnight() {
    let mut rules = Settings::default().notifications;
    let at = |text: &str| format!("2026-11-20T{text}:00Z").parse().unwrap();
    assert!(!rules.is_quiet(at("23:30"), &Zone::utc()));
    rules.quiet_from = Some("23:00".into());
    rules.quiet_to = Some("07:00".into());
    let quiet =
        ["23:00", "02:00", "06:59", "07:00", "22:59"].map(|time| rules.is_quiet(at(time), &Zone::utc()));
    assert_eq!(quiet, [true, true, true, false, false]);
}

#[test]
fn a_preview_counts_names_and_compares() {
    let failed = |id: &str, days: i64| {
        let mut task = task("Build");
        task.id = TaskId::new(id).unwrap();
        task.status = TaskStatus::Failed;
        task.created_at = now() - TimeDelta::days(days);
        task.last_activity_at = task.created_at;
        task
    };
    let sample = Sample {
        tasks: (0..30).map(|day| failed(&format!("t{day:02}"), day)).collect(),
        total: 50,
        products: BTreeMap::new(),
        zone: Zone::utc(),
        now: now(),
    };
    let saved = Settings::default();
    let mut rules = saved.clone();
    rules.retry_rules.push(RetryRule { when: When::default(), attempts: 3, wait_minutes: 10 });
    let seen = preview(Section::Retries, &rules, &saved, &sample).unwrap();
    assert_eq!((seen.fired, seen.saved, seen.of, seen.total), (30, 0, 30, 50));
    assert_eq!((seen.weeks.len(), seen.weeks.iter().sum::<u64>(), seen.weeks[12]), (13, 30, 7));
    assert_eq!(seen.tasks.len(), 8, "it is bounded");
    assert_eq!(seen.tasks[0].id.as_str(), "t00", "the latest first");
    assert_eq!(preview(Section::General, &rules, &saved, &sample), None);
    let told = preview(Section::Notifications, &saved, &saved, &sample).unwrap();
    assert_eq!((told.fired, told.saved), (30, 30));
}

#[test]
fn what_an_older_version_stored_still_reads() {
    let older = r#"{"timeZone":"Europe/Berlin","rules":{"recentDays":3,"rateDays":30,"quietMinutes":30,"repeatedFailures":3,"upcomingHours":24,"missedJobMinutes":15,"neglectDays":14}}"#;
    let read: Settings = serde_json::from_str(older).unwrap();
    assert_eq!((read.rules.recent_days, read.single_key_shortcuts), (3, true));
    assert_eq!(read.retention, Settings::default().retention);
}

#[test]
fn every_section_with_fields_names_each_once() {
    let filled = values(&Settings::default());
    for section in Section::ALL {
        let all = groups(*section, &filled, &[]);
        let fields = all.iter().flat_map(|group| &group.items).flat_map(|item| &item.fields);
        let mut names: Vec<_> = fields.map(|field| &field.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{section}");
    }
}
