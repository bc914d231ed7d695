//! Rows that are used again when another question is answered.

use std::{
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use leptos::prelude::*;

use super::rows::{Make, hash, keyed_rows};

/// The rows of one list, from answer to answer. Made once, where the list is made again and again.
///
/// Where the same question is answered anew, as [`super::rows()`] has it, a row stays with what it shows. Where another question is
/// answered, nothing stands for what stood there before: the rows that are left over are filled with what is new, in place, which
/// costs a fraction of what making them costs.
#[derive(Clone, Default)]
pub struct Slots(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    question: u64,
    slots: Vec<Slot>,
    /// How many there ever were: the key of the next one.
    made: u64,
}

/// A place of the list and what fills it.
#[derive(Clone)]
struct Slot {
    key: u64,
    shows: u64,
    fill: ArcRwSignal<Fill>,
}

type Fill = Arc<dyn Fn() -> AnyView + Send + Sync>;

impl Slots {
    /// The rows that answer `question`; `shown` says what each shows, which must tell it from all others.
    pub fn rows<T, H: Hash>(
        &self,
        question: &impl Hash,
        items: Vec<T>,
        shown: impl Fn(&T) -> H,
        view: impl Fn(T) -> AnyView + Send + Sync + 'static,
    ) -> AnyView
    where
        T: Clone + Send + Sync + 'static,
    {
        let view = Arc::new(view);
        let fill = |item: T| {
            let shows = hash(&shown(&item));
            let view = Arc::clone(&view);
            let fill: Fill = Arc::new(move || view(item.clone()));
            (shows, fill)
        };
        let slots = self.fill(hash(question), items.into_iter().map(fill).collect());
        let row = |Slot { key, fill, .. }| {
            // What a row reads of its own accord as it is made is no reason to make it again.
            let filled = move || {
                let fill = fill.get();
                untrack(|| fill())
            };
            let make: Make = Box::new(move || filled.into_any());
            (key, make)
        };
        keyed_rows(slots.into_iter().map(row).collect())
    }

    fn fill(&self, question: u64, rows: Vec<(u64, Fill)>) -> Vec<Slot> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_another = held.question != question;
        let mut before: Vec<_> = std::mem::take(&mut held.slots).into_iter().map(Some).collect();
        let staying: Vec<_> = rows
            .iter()
            .map(|(shows, _)| {
                before.iter_mut().find(|slot| slot.as_ref().is_some_and(|slot| slot.shows == *shows))?.take()
            })
            .collect();
        let mut left = before.into_iter().flatten().filter(|_| is_another);
        let slots = rows.into_iter().zip(staying).map(|((shows, fill), stays)| {
            if let Some(slot) = stays {
                return slot;
            }
            if let Some(slot) = left.next() {
                slot.fill.set(fill);
                return Slot { shows, ..slot };
            }
            held.made += 1;
            Slot { key: held.made, shows, fill: ArcRwSignal::new(fill) }
        });
        let slots: Vec<_> = slots.collect();
        held.slots.clone_from(&slots);
        held.question = question;
        slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(slots: &Slots, question: u64, shows: &[u64]) -> Vec<u64> {
        let fill = |shows: &u64| -> (u64, Fill) { (*shows, Arc::new(|| ().into_any())) };
        slots.fill(question, shows.iter().map(fill).collect()).iter().map(|slot| slot.key).collect()
    }

    #[test]
    fn a_row_stays_with_what_it_shows_while_the_question_stays() {
        let slots = Slots::default();
        assert_eq!(keys(&slots, 1, &[10, 20, 30]), [1, 2, 3]);
        assert_eq!(keys(&slots, 1, &[30, 40, 10]), [3, 4, 1], "what is new has a row of its own");
    }

    #[test]
    fn the_answer_to_another_question_fills_the_rows_that_are_left() {
        let slots = Slots::default();
        keys(&slots, 1, &[10, 20, 30]);
        assert_eq!(keys(&slots, 2, &[40, 20, 50, 60]), [1, 2, 3, 4], "and what both have stays");
        assert_eq!(keys(&slots, 3, &[70]), [1]);
    }
}
