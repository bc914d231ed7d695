//! Random histories, the same for the same seed.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agent::{AgentHealth, AgentPatch, Rate},
    attention::AttentionReason,
    event::{Event, EventLevel, EventType, Metadata},
    id::{AgentId, EventId, JobId, LineId, ProductId, RunId, TaskId},
    job::JobPatch,
    patch::Patch,
    product::{ProductCategory, ProductPatch},
    run::RunPatch,
    task::{Percent, Priority, TaskPatch, TaskSource, TaskStatus, TaskType},
    telemetry::{Body, Telemetry},
};

const TITLES: &[&str] = &[
    "Fix the façade of the Billing page",
    "Deploy v3.8.1 to production",
    "支払いの失敗を調べる",
    "Проверить резервные копии",
    "<script>alert(1)</script> & co",
    "retry the nightly load",
    "Zebra crossing",
    "",
];

const TEXTS: &[&str] = &[
    "Roll back when the canary burns. ",
    "zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich",
    "サーバーが応答しない",
    "\" OR 1=1; drop table tasks; --",
    "",
];
/// Tools that events name; the last is no name that a worker can have.
pub(super) const TOOLS: &[&str] = &["terminal", "read_file", "<b>hammer</b>", "two\nlines"];

/// How many tasks there are.
pub(super) const TASKS: u64 = 40;

/// A source of random telemetry over a few dozen rows.
pub(super) struct History {
    state: u64,
    next: u64,
    seed: u64,
    merging: Merging,
}

/// Which tasks turn out to be others.
#[derive(Debug, Clone)]
pub(super) enum Merging {
    /// None.
    Never,
    /// Some: each once at most, and never in a circle, so that the order in which it is told makes no difference.
    /// Holds those that did.
    Orderly(BTreeSet<u64>),
    /// Any: into themselves, in circles, twice.
    Wild,
}

/// The task of that number.
#[expect(clippy::expect_used, reason = "a test's constant")]
pub(super) fn task(number: u64) -> TaskId {
    TaskId::new(format!("t_{number}")).expect("an id")
}

