//! Makes a window of a log out of runs and events, without keeping more than that window.

use super::{
    LevelCounts, LogLine, LogQuery, LogWindow, MAX_LINE_BYTES, MAX_LINES, Match, Place, find, said_level,
};
use crate::{
    ansi,
    event::{Event, EventLevel, Metadata},
    run::Run,
};
use chrono::{DateTime, Utc};

/// Takes the runs of a task at once and its events one by one, in their order.
#[derive(Debug)]
pub struct Reader {
    query: LogQuery,
    per_page: usize,
    /// Runs whose logs come later; the next one is last.
    runs: Vec<Run>,
    levels: LevelCounts,
    bytes: u64,
    /// Lines after the filter so far.
    total: u64,
    matches: u64,
    current: Option<Match>,
    /// The lines of the page that is being filled, or that was asked for.
    page: Vec<LogLine>,
    /// Which page that is, from 0.
    number: u64,
    /// Whether that page is the one that was asked for.
    found: bool,
}

impl Reader {
    /// A reader of the log of a task with those runs, the oldest first and those of unknown start last.
    pub fn new(query: LogQuery, mut runs: Vec<Run>) -> Self {
        runs.reverse();
        let per_page = query.per_page.clamp(1, MAX_LINES);
        Self {
            query,
            per_page,
            runs,
            levels: LevelCounts::default(),
            bytes: 0,
            total: 0,
            matches: 0,
            current: None,
            page: Vec::new(),
            number: 0,
            found: false,
        }
    }

    /// The next event.
    pub fn event(&mut self, event: &Event) {
        while self.runs.last().is_some_and(|run| run.started_at.is_some_and(|at| at <= event.timestamp)) {
            self.next_run();
        }
        let (at, level) = (Some(event.timestamp), Some(event.level));
        for line in event.message.lines() {
            self.line(at, level, false, line);
        }
        for output in outputs(event.metadata.as_ref(), &event.message) {
            for line in output.lines() {
                self.line(at, level, false, line);
            }
        }
    }

    /// The window, when all events were taken.
    pub fn finish(mut self) -> LogWindow {
        while !self.runs.is_empty() {
            self.next_run();
        }
        LogWindow {
            items: self.page,
            total: self.total,
            page: u32::try_from(self.number + 1).unwrap_or(u32::MAX),
            per_page: u32::try_from(self.per_page).unwrap_or(u32::MAX),
            levels: self.levels,
            matches: self.matches,
            current: self.current,
            bytes: self.bytes,
        }
    }

    fn next_run(&mut self) {
        for line in self.runs.pop().map(|run| run.logs).unwrap_or_default() {
            for line in line.lines() {
                let level = said_level(&ansi::strip(line));
                self.line(None, level, level.is_some(), line);
            }
        }
    }

    fn line(&mut self, at: Option<DateTime<Utc>>, level: Option<EventLevel>, inferred: bool, text: &str) {
        *self.levels.of(level) += 1;
        self.bytes += text.len() as u64 + 1;
        let no = self.levels.total();
        if !self.query.levels.is_empty() && level.is_none_or(|level| !self.query.levels.contains(&level)) {
            return;
        }
        let matches = !self.query.q.is_empty() && !find(&ansi::strip(text), &self.query.q).is_empty();
        if self.query.only_matches && !self.query.q.is_empty() && !matches {
            return;
        }
        self.matches += u64::from(matches);
        let (index, number) = (self.total, self.total / self.per_page as u64);
        self.total += 1;
        if self.found && number != self.number {
            return;
        }
        if !self.found && number != self.number {
            self.page.clear();
            self.number = number;
        }
        self.page.push(LogLine { no, at, level, inferred, text: clipped(text) });
        match self.query.place {
            Place::Start => self.found = true,
            Place::Page(page) => self.found = index / self.per_page as u64 + 1 == u64::from(page.max(1)),
            Place::Line(line) => self.found |= no >= line,
            Place::Match(nth) if matches && self.matches == nth.max(1) => {
                self.found = true;
                self.current = Some(Match { nth: self.matches, line: no });
            }
            Place::Match(_) | Place::End => {}
        }
    }
}

