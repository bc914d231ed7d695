//! Primitives that know nothing of the product. They use none of our other modules.

pub mod copy_button;
pub mod delta;
pub mod field;
pub mod icon;
pub mod more;
pub mod notice;
pub mod panel;
pub mod progress;
pub mod spark;
pub mod switch;
pub mod time;
pub mod unknown;

pub use copy_button::CopyButton;
pub use delta::{Delta, DeltaMark, Direction};
pub use field::Field;
pub use icon::{Icon, IconName, Sprite};
pub use more::More;
pub use notice::Notice;
pub use panel::Panel;
pub use progress::Progress;
pub use spark::BarSpark;
pub use switch::Switch;
pub use time::Time;
pub use unknown::Unknown;
