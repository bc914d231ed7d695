//! What the address of the ledger asks for.

use domain::{
    id::TaskId,
    query::{Direction, QueryError, Sort, SortKey, TaskQuery},
};

use super::Columns;
use crate::links;

/// The parameters that are about the page and not about the tasks: columns, the open row, and what a form told.
const OURS: [&str; 5] = ["cols", "open", "saved", "deleted", "refused"];

/// What the address of the ledger asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Which tasks, in which order, which page.
    pub query: TaskQuery,
    /// Which columns are shown.
    pub columns: Columns,
    /// The row that is open.
    pub open: Option<TaskId>,
}

impl Address {
    /// Reads what stands behind the `?`. `columns` and `open` are the parameters `cols` and `open`, decoded; what makes
    /// no sense there shows less, never other rows.
    pub fn read(search: &str, columns: Option<&str>, open: Option<&str>) -> Result<Self, QueryError> {
        let search = search.strip_prefix('?').unwrap_or(search);
        let asked: Vec<&str> = search.split('&').filter(|pair| !OURS.contains(&name(pair))).collect();
        Ok(Self {
            query: TaskQuery::parse(&asked.join("&"))?,
            columns: columns.map(Columns::read).unwrap_or_default(),
            open: open.and_then(|id| TaskId::new(id).ok()),
        })
    }

    /// The address.
    pub fn href(&self) -> String {
        let columns = self.columns.text().map(|columns| format!("cols={columns}"));
        let open = self.open.as_ref().map(open);
        let parts: Vec<String> = [Some(self.query.text()).filter(|text| !text.is_empty()), columns, open]
            .into_iter()
            .flatten()
            .collect();
        links::ledger(&parts.join("&"))
    }

    /// The address of other tasks or another order: from their first page on, with no row open.
    pub fn asking(&self, query: TaskQuery) -> String {
        let mut other = Self { query, columns: self.columns, open: None };
        other.query.page.page = 1;
        other.href()
    }

    /// The address of another page.
    pub fn paged(&self, page: u32) -> String {
        let mut other = Self { open: None, ..self.clone() };
        other.query.page.page = page;
        other.href()
    }

    /// The address with no row open.
    pub fn closed(&self) -> String {
        Self { open: None, ..self.clone() }.href()
    }

    /// The address `closed`, in which no row is open, with that row open.
    pub fn opening(closed: &str, id: &TaskId) -> String {
        let sign = if closed.contains('?') { '&' } else { '?' };
        format!("{closed}{sign}{}", open(id))
    }

    /// The address with other columns.
    pub fn showing(&self, columns: Columns) -> String {
        Self { columns, ..self.clone() }.href()
    }

    /// The order that is in force: the one asked for, or "the newest first".
    pub fn order(&self) -> &[Sort] {
        if self.query.sort.is_empty() { &[Sort::NEWEST] } else { &self.query.sort }
    }

    /// The order after a click on the head of a column: descending, ascending, off. `add` keeps the other keys.
    pub fn sorting(&self, key: SortKey, add: bool) -> String {
        let present = self.order().iter().find(|sort| sort.key == key);
        let next = match present.map(|sort| sort.direction) {
            None => Some(Direction::Descending),
            Some(Direction::Descending) => Some(Direction::Ascending),
            Some(Direction::Ascending) => None,
        };
        let next = next.map(|direction| Sort { key, direction });
        let sort = if add {
            let mut sort = self.query.sort.clone();
            match (sort.iter().position(|sort| sort.key == key), next) {
                (Some(at), Some(next)) => sort.splice(at..=at, [next]).for_each(drop),
                (Some(at), None) => drop(sort.remove(at)),
                (None, next) => sort.extend(next),
            }
            sort
        } else {
            next.into_iter().collect()
        };
        // What is so anyway needs no words.
        let sort = if sort == [Sort::NEWEST] { Vec::new() } else { sort };
        self.asking(TaskQuery { sort, ..self.query.clone() })
    }
}

/// The parameter of an open row.
fn open(id: &TaskId) -> String {
    format!("open={}", links::segment(id.as_str()))
}

/// The ledger without a parameter that was not understood, all others kept.
pub fn dropped(search: &str, field: &str) -> String {
    let search = search.strip_prefix('?').unwrap_or(search);
    let kept: Vec<&str> = search.split('&').filter(|pair| !pair.is_empty() && name(pair) != field).collect();
    links::ledger(&kept.join("&"))
}

fn name<'a>(pair: &&'a str) -> &'a str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(search: &str) -> Address {
        Address::read(search, None, None).unwrap()
    }

    #[test]
    fn what_is_about_the_page_is_no_filter() {
        let address = Address::read(
            "status=failed&cols=status&open=t%2F1&saved=3&refused=x",
            Some("status"),
            Some("t/1"),
        )
        .unwrap();
        assert_eq!(address.href(), "/hermes/tasks?status=failed&cols=task,status&open=t%2F1");
        assert!(Address::read("state=failed", None, None).is_err());
        assert_eq!(read("").href(), "/hermes/tasks");
    }

    #[test]
    fn a_click_on_a_head_goes_through_descending_ascending_and_off() {
        let next = |search: &str, key| read(search).sorting(key, false);
        assert_eq!(next("page=3", SortKey::Duration), "/hermes/tasks?sort=-durationMs");
        assert_eq!(next("sort=-durationMs", SortKey::Duration), "/hermes/tasks?sort=durationMs");
        assert_eq!(next("sort=durationMs", SortKey::Duration), "/hermes/tasks");
        assert_eq!(
            next("sort=durationMs", SortKey::Title),
            "/hermes/tasks?sort=-title",
            "it takes the place"
        );
        assert_eq!(next("", SortKey::Created), "/hermes/tasks?sort=createdAt", "it is descending already");
    }

    #[test]
    fn a_key_is_added_turned_and_taken_out_in_its_place() {
        let next = |search: &str, key| read(search).sorting(key, true);
        assert_eq!(next("sort=-durationMs", SortKey::Title), "/hermes/tasks?sort=-durationMs%2C-title");
        assert_eq!(
            next("sort=-durationMs,title", SortKey::Status),
            "/hermes/tasks?sort=-durationMs%2Ctitle%2C-status"
        );
        assert_eq!(
            next("sort=-durationMs,-title", SortKey::Duration),
            "/hermes/tasks?sort=durationMs%2C-title"
        );
        assert_eq!(next("sort=durationMs,-title", SortKey::Duration), "/hermes/tasks?sort=-title");
    }

    #[test]
    fn a_row_opens_and_closes_on_its_page() {
        let (address, id) = (read("page=2"), TaskId::new("a").unwrap());
        assert_eq!(Address::opening(&address.closed(), &id), "/hermes/tasks?page=2&open=a");
        assert_eq!(Address::opening(links::TASKS, &id), "/hermes/tasks?open=a");
        assert_eq!(Address { open: Some(id), ..address }.closed(), "/hermes/tasks?page=2");
    }

    #[test]
    fn what_was_not_understood_can_be_dropped() {
        assert_eq!(dropped("state=x&q=a%26b", "state"), "/hermes/tasks?q=a%26b");
        assert_eq!(dropped("?state=x", "state"), "/hermes/tasks");
    }
}
