//! The history by a full scan.

use std::collections::BTreeMap;

use domain::{
    facts::{Durations, Happened, HistoryFacts, HistoryShare, Period, PeriodFacts, blocked_at},
    fold::Ledger,
    id::ProductId,
};

pub(crate) fn history(ledger: &Ledger, periods: &[Period], product: Option<&ProductId>) -> HistoryFacts {
    let ended: Vec<HistoryShare> = ledger.tasks.values().filter_map(HistoryShare::of).collect();
    let blocked: Vec<_> = ledger
        .events
        .values()
        .filter_map(|record| {
            let task = ledger.tasks.get(&record.event.task_id)?;
            Some((blocked_at(record)?, task.product()))
        })
        .collect();
    let times = ended.iter().map(|share| share.at).chain(blocked.iter().map(|(at, _)| *at));
    let asked = |id: &ProductId| product.is_none_or(|product| product == id);
    let within = |period: &Period| {
        let mut products: BTreeMap<ProductId, Happened> = BTreeMap::new();
        let (mut durations, mut causes) = (Durations::default(), BTreeMap::new());
        for share in ended.iter().filter(|share| period.holds(share.at) && asked(&share.product)) {
            products.entry(share.product.clone()).or_default().ended.add(&share.ended);
            share.slot.into_iter().for_each(|slot| durations.add(slot, 1));
            share.cause.into_iter().for_each(|cause| *causes.entry(cause).or_default() += 1);
        }
        for (_, id) in blocked.iter().filter(|(at, id)| period.holds(*at) && asked(id)) {
            products.entry(id.clone()).or_default().blocked += 1;
        }
        PeriodFacts {
            products: products.into_iter().collect(),
            durations,
            causes: causes.into_iter().collect(),
        }
    };
    HistoryFacts { since: times.min(), periods: periods.iter().map(within).collect() }
}
