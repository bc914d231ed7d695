//! Primitives that know nothing of the product. They use none of our other modules.

pub mod copy_button;
pub mod delta;
pub mod facts;
pub mod icon;
pub mod menu;
pub mod more;
pub mod notice;
pub mod pagination;
pub mod panel;
pub mod progress;
pub mod ring;
pub mod seg;
pub mod sort_head;
pub mod spark;
pub mod tabs;
pub mod time;
pub mod unknown;
pub mod uptime;

pub use copy_button::CopyButton;
pub use delta::{Delta, DeltaMark, Direction};
pub use facts::{Fact, Facts};
pub use icon::{Icon, IconName, Sprite};
pub use menu::{Menu, MenuLook, close_menus};
pub use more::More;
pub use notice::Notice;
pub use pagination::Pagination;
pub use panel::Panel;
pub use progress::Progress;
pub use ring::Ring;
pub use seg::{Seg, SegItem};
pub use sort_head::{SortHead, SortLink};
pub use spark::{BarSpark, LineSpark};
pub use tabs::{TabLink, Tabs};
pub use time::Time;
pub use unknown::Unknown;
pub use uptime::Uptime;
