//! How workers are: who says so, as of when, and what contradicts what.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agent::{AgentHealth, AgentStatus, AgentType, Rate},
    facts::work::{Latency, Work, WorkKey, WorkKind, WorkSlot, Worker, slot},
    id::AgentId,
    insight::agent_health::{
        AgentFilter, By, Contradiction, Moment, SLOTS, WorkerHealth, WorkerKind, days, workers,
    },
    settings::Rules,
};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-11-20T09:10:00Z".parse().unwrap()
}

fn back(minutes: i64) -> DateTime<Utc> {
    now() - TimeDelta::minutes(minutes)
}

fn agent(id: &str, status: AgentHealth, heard: i64) -> AgentStatus {
    AgentStatus {
        id: AgentId::new(id).unwrap(),
        name: id.to_owned(),
        agent_type: Some(AgentType::Tool),
        status,
        last_success_at: None,
        last_failure_at: None,
        calls_today: None,
        failure_rate: None,
        average_latency_ms: None,
        config_issue: None,
        reported_at: Some(back(heard)),
    }
}

/// Calls of a tool: minutes ago, how many, how many of these failed, how long each took.
fn tool(name: &str, calls: &[(i64, u64, u64, u64)]) -> Worker {
    let slots = calls.iter().map(|(minutes, calls, failures, ms)| {
        let mut spread = Latency::default();
        (0..*calls).for_each(|_| spread.add(&Latency::one(*ms)));
        let work = WorkSlot {
            calls: *calls,
            failures: *failures,
            timed: *calls,
            duration_ms: ms * calls,
            latency: spread,
        };
        (slot(back(*minutes)), work)
    });
    let worked =
        calls.iter().filter(|(_, calls, failures, _)| calls > failures).map(|call| back(call.0)).max();
    let failed = calls.iter().filter(|(_, _, failures, _)| *failures > 0).map(|call| back(call.0)).max();
    Worker {
        key: WorkKey { kind: WorkKind::Call, name: name.to_owned() },
        total: calls.iter().map(|call| call.1).sum(),
        slots: slots.collect(),
        worked_at: worked,
        failed_at: failed,
        failing_since: None,
    }
}

fn judge(agents: &[AgentStatus], tools: Vec<Worker>) -> Vec<WorkerHealth> {
    let rules = Rules::default();
    let today = "2026-11-20T00:00:00Z".parse().unwrap();
    let known = [0, tools.len() as u64, 0];
    workers(agents, &Work { workers: tools, known }, Moment { now: now(), today, rules: &rules }).workers
}

#[test]
fn what_the_source_tells_comes_before_what_we_count_and_each_figure_says_which() {
    let mut github = agent("github", AgentHealth::Healthy, 2);
    github.calls_today = Some(231);
    github.last_success_at = Some(back(50));
    let all = judge(&[github], vec![tool("github", &[(5, 4, 1, 300), (600, 6, 0, 300)])]);
    assert_eq!(all.len(), 1, "the tool's calls are the agent's");
    let row = &all[0];
    assert_eq!((row.status, row.status_by), (AgentHealth::Healthy, By::Told));
    let calls = row.calls_today.unwrap();
    assert_eq!((calls.value, calls.by), (231, By::Told));
    let rate = row.failure_rate.unwrap();
    assert_eq!((rate.value, rate.by), (Rate::of(1, 10).unwrap(), By::Counted));
    let success = row.last_success.unwrap();
    assert_eq!((success.value, success.by), (back(5), By::Counted), "the later of the two");
    assert_eq!(row.average_latency_ms.unwrap().value.to_bits(), 300_f64.to_bits());
    assert_eq!(row.p95_latency_ms, Some(304), "the middle of the bucket from 288 to 319");
}

#[test]
fn a_count_of_a_day_that_is_over_says_nothing_of_today() {
    let mut agent = agent("github", AgentHealth::Healthy, 600);
    agent.calls_today = Some(9_999);
    let all = judge(&[agent], vec![tool("github", &[(5, 4, 0, 10), (700, 6, 0, 10)])]);
    let calls = all[0].calls_today.unwrap();
    assert_eq!((calls.value, calls.by), (4, By::Counted));
}

#[test]
fn healthy_needs_evidence_that_is_young_enough() {
    let status = |heard| judge(&[agent("x", AgentHealth::Healthy, heard)], Vec::new())[0].clone();
    assert_eq!(status(24 * 60 - 1).status, AgentHealth::Healthy);
    let old = status(24 * 60);
    assert_eq!((old.status, old.as_of), (AgentHealth::Unknown, Some(back(24 * 60))), "unknown since then");
    let nobody = judge(&[agent("x", AgentHealth::Unknown, 1)], Vec::new())[0].clone();
    assert_eq!(
        (nobody.status, nobody.as_of),
        (AgentHealth::Unknown, None),
        "to say unknown is to say nothing"
    );
    let counted = judge(&[], vec![tool("hammer", &[(5, 1, 0, 10)])])[0].clone();
    assert_eq!((counted.status, counted.status_by), (AgentHealth::Healthy, By::Counted));
    assert_eq!(counted.id.as_str(), "tool:hammer");
}

