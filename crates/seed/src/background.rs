//! The many tasks that no story tells: believable by their numbers.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    attention::AttentionReason,
    id::AgentId,
    product::ProductStatus,
    task::{Priority, TaskSource, TaskStatus, TaskType},
};

use crate::{
    Error,
    catalogue::{Catalogue, Product, Work},
    chances::{agents_for, sources_for, type_tilt},
    rhythm::{is_day, seconds},
    rng::{Rng, mix},
    spec::{Spec, task_id},
    words::Words,
};

/// The day on which the model provider did not answer for some hours, in hours before now.
const OUTAGE: std::ops::Range<i64> = 549..553;

/// Why tasks wait that no story tells of.
const BLOCKERS: [(&str, AttentionReason); 4] = [
    ("Waiting for your approval: this writes to production data", AttentionReason::ApprovalNeeded),
    ("Missing credentials: no read access to the partner's sandbox", AttentionReason::MissingCredentials),
    (
        "Unclear: two screens name the same thing differently; which word is right?",
        AttentionReason::UnclearRequirement,
    ),
    ("The estimate is above the limit of one task", AttentionReason::CostOrRisk),
];

/// Makes tasks one after the other.
pub(crate) struct Background<'a> {
    catalogue: &'a Catalogue,
    seed: u64,
    now: DateTime<Utc>,
    days: f64,
    /// How many releases each product had so far.
    releases: Vec<usize>,
}

impl<'a> Background<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, seed: u64, now: DateTime<Utc>, days: u32) -> Self {
        let releases = vec![0; catalogue.products.len()];
        Self { catalogue, seed, now, days: f64::from(days.max(1)), releases }
    }

    /// The task with that number, which came up at `created`. Nothing where no product has work for it.
    pub(crate) fn task(&mut self, number: u64, created: DateTime<Utc>) -> Result<Option<Spec>, Error> {
        let mut rng = Rng::of(self.seed, number);
        let age = self.now - created;
        let quiet = |product: &Product| i64::from(product.row.quiet) > age.num_days();
        let paces = self.catalogue.products.iter().enumerate();
        let paces = paces.map(|(index, of)| (index, if quiet(of) { 0.0 } else { of.row.pace }));
        let Some(index) = rng.weighted(paces) else { return Ok(None) };
        let product = &self.catalogue.products[index];
        let kinds = self.catalogue.work.iter();
        let kinds = kinds.map(|work| (work, work.weight * type_tilt(work.task_type, product.row.status)));
        let Some(work) = rng.weighted(kinds) else { return Ok(None) };
        let source = rng.weighted(sources_for(work.task_type, is_day(created)));
        let source = source.unwrap_or(TaskSource::Manual);
        let words = self.words(index, work.task_type, &mut rng);
        let (status, retries) = self.outcome(index, source, age, &mut rng);
        let (started, last) = self.span(work, status, created, &mut rng);
        let fill = |rng: &mut Rng, from: &[String]| rng.pick(from).map(|text| words.sentence(text));
        let title = fill(&mut rng, &work.titles).unwrap_or_default();
        let why = fill(&mut rng, &work.why).unwrap_or_default();
        let text = format!("{why} Done when {}.", words.fill(&work.done));
        let result = match status {
            TaskStatus::Completed => fill(&mut rng, &work.results),
            TaskStatus::Skipped => Some("Skipped: nothing changed since the last time.".to_owned()),
            TaskStatus::Cancelled => Some("Cancelled: a newer task does it.".to_owned()),
            _ => None,
        };
        let outage = OUTAGE.contains(&age.num_hours());
        let error = match status {
            TaskStatus::Failed if outage => {
                Some("The model provider answered 529 (overloaded) for eleven minutes".to_owned())
            }
            TaskStatus::Failed => fill(&mut rng, &work.failures),
            _ => None,
        };
        let blocker = rng.pick(&BLOCKERS).filter(|_| status == TaskStatus::Blocked);
        let lesson = (status == TaskStatus::Completed && rng.chance(if retries > 0 { 0.5 } else { 0.06 }))
            .then(|| fill(&mut rng, &work.lessons));
        let guessed = source == TaskSource::LocalAgent || rng.chance(0.06);
        Ok(Some(Spec {
            id: task_id(number, self.seed)?,
            product: index,
            title,
            text,
            task_type: work.task_type,
            priority: priority(product, work.task_type, &mut rng),
            source,
            agent: agent(product, work.task_type, &mut rng)?,
            tags: tags(product, &mut rng),
            created,
            started,
            last,
            status,
            progress: None,
            steps: work.steps.clone(),
            blocker: blocker.map(|(text, _)| (*text).to_owned()),
            error,
            result,
            next: match status {
                TaskStatus::Failed => Some("Look into the failure".to_owned()),
                TaskStatus::Blocked => Some("Waits for your answer".to_owned()),
                TaskStatus::Queued => Some("Starts when a worker is free".to_owned()),
                _ => None,
            },
            lesson: lesson.flatten(),
            attention: blocker.map(|(_, reason)| *reason).into_iter().collect(),
            retries,
            inferred: if guessed { vec!["priority".to_owned()] } else { Vec::new() },
            actions: rng.between(2, 4),
            words,
        }))
    }

    fn words(&mut self, index: usize, task_type: TaskType, rng: &mut Rng) -> Words {
        let product = &self.catalogue.products[index];
        let releases = &mut self.releases[index];
        *releases += usize::from(matches!(task_type, TaskType::Deploy | TaskType::Release));
        let major = mix(self.seed ^ index as u64) % 4 + 1;
        Words {
            area: rng.pick(&product.row.areas).cloned().unwrap_or_default(),
            name: product.row.name.clone(),
            slug: product.slug.clone(),
            version: format!("v{major}.{}.{}", *releases / 6, *releases % 6),
            number: rng.between(3, 19),
        }
    }

    /// How it ended, and how often it was tried again.
    fn outcome(
        &self,
        product: usize,
        source: TaskSource,
        age: TimeDelta,
        rng: &mut Rng,
    ) -> (TaskStatus, u32) {
        if age < TimeDelta::hours(30) && rng.chance(0.05) {
            return (TaskStatus::Queued, 0);
        }
        if age < TimeDelta::days(9) && rng.chance(0.003) {
            return (TaskStatus::Blocked, 0);
        }
        if rng.chance(if source == TaskSource::Cron { 0.05 } else { 0.01 }) {
            return (TaskStatus::Skipped, 0);
        }
        if rng.chance(0.02) {
            return (TaskStatus::Cancelled, 0);
        }
        // Some products are more brittle than others, and all get better with time.
        let brittle = 0.5 + Rng::of(self.seed, u64::MAX - 1 - product as u64).unit();
        let part = (seconds_of(age) / 86_400.0 / self.days).min(1.0);
        let outage = if OUTAGE.contains(&age.num_hours()) { 12.0 } else { 1.0 };
        if rng.chance(((0.04 + 0.06 * part) * brittle * outage).min(0.9)) {
            return (TaskStatus::Failed, u32::from(rng.chance(0.4)));
        }
        let retries = if rng.chance(0.07) { 1 + u32::from(rng.chance(0.2)) } else { 0 };
        (TaskStatus::Completed, retries)
    }

    /// When it started and when it ended, both before now.
    fn span(
        &self,
        work: &Work,
        status: TaskStatus,
        created: DateTime<Utc>,
        rng: &mut Rng,
    ) -> (Option<DateTime<Utc>>, DateTime<Utc>) {
        let room = (seconds_of(self.now - created) - 60.0).max(1.0);
        if matches!(status, TaskStatus::Queued | TaskStatus::Skipped | TaskStatus::Cancelled) {
            return (None, created + seconds((2.0 + rng.unit() * 200.0).min(room * 0.5)));
        }
        let wait = (4.0 + rng.unit().powi(3) * 900.0).min(room * 0.2);
        let [low, high] = work.minutes;
        let works = (low + (high - low) * rng.unit().powi(2)) * 60.0;
        let started = created + seconds(wait);
        (Some(started), started + seconds(works.min((room - wait) * 0.9)))
    }
}

