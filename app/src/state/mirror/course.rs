//! The course of the mirror: how far it is, and what may happen next. What a browser does about it is elsewhere.

/// How often it is begun anew before the server answers for good.
const TRIES: u32 = 5;
/// How long it is waited before it is begun anew, in milliseconds: longer each time.
const PAUSE_MS: u32 = 1_000;
/// How long after it could not be filled it is tried again, in milliseconds.
const LATER_MS: f64 = 60_000.0;

/// How far the mirror is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Phase {
    /// It is being filled.
    #[default]
    Filling,
    /// It holds what the server holds.
    Ready,
    /// Products or rules changed; what they are now is being asked for.
    Renewing,
    /// There are more tasks than the most that are held: this many.
    Beyond(u64),
    /// It cannot be filled, at least until then, in milliseconds of this browser.
    Failed(f64),
}

impl Phase {
    /// Its word on the document, for measurements.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Filling => "filling",
            Self::Ready => "ready",
            Self::Renewing => "renewing",
            Self::Beyond(_) => "beyond",
            Self::Failed(_) => "failed",
        }
    }
}

/// What is to be done about something that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// It is kept until what is being loaded is there.
    Kept,
    /// It is folded into what is held, if anything is.
    Folded,
    /// It failed a while ago: all may be well by now.
    Anew,
}

/// The course of fillings and renewals. Times are milliseconds of this browser.
#[derive(Debug, Default)]
pub(super) struct Course {
    phase: Phase,
    tries: u32,
    /// Which filling this is: one that was overtaken ends.
    filling: u32,
    /// Whether products or rules changed after what is held was read.
    renew_due: bool,
    /// Whether idle time is waited for to put changes in order.
    tidies: bool,
}

impl Course {
    pub(super) const fn phase(&self) -> Phase {
        self.phase
    }

    /// Begins a filling, whatever is under way; tells which it is.
    pub(super) const fn begin(&mut self) -> u32 {
        self.filling += 1;
        self.phase = Phase::Filling;
        self.filling
    }

    /// Whether that filling is not overtaken.
    pub(super) const fn goes_on(&self, filling: u32) -> bool {
        self.filling == filling
    }

    /// How long it is waited before anything is asked for.
    pub(super) const fn wait_ms(&self) -> u32 {
        PAUSE_MS * self.tries
    }

    /// What is asked for from now on has whatever was told before.
    pub(super) const fn reads(&mut self) {
        self.renew_due = false;
    }

    /// The filling came to nothing; whether another one is to be tried.
    pub(super) fn came_to_nothing(&mut self, now: f64) -> bool {
        self.tries += 1;
        let again = self.tries < TRIES;
        if !again {
            self.phase = Phase::Failed(now + LATER_MS);
        }
        again
    }

    /// There is more than is held: this much would be the most.
    pub(super) const fn beyond(&mut self, most: u64) {
        self.phase = Phase::Beyond(most);
    }

    /// The server tells what this client does not know: it is newer, and answers by itself until the page is loaded again.
    pub(super) const fn give_up(&mut self) {
        self.phase = Phase::Failed(f64::INFINITY);
    }

    /// All that was asked for is held; whether products or rules changed meanwhile.
    pub(super) const fn is_whole(&mut self) -> bool {
        self.phase = Phase::Ready;
        self.tries = 0;
        self.renew_due
    }

    /// Something was told.
    pub(super) fn tell(&mut self, now: f64) -> Telling {
        match self.phase {
            Phase::Filling => Telling::Kept,
            Phase::Failed(until) if until < now => {
                self.tries = 0;
                Telling::Anew
            }
            _ => Telling::Folded,
        }
    }

    /// Products or rules changed. The filling that is renewed, where they are to be asked for now; else later: what is under way
    /// may have read what was before.
    pub(super) fn renew(&mut self) -> Option<u32> {
        let begins = self.phase == Phase::Ready;
        self.renew_due = !begins;
        begins.then(|| {
            self.phase = Phase::Renewing;
            self.filling
        })
    }

