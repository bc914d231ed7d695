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
/// answered, nothing stands for what stood there before: rows that are left over are told their new item, which costs a fraction
/// of what making them costs.
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
        let fills = asked.look == held.asked.look && asked.question != held.asked.question;
        let mut before: Vec<_> = std::mem::take(&mut held.slots).into_iter().map(Some).collect();
        let mut stays = |shows: u64| {
            before.iter_mut().find(|slot| slot.as_ref().is_some_and(|slot| slot.shows == shows))?.take()
        };
        let staying: Vec<_> = items.iter().map(|(shows, _)| stays(*shows)).collect();
        let mut left = before.into_iter().flatten().filter(|_| fills);
        let place = |((shows, item), stays): ((u64, T), Option<Slot<T>>)| {
            if let Some(slot) = stays {
                return slot;
            }
            if let Some(slot) = left.next() {
                slot.item.set(item);
                return Slot { shows, ..slot };
            }
            held.made += 1;
            Slot { key: held.made, shows, item: ArcRwSignal::new(item) }
        };
        let slots: Vec<_> = items.into_iter().zip(staying).map(place).collect();
        held.slots.clone_from(&slots);
        held.asked = asked;
        slots
    }
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
        assert_eq!(keys(&slots, 1, 0, &[30, 40, 10]), [3, 4, 1], "what is new has a row of its own");
    }

    #[test]
    fn the_answer_to_another_question_fills_the_rows_that_are_left() {
        let slots = Slots::default();
        keys(&slots, 1, 0, &[10, 20, 30]);
        assert_eq!(keys(&slots, 2, 0, &[40, 20, 50, 60]), [1, 2, 3, 4], "and what both have stays");
        assert_eq!(keys(&slots, 3, 0, &[70]), [1]);
    }

    #[test]
    fn rows_that_look_otherwise_are_made_anew() {
        let slots = Slots::default();
        keys(&slots, 1, 0, &[10, 20]);
        assert_eq!(keys(&slots, 2, 1, &[30, 40]), [3, 4]);
    }
}
