//! Figures, times and foreign text as people read them (DESIGN: words, numbers, time).

mod number;
mod plain;
mod time;

pub use number::{bytes, count, number, percent};
pub use plain::{excerpt, plain, plain_lines};
pub use time::{
    about, absolute, ago, ahead, clock, day, day_clock, duration, elapsed, latency, mean_latency, seconds,
};
