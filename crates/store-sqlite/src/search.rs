//! Which tasks: the filter of `domain::query` as SQL. The conformance suite holds the two together.

use std::collections::BTreeSet;

use domain::{
    id::ProductId,
    query::{SearchIn, TaskFilter},
    registry::Registry,
    text,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use store::Result;

use crate::{registry, time::micros};

/// The words of a search, each with the products that it finds, and the products that it asks for.
pub(crate) struct Search {
    words: Vec<Word>,
    /// Which products were merged into which.
    aliases: Registry,
    /// The products asked for, with those merged into them.
    products: BTreeSet<ProductId>,
}

struct Word {
    /// As the index of words is asked: the beginning of a word.
    pattern: String,
    /// The products whose names have it, as JSON: a founder may have many, and they go in as one value.
    products: Option<String>,
}

impl Search {
    /// What the filter's words say.
    pub(crate) async fn of(conn: &mut SqliteConnection, filter: &TaskFilter) -> Result<Self> {
        let aliases = registry::aliases(conn).await?;
        let products = filter.product.iter().flat_map(|id| aliases.members(id)).collect();
        let words = text::query_tokens(&filter.q);
        if words.is_empty() {
            return Ok(Self { words: Vec::new(), aliases, products });
        }
        let named: Vec<(Vec<ProductId>, Vec<String>)> = registry::words(conn).await?;
        let word = |word: String| {
            let has = |tokens: &[String]| tokens.iter().any(|token| token.starts_with(&word));
            let found: Vec<&ProductId> =
                named.iter().filter(|(_, tokens)| has(tokens)).flat_map(|(members, _)| members).collect();
            let products = (!found.is_empty()).then(|| serde_json::to_string(&found).unwrap_or_default());
            // Words are letters and digits only, so the quotes cannot be left.
            Word { pattern: format!("\"{word}\"*"), products }
        };
        Ok(Self { words: words.into_iter().map(word).collect(), aliases, products })
    }

    /// Adds ` and …` for each condition of the filter.
    pub(crate) fn conditions(&self, sql: &mut QueryBuilder<Sqlite>, filter: &TaskFilter) {
        among(sql, "status", filter.status.iter().map(|value| *value as i64));
        among(sql, "priority", filter.priority.iter().map(|value| *value as i64));
        among(sql, "type", filter.task_type.iter().map(|value| *value as i64));
        among(sql, "source", filter.source.iter().map(|value| *value as i64));
        among(sql, "product", self.products.iter().map(ToString::to_string));
        among(sql, "agent", filter.agent.iter().map(ToString::to_string));
        if let Some(from) = filter.from {
            sql.push(" and created_at >= ").push_bind(micros(from.begin()));
        }
        if let Some(to) = filter.to {
            sql.push(" and created_at < ").push_bind(micros(to.end()));
        }
        if let Some(from) = filter.ended_from {
            sql.push(" and ended_at >= ").push_bind(micros(from.begin()));
        }
        if let Some(to) = filter.ended_to {
            sql.push(" and ended_at < ").push_bind(micros(to.end()));
        }
        self.words(sql, filter);
    }

    /// Adds ` and …` for each word.
    pub(crate) fn words(&self, sql: &mut QueryBuilder<Sqlite>, filter: &TaskFilter) {
        self.words.iter().for_each(|word| word.condition(sql, filter.search_in));
    }

    /// Which products were merged into which.
    pub(crate) fn aliases(&self) -> &Registry {
        &self.aliases
    }

    /// The products asked for, with those merged into them. None where all are.
    pub(crate) fn products(&self) -> &BTreeSet<ProductId> {
        &self.products
    }

    /// Whether no words are looked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl Word {
    fn condition(&self, sql: &mut QueryBuilder<Sqlite>, place: SearchIn) {
        sql.push(" and (key in (select rowid from task_words where task_words match ");
        sql.push_bind(self.pattern.clone()).push(")");
        if place == SearchIn::Everything {
            let below = [
                " or key in (select rowid from detail_words where detail_words match ",
                " or id in (select task from events where key in (select rowid from event_words where event_words match ",
                " or id in (select task from runs where key in (select rowid from run_words where run_words match ",
            ];
            for (select, end) in below.into_iter().zip([")", "))", "))"]) {
                sql.push(select).push_bind(self.pattern.clone()).push(end);
            }
        }
        // A task is also found by the name of its product.
        if let Some(products) = &self.products {
            sql.push(" or product in (select value from json_each(").push_bind(products.clone()).push("))");
        }
        sql.push(")");
    }
}

fn among<T>(sql: &mut QueryBuilder<Sqlite>, column: &'static str, values: impl ExactSizeIterator<Item = T>)
where
    T: for<'q> sqlx::Encode<'q, Sqlite> + sqlx::Type<Sqlite> + 'static,
{
    if values.len() == 0 {
        return;
    }
    sql.push(" and ").push(column).push(" in (");
    let mut list = sql.separated(", ");
    values.for_each(|value| {
        list.push_bind(value);
    });
    sql.push(")");
}