    /// They could not be read: all is to be begun anew, after a while.
    pub(super) const fn renewal_failed(&mut self) {
        self.tries += 1;
    }

    /// Whether changes are to be put in order from now on.
    pub(super) fn tidies(&mut self) -> bool {
        let due = self.phase == Phase::Ready && !self.tidies;
        self.tidies |= due;
        due
    }

    /// They are in order.
    pub(super) const fn is_tidy(&mut self) {
        self.tidies = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Course {
        let mut course = Course::default();
        course.begin();
        course.reads();
        assert!(!course.is_whole());
        course
    }

    #[test]
    fn a_filling_that_was_overtaken_does_not_go_on() {
        let mut course = Course::default();
        let first = course.begin();
        let second = course.begin();
        assert_eq!((course.goes_on(first), course.goes_on(second)), (false, true));
    }

    #[test]
    fn what_is_told_meanwhile_is_kept_and_then_folded() {
        let mut course = Course::default();
        course.begin();
        assert_eq!(course.tell(0.0), Telling::Kept);
        course.is_whole();
        assert_eq!(course.tell(0.0), Telling::Folded);
    }

    #[test]
    fn it_waits_longer_each_time_and_gives_up_for_a_while() {
        let mut course = Course::default();
        course.begin();
        let mut waits = Vec::new();
        while course.came_to_nothing(5.0) {
            waits.push(course.wait_ms());
        }
        assert_eq!(waits, [1_000, 2_000, 3_000, 4_000]);
        assert_eq!(course.phase(), Phase::Failed(60_005.0));
        assert_eq!(course.tell(60_005.0), Telling::Folded);
        assert_eq!((course.tell(60_006.0), course.wait_ms()), (Telling::Anew, 0));
    }

    #[test]
    fn a_newer_server_is_never_mirrored() {
        let mut course = ready();
        course.give_up();
        assert_eq!(course.tell(f64::MAX), Telling::Folded);
        assert_eq!(course.phase().word(), "failed");
    }

    #[test]
    fn what_is_too_much_is_not_tried_again() {
        let mut course = Course::default();
        course.begin();
        course.beyond(200_000);
        assert_eq!(course.tell(f64::MAX), Telling::Folded);
        assert_eq!((course.renew(), course.tidies()), (None, false));
        assert_eq!(course.phase(), Phase::Beyond(200_000));
    }

    #[test]
    fn a_renewal_that_comes_while_something_is_under_way_is_made_up_for() {
        let mut course = Course::default();
        let filling = course.begin();
        course.reads();
        assert_eq!(course.renew(), None, "not while it is filled");
        assert!(course.is_whole(), "but then");
        assert_eq!(course.renew(), Some(filling));
        assert_eq!(course.phase(), Phase::Renewing);
        assert_eq!(course.renew(), None, "nor while it is renewed");
        assert!(course.is_whole());
        course.renew();
        assert!(!course.is_whole(), "and then all is told");
    }

    #[test]
    fn what_changed_before_it_was_read_needs_no_renewal() {
        let mut course = Course::default();
        course.begin();
        course.renew();
        course.reads();
        assert!(!course.is_whole());
    }

    #[test]
    fn changes_are_put_in_order_by_one_at_a_time() {
        let mut course = ready();
        assert_eq!((course.tidies(), course.tidies()), (true, false));
        course.is_tidy();
        assert!(course.tidies());
        course.is_tidy();
        course.begin();
        assert!(!course.tidies(), "not before it is whole");
    }

    #[test]
    fn what_was_well_again_is_tried_as_often_as_at_first() {
        let mut course = ready();
        course.renewal_failed();
        assert_eq!(course.wait_ms(), 1_000);
        course.begin();
        course.is_whole();
        assert_eq!(course.wait_ms(), 0);
    }
}