#[test]
fn contradictions_are_said() {
    let mut failing = tool("github", &[(200, 1, 0, 10), (9, 5, 5, 10)]);
    failing.failing_since = Some(back(9));
    let row = judge(&[agent("github", AgentHealth::Healthy, 1)], vec![failing.clone()])[0].clone();
    assert_eq!((row.status, row.status_by), (AgentHealth::Degraded, By::Counted));
    assert_eq!(row.contradictions, [Contradiction::Failing]);
    // Its source knows of a call that worked since.
    let mut better = agent("github", AgentHealth::Healthy, 1);
    better.last_success_at = Some(back(3));
    assert_eq!(judge(&[better], vec![failing])[0].status, AgentHealth::Healthy);
    let mut issue = agent("secrets", AgentHealth::Healthy, 1);
    issue.config_issue = Some("The API key expired".to_owned());
    let row = judge(&[issue], Vec::new())[0].clone();
    assert_eq!((row.status, row.contradictions), (AgentHealth::Degraded, vec![Contradiction::Issue]));
    assert!(row.remedy.unwrap().starts_with("Rotate the credential"));
    let row = judge(&[agent("github", AgentHealth::Offline, 60)], vec![tool("github", &[(5, 1, 0, 10)])]);
    assert_eq!(
        (row[0].status, &row[0].contradictions[..]),
        (AgentHealth::Offline, &[Contradiction::Works][..])
    );
}

#[test]
fn calls_of_a_tool_that_two_workers_have_belong_to_neither() {
    let agents =
        ["hermes:a:tool:terminal", "hermes:b:tool:terminal"].map(|id| agent(id, AgentHealth::Unknown, 1));
    let all = judge(&agents, vec![tool("terminal", &[(5, 3, 0, 10)])]);
    assert_eq!(all.len(), 3);
    assert!(all[..2].iter().all(|row| row.counts.is_none() && row.status == AgentHealth::Unknown));
    assert_eq!((all[2].id.as_str(), all[2].told), ("tool:terminal", false));
    let one = judge(&agents[..1], vec![tool("terminal", &[(5, 3, 0, 10)])]);
    assert_eq!((one.len(), one[0].counts), (1, Some(WorkKind::Call)));
}

#[test]
fn kinds_of_which_nothing_was_told_are_named() {
    let rules = Rules::default();
    let agents = ["hermes-core", "cli-runner"].map(|id| agent(id, AgentHealth::Healthy, 1));
    let all = workers(&agents, &Work::default(), Moment { now: now(), today: now(), rules: &rules });
    assert!(!all.missing.contains(&WorkerKind::HermesCore) && !all.missing.contains(&WorkerKind::CliRunner));
    assert_eq!(all.missing.len(), WorkerKind::ALL.len() - 2);
}

#[test]
fn a_filter_is_its_text() {
    for text in ["", "q=git+hub&status=degraded,offline&type=tool&sort=-failureRate", "sort=name"] {
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(text.as_bytes()).map(|(k, v)| (k.into(), v.into())).collect();
        let get = |name| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        let filter = AgentFilter::read(get("q"), get("status"), get("type"), get("sort"));
        assert_eq!(filter.text(), text);
    }
    assert_eq!(AgentFilter::read("", "nonsense", "tool,x", "sideways").text(), "type=tool");
}

proptest! {
    /// Whatever was done: rates stay shares, the strip has its 48 letters, and evidence is needed for health.
    #[test]
    fn figures_stay_in_their_bounds(
        calls in prop::collection::vec((0_i64..20_000, 0_u64..50, 0_u64..50, 0_u64..10_000_000), 0..30),
        heard in 0_i64..5_000,
    ) {
        let calls: Vec<_> = calls.into_iter().map(|(at, n, bad, ms)| (at, n, bad.min(n), ms)).collect();
        let work = tool("github", &calls);
        let row = judge(&[agent("github", AgentHealth::Healthy, heard)], vec![work.clone()])[0].clone();
        prop_assert_eq!(row.strip.len(), SLOTS);
        if row.status == AgentHealth::Healthy {
            prop_assert!(row.as_of.is_some_and(|at| now() - at < TimeDelta::hours(24)));
        }
        let (days, week) = days(Some(&work), now());
        prop_assert_eq!(days.iter().map(|day| day.calls).sum::<u64>(), week.calls);
        prop_assert!(week.failures <= week.calls);
    }

    /// A quantile from buckets is at most a sixteenth away from that of the durations themselves.
    #[test]
    fn the_95th_percentile_is_nearly_exact(mut all in prop::collection::vec(0_u64..100_000_000, 1..200)) {
        let mut spread = Latency::default();
        all.iter().for_each(|ms| spread.add(&Latency::one(*ms)));
        all.sort_unstable();
        let exact = all[(all.len() * 19).div_ceil(20) - 1];
        let told = spread.p95_ms().unwrap();
        prop_assert!(told.abs_diff(exact) * 16 <= exact, "{} for {}", told, exact);
    }
}
