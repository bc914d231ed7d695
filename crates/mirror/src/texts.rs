//! Many texts in one allocation.

/// "No text."
pub(crate) const NONE: u32 = u32::MAX;

/// Texts by number, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    blob: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Texts {
    /// The text of that number; empty where there is none.
    pub(crate) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let Some(end) = self.ends.get(at) else { return "" };
        let begin = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end);
        self.blob.get(begin as usize..*end as usize).unwrap_or_default()
    }

    /// The same, or `None` for [`NONE`].
    pub(crate) fn find(&self, number: u32) -> Option<&str> {
        (number != NONE).then(|| self.get(number))
    }

    /// Adds a text; its number. [`NONE`] where there is no room for more.
    pub(crate) fn add(&mut self, text: &str) -> u32 {
        let number = self.next();
        self.blob.push_str(text);
        match u32::try_from(self.blob.len()) {
            Ok(end) if number != NONE => {
                self.ends.push(end);
                number
            }
            _ => {
                self.blob.truncate(self.blob.len() - text.len());
                NONE
            }
        }
    }

    /// Takes a number's place: the same text keeps it, another one is added.
    pub(crate) fn put(&mut self, known: u32, text: Option<&str>) -> u32 {
        match text {
            None => NONE,
            Some(text) if self.find(known) == Some(text) => known,
            Some(text) => self.add(text),
        }
    }

    /// Takes over all texts of others; by how much their numbers grow.
    pub(crate) fn append(&mut self, others: Self) -> u32 {
        let first = self.next();
        let before = u32::try_from(self.blob.len()).unwrap_or(NONE);
        self.blob.push_str(&others.blob);
        self.ends.extend(others.ends.iter().map(|end| end.saturating_add(before)));
        first
    }

    /// The number that the next text gets.
    pub(crate) fn next(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(NONE)
    }

    /// How many bytes there are of texts.
    pub(crate) fn bytes(&self) -> usize {
        self.blob.len()
    }

    /// How much memory it takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.blob.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_by_number() {
        let mut texts = Texts::default();
        let numbers = [texts.add("one"), texts.add(""), texts.add("größe")];
        assert_eq!(numbers.map(|number| texts.get(number)), ["one", "", "größe"]);
        assert_eq!((texts.get(7), texts.find(NONE)), ("", None));
        assert_eq!(texts.put(numbers[0], Some("one")), numbers[0]);
        assert_eq!(texts.put(numbers[0], Some("two")), 3);
        assert_eq!(texts.put(3, None), NONE);
    }
}
