//! The decoder on real files and on bad lines.

mod bad_lines;
mod fixtures;
