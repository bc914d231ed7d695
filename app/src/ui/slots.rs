//! Rows that are used again when another question is answered.

use std::{
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use leptos::prelude::*;

use super::rows::{Make, hash, keyed_rows};

/// The rows of one list, from answer to answer. Made once, where the list is made again and again.
///
/// Where the same question is answered anew, as in [`super::rows()`], a row stays with what it shows. Where another question is
/// answered, nothing stands for what stood there before: each row is told the item of its place, which costs a fraction of what
/// making it costs.
#[derive(Debug, Clone)]
pub struct Slots<T: 'static>(Arc<Mutex<Held<T>>>);

/// What a list asked and how its rows look, as hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    question: u64,
    look: u64,
}

impl Asked {
    /// Rows of another `look`, as other columns, are made anew.
    pub fn new(question: &impl Hash, look: &impl Hash) -> Self {
        Self { question: hash(question), look: hash(look) }
    }
}

#[derive(Debug)]
struct Held<T: 'static> {
    asked: Asked,
    slots: Vec<Slot<T>>,
    /// How many there ever were: the key of the last one.
    made: u64,
}

/// A place of the list, and its item.
#[derive(Debug)]
struct Slot<T: 'static> {
    key: u64,
    shows: u64,
    item: ArcRwSignal<T>,
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        Self { key: self.key, shows: self.shows, item: self.item.clone() }
    }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Held { asked: Asked::default(), slots: Vec::new(), made: 0 })))
    }
}

impl<T: Send + Sync + 'static> Slots<T> {
    /// The rows; `shown` says what each shows, which must tell it from all others.
    pub fn rows<H: Hash>(
        &self,
        asked: Asked,
        items: Vec<T>,
        shown: impl Fn(&T) -> H,
        view: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let view = Arc::new(view);
        let items = items.into_iter().map(|item| (hash(&shown(&item)), item)).collect();
        let row = |Slot { key, item, .. }: Slot<T>| {
            let view = Arc::clone(&view);
            let make: Make = Box::new(move || view(item.into()));
            (key, make)
        };
        keyed_rows(self.fill(asked, items).into_iter().map(row).collect())
    }

    /// Finds a place for each item.
    fn fill(&self, asked: Asked, items: Vec<(u64, T)>) -> Vec<Slot<T>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::take(&mut held.slots);
        let is_another = asked.look == held.asked.look && asked.question != held.asked.question;
        // Place by place, so that nothing moves; else each with what it shows.
        let found: Vec<_> = if is_another {
            (0..items.len()).map(|at| (at < before.len()).then_some(at)).collect()
        } else {
            let at = |shows| before.iter().position(|slot| slot.shows == shows);
            in_order(&items.iter().map(|(shows, _)| at(*shows)).collect::<Vec<_>>())
        };
        let place = |((shows, item), found): ((u64, T), Option<usize>)| {
            let Some(slot) = found.and_then(|at| before.get(at)) else {
                held.made += 1;
                return Slot { key: held.made, shows, item: ArcRwSignal::new(item) };
            };
            if slot.shows != shows {
                slot.item.set(item);
            }
            Slot { shows, ..slot.clone() }
        };
        let slots: Vec<_> = items.into_iter().zip(found).map(place).collect();
        held.slots.clone_from(&slots);
        held.asked = asked;
        slots
    }
}

/// Of the places where items stood, the most that still stand in that order; the others' rows are made anew. A row that is moved
/// in the document loses its focus just the same, and where rows pass one another while others come and go, the list that draws
/// them (`tachys` 0.2.19) can leave them in the wrong order.
fn in_order(places: &[Option<usize>]) -> Vec<Option<usize>> {
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

    fn keys(slots: &Slots<u64>, question: u64, look: u64, items: &[u64]) -> Vec<u64> {
        let asked = Asked::new(&question, &look);
        let filled = slots.fill(asked, items.iter().map(|item| (*item, *item)).collect());
        let told: Vec<_> = filled.iter().map(|slot| slot.item.get_untracked()).collect();
        assert_eq!(told, items, "each row has its item");
        filled.iter().map(|slot| slot.key).collect()
    }

    #[test]
    fn a_row_stays_with_what_it_shows_while_the_question_stays() {
        let slots = Slots::default();
        assert_eq!(keys(&slots, 1, 0, &[10, 20, 30]), [1, 2, 3]);
        assert_eq!(keys(&slots, 1, 0, &[40, 10, 30]), [4, 1, 3], "what is new has a row of its own");
    }

    #[test]
    fn no_row_passes_another() {
        let slots = Slots::default();
        keys(&slots, 1, 0, &[10, 20, 30, 40]);
        assert_eq!(
            keys(&slots, 1, 0, &[40, 10, 50, 20, 30]),
            [5, 1, 6, 2, 3],
            "the one that moved is made anew"
        );
        assert_eq!(
            keys(&slots, 1, 0, &[30, 20, 50, 10, 40]),
            [7, 8, 9, 10, 5],
            "of rows that turned round one stays"
        );
    }

    #[test]
    fn the_answer_to_another_question_fills_the_rows_place_by_place() {
        let slots = Slots::default();
        keys(&slots, 1, 0, &[10, 20, 30]);
        assert_eq!(keys(&slots, 2, 0, &[40, 10, 50, 60]), [1, 2, 3, 4]);
        assert_eq!(keys(&slots, 3, 0, &[70]), [1]);
        assert_eq!(keys(&slots, 4, 0, &[]), [0; 0]);
        assert_eq!(keys(&slots, 5, 0, &[10]), [5], "rows that went are gone");
    }

    #[test]
    fn rows_that_look_otherwise_are_made_anew() {
        let slots = Slots::default();
        keys(&slots, 1, 0, &[10, 20]);
        assert_eq!(keys(&slots, 2, 1, &[30, 40]), [3, 4]);
    }
}
