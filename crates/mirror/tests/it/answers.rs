//! The same answers as a store's full scan.

use domain::{
    id::{ProductId, Seq},
    query::{DateBound, PageRequest, SearchIn, TaskFilter, TaskQuery},
    registry::ProductEdit,
    settings::{Category, PriorityRule, Settings, When},
    task::{Priority, TaskType},
};
use mirror::{Applied, Beyond, Mirror, Products};
use store::{MemoryStore, NewSettings, Store, conformance};

use crate::setup::{append, changes, check, chunk, is_of_task, manifest, mirror, store_of, tasks};

/// Whether a mirror can answer it.
fn can(query: &TaskQuery) -> bool {
    Mirror::default().beyond(&query.filter) != Some(Beyond::Everything)
}

#[tokio::test]
async fn thousands_of_questions_are_answered_as_a_scan_answers_them() {
    let (lines, questions) = conformance::asked();
    let store = store_of(&lines).await;
    let mut mirror = mirror(&store, 3).await;
    let mut asked = 0;
    for query in questions.iter().filter(|query| can(query)) {
        assert!(mirror.beyond(&query.filter).is_none_or(|beyond| beyond == Beyond::Everything));
        if mirror.beyond(&query.filter).is_none() {
            check(&mut mirror, &store, query).await;
            asked += 1;
        }
    }
    assert!(asked > 4_000, "{asked}");
}

#[tokio::test]
async fn live_changes_give_the_mirror_that_is_made_afresh() {
    for seed in 0..24 {
        let lines = conformance::merging_sample(seed, 400);
        let (before, after) = lines.split_at(200);
        let store = store_of(before).await;
        let mut live = mirror(&store, 2).await;
        let (_, questions) = conformance::asked();
        for part in after.chunks(17) {
            append(&store, part).await;
            let changes = changes(&store, live.seq()).await;
            for change in &changes {
                let applied = live.apply(change);
                assert!(applied == Applied::Nothing || is_of_task(change) || applied == Applied::Products);
                assert_eq!(live.apply(change), Applied::Nothing, "a change counts once");
            }
            live.set_products(Products::of(&store.product_book().await.unwrap()));
            if seed % 2 == 0 {
                live.build_some().unwrap();
            }
        }
        for query in questions.iter().skip(usize::try_from(seed).unwrap() * 100).take(100) {
            if live.beyond(&query.filter).is_none() {
                check(&mut live, &store, query).await;
            }
        }
        let (tasks, _) = tasks(&store).await;
        assert_eq!(live.rows(), tasks.len(), "seed {seed}");
    }
}

#[tokio::test]
async fn what_the_founder_says_of_products_counts_as_on_the_server() {
    let (lines, questions) = conformance::asked();
    let store = store_of(&lines).await;
    let mut mirror = mirror(&store, 1).await;
    let product = |name: &str| ProductId::new(name).unwrap();
    let now = conformance::now();
    let edit =
        ProductEdit { name: domain::patch::Patch::Set("Zebra Works".to_owned()), ..ProductEdit::default() };
    let merged = [("prod_0", "prod_1"), ("prod_1", "prod_2")];
    for (from, into) in merged {
        store.merge_product(&product(from), &product(into), "founder", now).await.unwrap();
    }
    store.edit_product(&product("prod_3"), &edit, "founder", now).await.unwrap();
    let applied: Vec<Applied> =
        changes(&store, mirror.seq()).await.iter().map(|change| mirror.apply(change)).collect();
    assert!(applied.contains(&Applied::Products), "{applied:?}");
    mirror.set_products(Products::of(&store.product_book().await.unwrap()));
    let zebra = TaskQuery {
        filter: TaskFilter { q: "zebra".to_owned(), ..TaskFilter::default() },
        ..TaskQuery::default()
    };
    for query in questions.iter().take(1_500).chain([&zebra]) {
        if mirror.beyond(&query.filter).is_none() {
            check(&mut mirror, &store, query).await;
        }
    }
}

#[tokio::test]
async fn rows_get_the_priority_that_a_rule_gives_them() {
    let store = store_of(&conformance::asked().0).await;
    let rule = |words: &str, priority| PriorityRule {
        when: When { words: words.to_owned(), ..When::default() },
        priority,
    };
    let mut settings = Settings { priority_rules: vec![rule("deploy", Priority::P1)], ..Settings::default() };
    let category = Category { priority: Some(Priority::P3), ..Category::default() };
    settings.categories.insert(TaskType::Audit, category);
    let new = NewSettings { settings: settings.clone(), by: "founder".to_owned(), restores: None };
    store.put_settings(&new, 0, conformance::now()).await.unwrap();
    let mut mirror = mirror(&store, 1).await;
    let query = TaskQuery { page: PageRequest { page: 1, per_page: 100 }, ..TaskQuery::default() };
    let mut expected = store.tasks(&query).await.unwrap();
    expected.items.iter_mut().for_each(|task| settings.infer(task));
    assert!(expected.items.iter().any(|task| task.inferred.contains(&"priority".to_owned())));
    assert_eq!(mirror.tasks(&query), expected.map(mirror::Row::from));
}