/// What an event put out, beside its message: its output, its stack, and the reason of a failure.
fn outputs<'a>(metadata: Option<&'a Metadata>, message: &'a str) -> impl Iterator<Item = &'a str> {
    let text = move |key: &&str| metadata.and_then(|facts| facts.get(*key)).and_then(|value| value.as_str());
    ["output", "stack", "reason"].iter().filter_map(text).map(move |text| {
        // A stack often begins with the message that stands above it already.
        text.strip_prefix(message).filter(|rest| rest.starts_with('\n')).unwrap_or(text).trim_matches('\n')
    })
}

fn clipped(text: &str) -> String {
    let text = text.trim_end_matches('\r');
    if text.len() <= MAX_LINE_BYTES {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(MAX_LINE_BYTES)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        event::EventType,
        id::{EventId, RunId, TaskId},
    };

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn event(second: i64, level: EventLevel, message: &str, output: Option<&str>) -> Event {
        Event {
            id: EventId::new(format!("e{second}")).unwrap(),
            task_id: TaskId::new("t").unwrap(),
            timestamp: at(second),
            level,
            event_type: EventType::CommandExecuted,
            message: message.to_owned(),
            metadata: output.map(|output| [("output".to_owned(), output.into())].into_iter().collect()),
            tool_name: None,
            command: None,
            artifact_url: None,
        }
    }

    fn run(start: Option<i64>, logs: &[&str]) -> Run {
        let mut record = crate::run::RunRecord::placeholder(RunId::new("r").unwrap(), DateTime::UNIX_EPOCH);
        record.started_at = start.map(at);
        record.logs = Some(logs.iter().map(|line| (*line).to_owned()).collect());
        record.into()
    }

    fn window(query: LogQuery) -> LogWindow {
        let runs = vec![run(Some(15), &["run wrote", "error: this"]), run(None, &["who knows when"])];
        let mut reader = Reader::new(query, runs);
        reader.event(&event(10, EventLevel::Info, "began", None));
        reader.event(&event(20, EventLevel::Error, "failed", Some("line one\nLINE two\n")));
        reader.finish()
    }

    fn texts(window: &LogWindow) -> Vec<(u64, &str)> {
        window.items.iter().map(|line| (line.no, line.text.as_str())).collect()
    }

    fn asked(place: Place, per_page: usize) -> LogQuery {
        LogQuery { place, per_page, ..LogQuery::default() }
    }

    #[test]
    fn lines_come_in_the_order_in_which_they_were_told() {
        let all = window(asked(Place::Start, 100));
        let expected = [
            (1, "began"),
            (2, "run wrote"),
            (3, "error: this"),
            (4, "failed"),
            (5, "line one"),
            (6, "LINE two"),
            (7, "who knows when"),
        ];
        assert_eq!(texts(&all), expected);
        assert_eq!((all.total, all.page, all.levels.error, all.levels.unknown), (7, 1, 4, 2));
        assert!(all.items[2].inferred && all.items[2].at.is_none());
        assert_eq!(all.items[4].at, Some(at(20)));
    }

    #[test]
    fn a_page_is_found_by_number_line_match_and_end() {
        let place = |place| {
            let window = window(asked(place, 3));
            (window.page, window.items.first().map(|line| line.no))
        };
        assert_eq!(place(Place::Page(2)), (2, Some(4)));
        assert_eq!(place(Place::Line(6)), (2, Some(4)));
        assert_eq!(place(Place::Line(3)), (1, Some(1)));
        assert_eq!(place(Place::End), (3, Some(7)));
        assert_eq!(place(Place::Line(99)), (3, Some(7)), "beyond the last line is the last page");
        assert_eq!(place(Place::Page(99)), (3, Some(7)));
        let looked_for = LogQuery { q: "line".to_owned(), ..asked(Place::Match(2), 3) };
        let window = window(looked_for);
        assert_eq!((window.page, window.matches, window.total), (2, 2, 7));
        assert_eq!(window.current, Some(Match { nth: 2, line: 6 }));
    }

    #[test]
    fn filters_leave_numbers_and_totals_as_they_are() {
        let errors = LogQuery { levels: [EventLevel::Error].into(), ..asked(Place::Start, 2) };
        let errors = window(errors);
        assert_eq!(texts(&errors), [(3, "error: this"), (4, "failed")]);
        assert_eq!((errors.total, errors.levels.total()), (4, 7));
        let only = LogQuery { q: "LINE".to_owned(), only_matches: true, ..asked(Place::Start, 9) };
        assert_eq!(texts(&window(only)), [(5, "line one"), (6, "LINE two")]);
    }
}
