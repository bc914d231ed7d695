//! Rows that are used again when another question is answered.

use std::{
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use leptos::prelude::*;

use super::{
    order::in_order,
    rows::{Make, hash, keyed_rows},
};

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
    /// Rows that are yet to be told what they show.
    late: Vec<(Slot<T>, T)>,
    /// How many answers there were.
    answers: u64,
}

/// Which rows can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InSight {
    /// That many, the first ones: the others may be told later.
    First(usize),
    /// Perhaps any of them.
    Any,
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
        Self(Arc::new(Mutex::new(Held {
            asked: Asked::default(),
            slots: Vec::new(),
            made: 0,
            late: Vec::new(),
            answers: 0,
        })))
    }
}

impl<T: Clone + Send + Sync + 'static> Slots<T> {
    /// The rows; `shown` stands for what each shows, which must tell it from all others.
    pub fn rows(
        &self,
        asked: Asked,
        items: &[T],
        shown: impl Fn(&T) -> u64,
        view: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
        in_sight: InSight,
    ) -> AnyView {
        let view = Arc::new(view);
        let items: Vec<_> = items.iter().map(|item| (shown(item), item)).collect();
        let row = |Slot { key, item, .. }: Slot<T>| {
            let view = Arc::clone(&view);
            let make: Make = Box::new(move || view(item.into()));
            (key, make)
        };
        let rows = self.fill(asked, &items).into_iter().map(row).collect();
        self.tell(match in_sight {
            InSight::First(rows) => rows,
            InSight::Any => usize::MAX,
        });
        self.tell_others();
        keyed_rows(rows)
    }

    /// Tells the rows that are out of sight what they show now, when what was told before is painted: all in one frame, since
    /// each frame has the whole list laid out again.
    #[cfg(feature = "hydrate")]
    fn tell_others(&self) {
        let answer = {
            let held = self.lock();
            if held.late.is_empty() {
                return;
            }
            held.answers
        };
        let rows = self.clone();
        crate::state::once_painted(move || {
            // Those of a later answer wait by themselves: what they were told first may not be painted yet.
            let is_last = rows.lock().answers == answer;
            if is_last {
                rows.tell(usize::MAX);
            }
        });
    }

    /// Nothing is ever painted here.
    #[cfg(not(feature = "hydrate"))]
    fn tell_others(&self) {
        self.tell(usize::MAX);
    }

    /// Tells that many rows what they show now, those first that come first.
    fn tell(&self, most: usize) {
        let next: Vec<_> = {
            let mut held = self.lock();
            let most = most.min(held.late.len());
            held.late.drain(..most).collect()
        };
        // What is told is heard at once: nothing is locked meanwhile.
        for (slot, item) in next {
            slot.item.set(item);
        }
    }

    /// Finds a place for each item. Rows that show another one now are yet to be told.
    fn fill(&self, asked: Asked, items: &[(u64, &T)]) -> Vec<Slot<T>> {
        let mut held = self.lock();
        held.answers += 1;
        let before = std::mem::take(&mut held.slots);
        let untold: Vec<u64> = held.late.drain(..).map(|(slot, _)| slot.key).collect();
        let is_another = asked.look == held.asked.look && asked.question != held.asked.question;
        // Place by place, so that nothing moves; else each with what it shows.
        let found: Vec<_> = if is_another {
            (0..items.len()).map(|at| (at < before.len()).then_some(at)).collect()
        } else {
            let at = |shows| before.iter().position(|slot| slot.shows == shows);
            in_order(&items.iter().map(|(shows, _)| at(*shows)).collect::<Vec<_>>())
        };
        let place = |(&(shows, item), found): (&(u64, &T), Option<usize>)| {
            let Some(slot) = found.and_then(|at| before.get(at)) else {
                held.made += 1;
                return Slot { key: held.made, shows, item: ArcRwSignal::new(item.clone()) };
            };
            let is_told = slot.shows == shows && !untold.contains(&slot.key);
            let slot = Slot { shows, ..slot.clone() };
            if !is_told {
                held.late.push((slot.clone(), item.clone()));
            }
            slot
        };
        let slots: Vec<_> = items.iter().zip(found).map(place).collect();
        held.slots.clone_from(&slots);
        held.asked = asked;
        slots
    }

    fn lock(&self) -> MutexGuard<'_, Held<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(slots: &Slots<u64>, question: u64, look: u64, items: &[u64]) -> Vec<u64> {
        let asked = Asked::new(&question, &look);
        let filled = slots.fill(asked, &items.iter().map(|item| (*item, item)).collect::<Vec<_>>());
        slots.tell(usize::MAX);
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
        let passed = keys(&slots, 1, 0, &[40, 10, 50, 20, 30]);
        assert_eq!(passed, [5, 1, 6, 2, 3], "the one that moved is made anew");
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

    #[test]
    fn rows_out_of_sight_are_told_later_and_none_is_forgotten() {
        let slots = Slots::default();
        keys(&slots, 1, 0, &[10, 20, 30]);
        let ask = |question: u64, items: [u64; 3]| {
            let items: Vec<_> = items.iter().map(|item| (*item, item)).collect();
            slots.fill(Asked::new(&question, &0_u64), &items)
        };
        let told = |rows: &[Slot<u64>]| rows.iter().map(|row| row.item.get_untracked()).collect::<Vec<_>>();
        let rows = ask(2, [40, 50, 60]);
        slots.tell(1);
        assert_eq!(told(&rows), [40, 20, 30]);
        // The same is answered again, or something else, before the others were told.
        let rows = ask(2, [40, 50, 60]);
        slots.tell(2);
        assert_eq!(told(&rows), [40, 50, 60]);
        ask(3, [70, 80, 90]);
        let rows = ask(4, [70, 50, 60]);
        slots.tell(usize::MAX);
        assert_eq!(told(&rows), [70, 50, 60]);
    }
}
