//! Which rows of a list stay when it changes.

/// The keys of a list's rows, from one state of the list to the next. A row keeps its key for as long as it shows the same, and
/// no row passes another: a row that does is made anew.
///
/// A row that is moved in the document loses its focus just the same, and where rows pass one another while others come and go,
/// the list that draws them (`tachys` 0.2.19) can leave them in the wrong order.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// What each row shows, and its key.
    rows: Vec<(u64, u64)>,
    /// How many rows there ever were: the key of the last one.
    made: u64,
}

impl Keys {
    /// The keys of rows that show this.
    pub(super) fn of(&mut self, shown: &[u64]) -> Vec<u64> {
        let before = std::mem::take(&mut self.rows);
        let at = |shows: &u64| before.iter().position(|(was, _)| was == shows);
        let stays = in_order(&shown.iter().map(at).collect::<Vec<_>>());
        let key = |at: Option<usize>| {
            at.and_then(|at| before.get(at)).map_or_else(
                || {
                    self.made += 1;
                    self.made
                },
                |(_, key)| *key,
            )
        };
        let keys: Vec<_> = stays.into_iter().map(key).collect();
        self.rows = shown.iter().copied().zip(keys.iter().copied()).collect();
        keys
    }
}

/// Of the places where items stood, the most that still stand in that order.
pub(super) fn in_order(places: &[Option<usize>]) -> Vec<Option<usize>> {
    // How many stand in order up to each, and which is the one before it.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let before = (0..at).filter(|before| places[*before].is_some() && places[*before] < *place);
        let longest = before.max_by_key(|before| runs[*before].0);
        let length = longest.map_or(0, |before| runs[before].0) + usize::from(place.is_some());
        runs.push((length, longest));
    }
    let mut stays = vec![None; places.len()];
    let last = (0..places.len()).filter(|at| places[*at].is_some()).max_by_key(|at| runs[*at].0);
    let mut next = last;
    while let Some(at) = next {
        stays[at] = places[at];
        next = runs[at].1;
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_its_key_while_it_shows_the_same() {
        let mut keys = Keys::default();
        assert_eq!(keys.of(&[10, 20, 30]), [1, 2, 3]);
        assert_eq!(keys.of(&[40, 10, 30]), [4, 1, 3]);
        assert_eq!(keys.of(&[]), [0; 0]);
        assert_eq!(keys.of(&[10]), [5], "a row that went is gone");
    }

    #[test]
    fn a_row_that_passes_another_is_made_anew() {
        let mut keys = Keys::default();
        keys.of(&[10, 20, 30, 40]);
        assert_eq!(keys.of(&[40, 10, 50, 20, 30]), [5, 1, 6, 2, 3]);
        assert_eq!(keys.of(&[30, 20, 50, 10, 40]), [7, 8, 9, 10, 5], "of rows that turned round one stays");
    }

    #[test]
    fn keys_are_never_two_of_a_kind() {
        let mut keys = Keys::default();
        // Not random, but it goes through many orders.
        for turn in 0_u64..200 {
            let shown: Vec<u64> =
                (0..12).map(|at| (at * 7 + turn * 5) % 13).filter(|it| (it + turn) % 4 > 0).collect();
            let mut told = keys.of(&shown);
            told.sort_unstable();
            told.dedup();
            assert_eq!(told.len(), shown.len(), "turn {turn}");
        }
    }
}
