//! Icons: symbols of one sprite, so that an icon costs the client no code.
//!
//! To add one, add a line to `icons!` below: the name is one of [Lucide](https://lucide.dev/icons), or begins with
//! `sev-` or `brand-` and is drawn in `style/icons/`. The build makes the sprite from this list.

#[cfg(feature = "hydrate")]
mod here;

use std::sync::Arc;

use domain::attention::Severity;
use leptos::{prelude::*, tachys::html::InertElement};

macro_rules! icons {
    ($($variant:ident => $name:literal,)+) => {
        /// An icon of the sprite.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is what it is called")]
        pub enum IconName { $($variant,)+ }

        impl IconName {
            const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

icons! {
    Activity => "activity",
    AlarmClock => "alarm-clock",
    Archive => "archive",
    ArrowDown => "arrow-down",
    ArrowDownUp => "arrow-down-up",
    ArrowRight => "arrow-right",
    ArrowUp => "arrow-up",
    Bell => "bell",
    Bookmark => "bookmark",
    BookmarkPlus => "bookmark-plus",
    Bot => "bot",
    Boxes => "boxes",
    Braces => "braces",
    Brand => "brand-mark",
    Bug => "bug",
    CalendarClock => "calendar-clock",
    Chart => "chart-no-axes-combined",
    ChartColumn => "chart-column",
    Check => "check",
    ChevronDown => "chevron-down",
    ChevronLeft => "chevron-left",
    ChevronRight => "chevron-right",
    ChevronUp => "chevron-up",
    CircleCheck => "circle-check",
    CircleDashed => "circle-dashed",
    CirclePause => "circle-pause",
    CircleQuestion => "circle-question-mark",
    CircleSlash => "circle-slash",
    CircleX => "circle-x",
    Columns => "columns-3",
    Copy => "copy",
    CornerDownRight => "corner-down-right",
    Cpu => "cpu",
    Database => "database",
    Download => "download",
    FileInput => "file-input",
    FilePen => "file-pen",
    FileText => "file-text",
    Flag => "flag",
    FlaskConical => "flask-conical",
    FolderSearch => "folder-search",
    GitBranch => "git-branch",
    GitPullRequest => "git-pull-request",
    Globe => "globe",
    HardDrive => "hard-drive",
    History => "history",
    KeyRound => "key-round",
    Lightbulb => "lightbulb",
    ListChecks => "list-checks",
    ListFilter => "list-filter",
    LoaderCircle => "loader-circle",
    OctagonAlert => "octagon-alert",
    OctagonPause => "octagon-pause",
    OctagonX => "octagon-x",
    Play => "play",
    Plus => "plus",
    Radar => "radar",
    Radio => "radio-tower",
    Repeat => "repeat",
    Rocket => "rocket",
    RotateCcw => "rotate-ccw",
    ScrollText => "scroll-text",
    Search => "search",
    SearchCheck => "search-check",
    SearchX => "search-x",
    Server => "server",
    SevCritical => "sev-critical",
    SevHigh => "sev-high",
    SevLow => "sev-low",
    SevMedium => "sev-medium",
    ShieldCheck => "shield-check",
    Signal => "signal",
    SkipForward => "skip-forward",
    Sliders => "sliders-horizontal",
    Sparkle => "sparkle",
    SunMoon => "sun-moon",
    Tag => "tag",
    Trash => "trash-2",
    Terminal => "terminal",
    TriangleAlert => "triangle-alert",
    Undo => "undo-2",
    Unplug => "unplug",
    User => "user",
    Waypoints => "waypoints",
    Wrench => "wrench",
    X => "x",
    Zap => "zap",
}

impl IconName {
    /// The glyph of a severity.
    pub const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Critical => Self::SevCritical,
            Severity::High => Self::SevHigh,
            Severity::Medium => Self::SevMedium,
            Severity::Low => Self::SevLow,
        }
    }

    /// Where its symbol is: for an icon that stands there and becomes this one.
    #[cfg(feature = "hydrate")]
    pub(crate) fn href(self) -> String {
        symbol(&sprite(), self)
    }
}

#[cfg(feature = "hydrate")]
pub(crate) use here::bring_sprite;

/// Where the sprite is. A context on the server; in the browser the document's `data-icons` says the same.
#[derive(Debug, Clone)]
pub struct Sprite(pub Arc<str>);

fn sprite() -> Arc<str> {
    #[cfg(feature = "hydrate")]
    return here::sprite();
    #[cfg(not(feature = "hydrate"))]
    use_context().map_or_else(|| "".into(), |Sprite(url)| url)
}

/// An icon. It says nothing to a screen reader: the words stand beside it.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
    /// 12, 14, 16 or 20 pixels.
    #[prop(default = 14)]
    size: u8,
) -> impl IntoView {
    let href = symbol(&sprite(), name);
    // A page has a hundred icons, and a browser copies one in a step where it would make one in ten. All of it is ours: nothing
    // needs escaping.
    // tidy: classes icon
    InertElement::new(format!(
        r#"<svg data-size="{size}" aria-hidden="true" class="icon"><use href="{href}"></use></svg>"#
    ))
    .into_any()
}

fn symbol(sprite: &str, name: IconName) -> String {
    format!("{sprite}#i-{}", name.as_str())
}
