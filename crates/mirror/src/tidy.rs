//! Texts that no row has any more: live changes leave some behind.

use crate::{
    Mirror,
    texts::{NONE, Texts},
};

/// So many bytes may lie about whatever there is, before it is worth the work.
const SPARE: usize = 1 << 20;

impl Mirror {
    /// Whether as much lies about as is of use.
    pub(crate) fn is_worn(&self) -> bool {
        self.texts.bytes() > 2 * self.used + SPARE
    }

    /// Keeps the texts that rows have.
    pub(crate) fn tidy(&mut self) {
        let old = std::mem::take(&mut self.texts);
        let mut kept = Kept { moved: vec![NONE; old.next() as usize], old, texts: Texts::default() };
        let old_lists = std::mem::take(&mut self.lists);
        let mut lists = vec![NONE; old_lists.len()];
        for cold in &mut self.cold {
            let texts = [
                &mut cold.id,
                &mut cold.title,
                &mut cold.last_action,
                &mut cold.next_action,
                &mut cold.error,
            ];
            texts.into_iter().for_each(|text| *text = kept.keep(*text));
            for list in [&mut cold.tags, &mut cold.inferred] {
                let Some(place) = lists.get_mut(*list as usize) else { continue };
                if *place == NONE {
                    *place = u32::try_from(self.lists.len()).unwrap_or(NONE);
                    let old = old_lists.get(*list as usize).map_or(&[][..], |list| &**list);
                    self.lists.push(old.iter().map(|text| kept.keep(*text)).collect());
                }
                *list = *place;
            }
        }
        self.texts = kept.texts;
        self.used = self.texts.bytes();
    }
}

struct Kept {
    old: Texts,
    texts: Texts,
    /// Where each old one is now.
    moved: Vec<u32>,
}

impl Kept {
    fn keep(&mut self, number: u32) -> u32 {
        let Some(place) = self.moved.get_mut(number as usize) else { return NONE };
        if *place == NONE {
            *place = self.texts.add(self.old.get(number));
        }
        *place
    }
}