impl History {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5EED,
            next: 0,
            seed,
            merging: Merging::Never,
        }
    }

    /// A history in which tasks turn out to be others.
    pub(super) fn merging(seed: u64, merging: Merging) -> Self {
        Self { merging, ..Self::new(seed) }
    }

    /// What it was made of.
    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// `SplitMix64`: <https://prng.di.unimi.it/splitmix64.c>.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.random() % bound
    }

    #[expect(clippy::cast_possible_truncation, reason = "lists of a few entries")]
    pub(super) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize]
    }

    #[expect(clippy::cast_possible_truncation, reason = "lists of a few thousand entries")]
    pub(super) fn shuffle<T>(&mut self, values: &mut [T]) {
        for end in (1..values.len()).rev() {
            let other = self.below(end as u64 + 1) as usize;
            values.swap(end, other);
        }
    }

    /// The next lines of the history.
    pub(super) fn lines(&mut self, count: usize) -> Vec<Telemetry> {
        (0..count).map(|_| self.line()).collect()
    }

    #[expect(clippy::expect_used, reason = "a test's constant")]
    fn line(&mut self) -> Telemetry {
        self.next += 1;
        let id = LineId::new(format!("l_{}_{}", self.seed, self.next)).expect("an id");
        let body = match self.merged() {
            Some(merged) => merged,
            None => self.told(),
        };
        let mut digest = [0; 16];
        digest[..8].copy_from_slice(&self.next.to_le_bytes());
        Telemetry { id, ts: self.time(), digest, body }
    }

    fn told(&mut self) -> Body {
        match self.below(20) {
            0 => self.product(),
            1..=5 => Body::Task(self.task(), Box::new(self.patch())),
            6 => self.agent(),
            7 => self.job(),
            8..=9 => self.run(),
            _ => self.event(),
        }
    }

    /// Now and then, where tasks turn out to be others at all: two that are one.
    fn merged(&mut self) -> Option<Body> {
        if matches!(self.merging, Merging::Never) || self.below(25) > 0 {
            return None;
        }
        let (mut from, mut into) = (self.below(TASKS), self.below(TASKS));
        if let Merging::Orderly(known) = &mut self.merging {
            (from, into) = (from.max(into), from.min(into));
            if from == into || !known.insert(from) {
                return None;
            }
        }
        Some(Body::TaskMerged { from: task(from), into: task(into) })
    }

    /// Mostly within the last 40 days, a few in the future, some at the very same time.
    #[expect(clippy::cast_possible_wrap, reason = "days in seconds")]
    fn time(&mut self) -> DateTime<Utc> {
        match self.below(10) {
            0 => super::now() + TimeDelta::hours(self.below(3) as i64),
            1 => super::now() - TimeDelta::days(1),
            // To the microsecond, which is what stores keep.
            2..=4 => super::now() - TimeDelta::microseconds(self.below(3) as i64),
            _ => super::now() - TimeDelta::seconds(self.below(40 * 86_400) as i64),
        }
    }

    fn task(&mut self) -> TaskId {
        let number = self.below(TASKS);
        task(number)
    }

    #[expect(clippy::expect_used, reason = "a test's constant")]
    fn product_id(&mut self) -> ProductId {
        ProductId::new(format!("prod_{}", self.below(6))).expect("an id")
    }

    /// Nothing, a cleared field or a value.
    fn field<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Patch<T> {
        match self.below(8) {
            0..=3 => Patch::Keep,
            4 => Patch::Clear,
            _ => Patch::Set(value(self)),
        }
    }

    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small numbers")]
    fn patch(&mut self) -> TaskPatch {
        TaskPatch {
            title: self.field(|s| s.pick(TITLES).to_owned()),
            product_id: self.field(Self::product_id),
            status: self.field(|s| s.pick(TaskStatus::ALL)),
            priority: self.field(|s| s.pick(Priority::ALL)),
            task_type: self.field(|s| s.pick(TaskType::ALL)),
            source: self.field(|s| s.pick(TaskSource::ALL)),
            created_at: self.field(Self::time),
            started_at: self.field(Self::time),
            completed_at: self.field(Self::time),
            duration_ms: self.field(|s| s.below(10_000_000)),
            retry_count: self.field(|s| s.below(4) as u32),
            assigned_agent: self.field(Self::agent_id),
            tags: self.field(|s| vec![s.pick(&["infra", "customer", "größe"]).to_owned()]),
            progress_percent: self
                .field(|s| Percent::new(s.below(101) as f32).unwrap_or_else(|| unreachable!())),
            description: self.field(|s| s.pick(TEXTS).to_owned()),
            summary: self.field(|s| s.pick(TEXTS).to_owned()),
            result: self.field(|s| s.pick(TEXTS).repeat(s.below(300) as usize)),
            blocker_reason: self.field(|s| s.pick(&["no key", "no disk"]).to_owned()),
            error: self.field(|s| format!("exit {}: disk full at /var/lib", s.below(5))),
            attention: self.field(|s| {
                let reason = s.pick(AttentionReason::ALL);
                if s.below(3) == 0 { Vec::new() } else { vec![reason] }
            }),
            ..TaskPatch::default()
        }
    }

    #[expect(clippy::expect_used, reason = "a test's constant")]
    fn agent_id(&mut self) -> AgentId {
        AgentId::new(self.pick(&["hermes-core", "openclaw", "cli-runner"])).expect("an id")
    }

    fn product(&mut self) -> Body {
        let patch = ProductPatch {
            name: self.field(|s| s.pick(&["Orchard Desk", "Payloop", "Ledgerly"]).to_owned()),
            slug: self.field(|s| s.pick(&["orchard", "payloop"]).to_owned()),
            category: self.field(|s| s.pick(ProductCategory::ALL)),
            priority: self.field(|s| s.pick(Priority::ALL)),
            last_hermes_activity_at: self.field(Self::time),
            ..ProductPatch::default()
        };
        Body::Product(self.product_id(), Box::new(patch))
    }

    #[expect(clippy::expect_used, reason = "a test's constant")]
    fn event(&mut self) -> Body {
        let event = Event {
            id: EventId::new(format!("e_{}", self.below(400))).expect("an id"),
            task_id: self.task(),
            timestamp: self.time(),
            level: self.pick(EventLevel::ALL),
            event_type: self.pick(EventType::ALL),
            // Some failures come back with other numbers in them, and one says nothing that stays.
            message: match self.below(4) {
                0 => format!("exit {}: disk full at /var/lib", self.below(5)),
                1 => self.below(100).to_string(),
                _ => format!("step {}", self.below(100)),
            },
            metadata: self.metadata(),
            tool_name: (self.below(2) == 0).then(|| self.pick(TOOLS).to_owned()),
            command: Some(self.pick(&["cargo test", "git push", "psql -c 'select größe'"]).to_owned()),
            artifact_url: None,
        };
        let patch = (self.below(2) == 0).then(|| Box::new(self.patch()));
        Body::Event(Box::new(event), patch)
    }

    /// What tells of a call: what it wrote, how it came out, how long it took, and what of it the event is.
    fn metadata(&mut self) -> Option<Metadata> {
        let mut facts = Metadata::new();
        if self.below(3) == 0 {
            let output = self.pick(TEXTS).repeat(if self.below(4) == 0 { 20 } else { 1 });
            facts.insert("output".to_owned(), output.into());
        }
        if self.below(3) == 0 {
            facts.insert("exitCode".to_owned(), (self.below(3)).into());
        }
        if self.below(2) == 0 {
            facts.insert("durationMs".to_owned(), self.below(90_000).into());
        }
        if let Some(part) = self.pick(&[None, None, Some("asked"), Some("answered")]) {
            facts.insert("call".to_owned(), part.into());
        }
        (!facts.is_empty()).then_some(facts)
    }

    #[expect(clippy::expect_used, clippy::cast_precision_loss, reason = "a test's constants")]
    fn run(&mut self) -> Body {
        let patch = RunPatch {
            task_id: Patch::Set(self.task()),
            started_at: self.field(Self::time),
            ended_at: self.field(Self::time),
            status: self.field(|s| s.pick(TaskStatus::ALL)),
            commit_sha: self.field(|s| format!("{:07x}", s.below(1 << 28))),
            metrics: self.field(|s| [("costUsd".to_owned(), s.below(900) as f64 / 1000.0)].into()),
            cost_status: self.field(|s| s.pick(&["actual", "estimated", "included"]).to_owned()),
            model: self.field(|s| s.pick(&["Hermes-4-405B", "Hermes-4-70B"]).to_owned()),
            logs: self.field(|s| vec!["one".to_owned(), s.pick(TEXTS).to_owned()]),
            ..RunPatch::default()
        };
        Body::Run(RunId::new(format!("r_{}", self.below(30))).expect("an id"), Box::new(patch))
    }

    fn agent(&mut self) -> Body {
        let patch = AgentPatch {
            status: self.field(|s| s.pick(AgentHealth::ALL)),
            failure_rate: self.field(|s| Rate::of(s.below(10), 10).unwrap_or_else(|| unreachable!())),
            config_issue: self.field(|_| "no key".to_owned()),
            ..AgentPatch::default()
        };
        Body::Agent(self.agent_id(), Box::new(patch))
    }

    #[expect(clippy::expect_used, reason = "a test's constant")]
    fn job(&mut self) -> Body {
        let patch = JobPatch {
            name: self.field(|s| format!("job {}", s.below(3))),
            product_id: self.field(Self::product_id),
            next_run_at: self.field(Self::time),
            enabled: self.field(|s| s.below(3) > 0),
            removed: self.field(|s| s.below(3) == 0),
            ..JobPatch::default()
        };
        Body::Job(JobId::new(format!("j_{}", self.below(5))).expect("an id"), Box::new(patch))
    }
}
