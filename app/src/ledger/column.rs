//! The columns of the ledger.

use domain::query::SortKey;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum Column {
    Task,
    Product,
    Status,
    Priority,
    Type,
    Source,
    Agent,
    Created,
    Started,
    Completed,
    Duration,
    Retries,
    LastAction,
    NextAction,
}

impl Column {
    /// All of them, in their order.
    pub const ALL: [Self; 14] = [
        Self::Task,
        Self::Product,
        Self::Status,
        Self::Priority,
        Self::Type,
        Self::Source,
        Self::Agent,
        Self::Created,
        Self::Started,
        Self::Completed,
        Self::Duration,
        Self::Retries,
        Self::LastAction,
        Self::NextAction,
    ];

    /// Its name in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Product => "product",
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Type => "type",
            Self::Source => "source",
            Self::Agent => "agent",
            Self::Created => "created",
            Self::Started => "started",
            Self::Completed => "completed",
            Self::Duration => "duration",
            Self::Retries => "retries",
            Self::LastAction => "last",
            Self::NextAction => "next",
        }
    }

    /// What stands at its head.
    pub const fn label(self) -> &'static str {
        match self.sort() {
            Some(key) => key.label(),
            None if matches!(self, Self::LastAction) => "Last action",
            None => "Next action",
        }
    }

    /// What it sorts by.
    pub const fn sort(self) -> Option<SortKey> {
        match self {
            Self::Task => Some(SortKey::Title),
            Self::Product => Some(SortKey::Product),
            Self::Status => Some(SortKey::Status),
            Self::Priority => Some(SortKey::Priority),
            Self::Type => Some(SortKey::Type),
            Self::Source => Some(SortKey::Source),
            Self::Agent => Some(SortKey::Agent),
            Self::Created => Some(SortKey::Created),
            Self::Started => Some(SortKey::Started),
            Self::Completed => Some(SortKey::Completed),
            Self::Duration => Some(SortKey::Duration),
            Self::Retries => Some(SortKey::Retries),
            Self::LastAction | Self::NextAction => None,
        }
    }

    /// Whether its cells are times or numbers, which stand at the end.
    pub const fn numeric(self) -> bool {
        matches!(self, Self::Created | Self::Started | Self::Completed | Self::Duration | Self::Retries)
    }
}

/// Which columns are shown: the first always, the others as chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns(u16);

impl Default for Columns {
    /// All.
    fn default() -> Self {
        Self((1 << Column::ALL.len()) - 1)
    }
}

impl Columns {
    /// Reads `status,product`; a name that no column has is passed over.
    pub fn read(text: &str) -> Self {
        let named = |column: &Column| text.split(',').any(|name| name == column.key());
        let shown = Column::ALL.into_iter().filter(|column| named(column));
        shown.fold(Self(1), |columns, column| Self(columns.0 | bit(column)))
    }

    /// The same as text; `None` for the default.
    pub fn text(self) -> Option<String> {
        if self == Self::default() {
            return None;
        }
        let shown: Vec<&str> = self.shown().into_iter().map(Column::key).collect();
        Some(shown.join(","))
    }

    /// Whether the column is shown.
    pub const fn has(self, column: Column) -> bool {
        self.0 & bit(column) != 0
    }

    /// The columns that are shown, in their order.
    pub fn shown(self) -> Vec<Column> {
        Column::ALL.into_iter().filter(|column| self.has(*column)).collect()
    }

    /// The same with that column shown, or hidden if it is shown. The first stays.
    #[must_use]
    pub const fn toggled(self, column: Column) -> Self {
        Self((self.0 ^ bit(column)) | 1)
    }
}

const fn bit(column: Column) -> u16 {
    1 << column as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_of_columns_survives_the_address() {
        assert_eq!(Columns::default().text(), None);
        let without = Columns::default().toggled(Column::Retries);
        assert!(!without.has(Column::Retries) && without.has(Column::NextAction));
        assert_eq!(Columns::read(&without.text().unwrap()), without);
        assert_eq!(without.toggled(Column::Retries), Columns::default());
    }

    #[test]
    fn the_first_column_is_always_shown() {
        assert_eq!(Columns::read("nonsense").shown(), [Column::Task]);
        assert_eq!(Columns::read("next,status").text().as_deref(), Some("task,status,next"));
        assert!(Columns::default().toggled(Column::Task).has(Column::Task));
    }

    #[test]
    fn every_column_has_a_head() {
        let heads: Vec<_> = Column::ALL.into_iter().map(Column::label).collect();
        assert_eq!(heads[..4], ["Task", "Product", "Status", "Priority"]);
        assert_eq!(heads[11..], ["Retries", "Last action", "Next action"]);
    }
}
