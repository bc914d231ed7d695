//! What goes with what: which work comes from where, who does it, and which products get it.

use domain::{
    product::ProductStatus,
    task::{TaskSource, TaskType},
};

/// Where work of that type comes from, by weight.
pub(crate) fn sources_for(
    task_type: TaskType,
    by_day: bool,
) -> impl Iterator<Item = (TaskSource, f64)> + Clone {
    use TaskSource::{Cli, Cron, Email, Github, HermesPlanner, LocalAgent, Manual, MonitoringAlert, Webhook};
    let weights: &'static [(TaskSource, f64)] = match task_type {
        TaskType::Monitoring => &[(Cron, 60.0), (MonitoringAlert, 28.0), (Webhook, 6.0), (Manual, 6.0)],
        TaskType::Deploy => {
            &[(Github, 50.0), (Cli, 20.0), (Webhook, 14.0), (HermesPlanner, 10.0), (Manual, 6.0)]
        }
        TaskType::Release => &[(Cli, 40.0), (Manual, 25.0), (Github, 25.0), (HermesPlanner, 10.0)],
        TaskType::Maintenance => {
            &[(Cron, 62.0), (HermesPlanner, 20.0), (MonitoringAlert, 10.0), (Manual, 8.0)]
        }
        TaskType::Bugfix => &[
            (Github, 34.0),
            (Email, 24.0),
            (MonitoringAlert, 16.0),
            (Manual, 14.0),
            (LocalAgent, 8.0),
            (Webhook, 4.0),
        ],
        TaskType::Security => &[(Cron, 30.0), (Github, 30.0), (Email, 20.0), (HermesPlanner, 20.0)],
        TaskType::Audit => &[(Cron, 55.0), (HermesPlanner, 30.0), (Manual, 15.0)],
        TaskType::Documentation => {
            &[(HermesPlanner, 40.0), (Email, 25.0), (Github, 20.0), (LocalAgent, 15.0)]
        }
        TaskType::Research | TaskType::ProductPlanning => {
            &[(Manual, 50.0), (HermesPlanner, 45.0), (Email, 5.0)]
        }
        TaskType::Build | TaskType::Refactor | TaskType::CostOptimization => {
            &[(HermesPlanner, 38.0), (Manual, 28.0), (Github, 22.0), (LocalAgent, 8.0), (Cli, 4.0)]
        }
    };
    weights.iter().map(move |(source, weight)| {
        // The founder sleeps; schedules and alarms do not.
        let awake = by_day || matches!(source, Cron | MonitoringAlert | HermesPlanner | Webhook);
        (*source, if awake { *weight } else { weight * 0.12 })
    })
}

/// Who does work of that type, by weight.
pub(crate) fn agents_for(
    task_type: TaskType,
    mobile: bool,
) -> impl Iterator<Item = (&'static str, f64)> + Clone {
    let weights: &'static [(&'static str, f64)] = match task_type {
        TaskType::Deploy | TaskType::Release if mobile => &[("mac-mini", 1.0)],
        TaskType::Deploy | TaskType::Release => &[("deployer", 9.0), ("hermes-core", 1.0)],
        TaskType::Monitoring => &[("cli-runner", 6.0), ("hermes-core", 3.0), ("uptime", 1.0)],
        TaskType::Maintenance => &[("cli-runner", 5.0), ("vm-runner", 3.0), ("hermes-core", 2.0)],
        TaskType::Research | TaskType::ProductPlanning => &[("hermes-planner", 6.0), ("hermes-core", 3.0)],
        TaskType::Build | TaskType::Refactor => {
            &[("hermes-core", 5.0), ("openclaw", 4.0), ("vm-runner", 1.0)]
        }
        _ => &[("hermes-core", 6.0), ("openclaw", 2.0), ("cli-runner", 2.0)],
    };
    weights.iter().copied()
}

/// How much more or less of such work a product in that state gets.
pub(crate) fn type_tilt(task_type: TaskType, status: ProductStatus) -> f64 {
    use TaskType::{
        Audit, Bugfix, Documentation, Maintenance, Monitoring, ProductPlanning, Research, Security,
    };
    match status {
        ProductStatus::Active => 1.0,
        ProductStatus::Idea => f64::from(matches!(task_type, Research | ProductPlanning | Documentation)),
        ProductStatus::Maintenance | ProductStatus::Paused | ProductStatus::Archived => f64::from(matches!(
            task_type,
            Maintenance | Monitoring | Security | Bugfix | Audit | Documentation
        )),
    }
}