#[tokio::test]
async fn chunks_and_changes_may_come_in_any_order() {
    let lines = conformance::merging_sample(7, 500);
    let store = store_of(&lines[..250]).await;
    let (old, old_seq) = tasks(&store).await;
    let begun = manifest(&store, 2).await;
    append(&store, &lines[250..]).await;
    let (new, new_seq) = tasks(&store).await;
    let changes = changes(&store, old_seq).await;
    for turn in 0..3 {
        let mut live = Mirror::new(&begun);
        let load = |live: &mut Mirror| {
            live.load(chunk(&new, new_seq)).unwrap();
            live.load(chunk(&old, old_seq)).unwrap();
            while live.build_some().unwrap() {}
        };
        let (first, rest) = changes.split_at(changes.len() * turn / 2);
        first.iter().for_each(|change| _ = live.apply(change));
        assert_eq!(live.beyond(&TaskFilter::default()), Some(Beyond::Loading));
        load(&mut live);
        rest.iter().for_each(|change| _ = live.apply(change));
        live.set_products(Products::of(&store.product_book().await.unwrap()));
        check(&mut live, &store, &TaskQuery::default()).await;
    }
}

#[tokio::test]
async fn what_changes_leave_behind_does_not_grow_for_ever() {
    let store = store_of(&conformance::merging_sample(5, 300)).await;
    let mut live = mirror(&store, 1).await;
    let (tasks, _) = tasks(&store).await;
    let memory = live.memory();
    for turn in 1..400_u64 {
        for task in tasks.iter().take(20) {
            let mut task = task.clone();
            task.last_action = Some(format!("{turn} {}", "x".repeat(1_000)));
            let seq = Seq(live.seq().0 + 1);
            let row = domain::change::Row::Task(Box::new(task));
            assert_eq!(live.apply(&domain::change::Change { seq, row }), Applied::Rows);
        }
        while live.build_some().unwrap() {}
    }
    assert!(live.memory() < memory + (6 << 20), "{} of {memory}", live.memory());
    let row = live.task(&tasks[0].id).unwrap();
    assert!(row.last_action.is_some_and(|action| action.starts_with("399 ")));
    // All else is as it was.
    for query in conformance::asked().1.iter().take(200) {
        if live.beyond(&query.filter).is_none() {
            let (page, facets) = live.ledger(query);
            let (expected, expected_facets) = store.ledger(query).await.unwrap();
            let ids = |ids: Vec<&domain::id::TaskId>| ids.into_iter().cloned().collect::<Vec<_>>();
            assert_eq!(
                ids(page.items.iter().map(|row| &row.id).collect()),
                ids(expected.items.iter().map(|task| &task.id).collect())
            );
            assert_eq!(facets, expected_facets);
        }
    }
}

#[tokio::test]
async fn a_mirror_says_what_it_cannot_answer() {
    let store = MemoryStore::new();
    let since = conformance::now();
    let mut begun = manifest(&store, 0).await;
    (begun.complete, begun.since) = (false, Some(since));
    let mirror = Mirror::new(&begun);
    let filter = |text: &str| TaskQuery::parse(text).unwrap().filter;
    assert_eq!(mirror.beyond(&TaskFilter::default()), Some(Beyond::Older));
    assert_eq!(mirror.beyond(&filter("status=running,queued")), None);
    assert_eq!(mirror.beyond(&filter("status=running,failed")), Some(Beyond::Older));
    assert_eq!(
        mirror.beyond(&TaskFilter { from: Some(DateBound::At(since)), ..TaskFilter::default() }),
        None
    );
    let everything = TaskFilter { search_in: SearchIn::Everything, ..filter("status=running&q=x") };
    assert_eq!(mirror.beyond(&everything), Some(Beyond::Everything));
    begun.since = None;
    assert_eq!(Mirror::new(&begun).beyond(&filter("status=running")), Some(Beyond::Full));
    assert_eq!(Mirror::new(&begun).seq(), Seq(0));
}

#[tokio::test]
async fn an_empty_mirror_has_an_empty_page() {
    let store = MemoryStore::new();
    let mut mirror = mirror(&store, 1).await;
    let page = PageRequest { page: 9, per_page: 100 };
    check(&mut mirror, &store, &TaskQuery { page, ..TaskQuery::default() }).await;
}