fn priority(product: &Product, task_type: TaskType, rng: &mut Rng) -> Priority {
    let levels = [Priority::P0, Priority::P1, Priority::P2, Priority::P3];
    let own = levels.iter().position(|level| *level == product.row.priority).unwrap_or(2);
    let urgent = matches!(task_type, TaskType::Security | TaskType::Deploy | TaskType::Bugfix);
    let index = match rng.below(10) {
        0 if urgent => own.saturating_sub(1),
        0..=4 => own,
        5..=7 => own + 1,
        _ => own + 2,
    };
    levels[index.min(3)]
}

fn agent(product: &Product, task_type: TaskType, rng: &mut Rng) -> Result<AgentId, Error> {
    let mobile = product.row.stack == "mobile";
    Ok(AgentId::new(rng.weighted(agents_for(task_type, mobile)).unwrap_or("hermes-core"))?)
}

fn tags(product: &Product, rng: &mut Rng) -> Vec<String> {
    let few = product.row.tags.iter().filter(|_| rng.chance(0.4)).cloned().collect::<Vec<_>>();
    // An idea's tasks say so, whatever else they say.
    if product.row.status == ProductStatus::Idea { vec!["idea".to_owned()] } else { few }
}

#[expect(clippy::cast_precision_loss, reason = "spans of weeks, in milliseconds")]
fn seconds_of(span: TimeDelta) -> f64 {
    span.num_milliseconds() as f64 / 1000.0
}
