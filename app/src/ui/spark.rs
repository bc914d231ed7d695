//! Sparklines: the shape of a figure over time, small enough to stand beside its number.

use leptos::prelude::*;

const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 24.0;
/// What a day without any still shows, so that the days can be counted.
const LEAST: f64 = 1.0;

/// Bars from 0 to the largest value, the latest last and darkest.
#[component]
pub fn BarSpark(
    /// The values, the latest last.
    values: Vec<u64>,
    /// The same in one sentence.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let bars = bars(&values);
    let last = bars.len().saturating_sub(1);
    let bars = bars.into_iter().enumerate().map(|(index, bar)| {
        let opacity = if index == last { "1" } else { "0.55" };
        view! { <rect x=bar.x width=bar.width y=bar.y height=bar.height opacity=opacity></rect> }
    });
    view! {
        <svg
            class="spark"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            role="img"
            aria-label=label
        >
            {bars.collect_view()}
        </svg>
    }
}

/// A line from 0 to 100, the latest last, over its soft area.
#[component]
pub fn LineSpark(
    /// The values, 0 to 100 each, the latest last.
    values: Vec<u8>,
    /// Its tone: `idle`, or `danger` where it falls.
    tone: &'static str,
) -> impl IntoView {
    let line = points(&values);
    let area = format!("0,{HEIGHT} {line} {WIDTH},{HEIGHT}");
    view! {
        <svg
            class="spark"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            aria-hidden="true"
            data-tone=tone
        >
            <polygon class="spark-area" points=area></polygon>
            <polyline class="spark-line" points=line></polyline>
        </svg>
    }
    .into_any()
}

/// The values as points of a line, with room for its width at both ends.
#[expect(clippy::cast_precision_loss, reason = "pixels")]
fn points(values: &[u8]) -> String {
    let step = WIDTH / values.len().saturating_sub(1).max(1) as f64;
    let point = |(index, value): (usize, &u8)| {
        let y = HEIGHT - 1.0 - f64::from(*value) / 100.0 * (HEIGHT - 2.0);
        format!("{:.1},{y:.1}", step * index as f64)
    };
    values.iter().enumerate().map(point).collect::<Vec<_>>().join(" ")
}

#[derive(Debug, PartialEq, Eq)]
struct Bar {
    x: String,
    width: String,
    y: String,
    height: String,
}

#[expect(clippy::cast_precision_loss, reason = "pixels")]
fn bars(values: &[u64]) -> Vec<Bar> {
    let most = values.iter().copied().max().unwrap_or(0).max(1) as f64;
    let step = WIDTH / values.len().max(1) as f64;
    let bar = |(index, value): (usize, &u64)| {
        let height = (*value as f64 / most * HEIGHT).max(LEAST);
        Bar {
            x: format!("{:.2}", step * index as f64),
            width: format!("{:.2}", step * 0.68),
            y: format!("{:.1}", HEIGHT - height),
            height: format!("{height:.1}"),
        }
    };
    values.iter().enumerate().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_fills_the_height_and_none_is_still_a_line() {
        let bars = bars(&[0, 5, 10]);
        let shape: Vec<_> = bars.iter().map(|bar| (bar.y.as_str(), bar.height.as_str())).collect();
        assert_eq!(shape, [("23.0", "1.0"), ("12.0", "12.0"), ("0.0", "24.0")]);
        assert_eq!(bars[2].x, "66.67");
    }

    #[test]
    fn a_line_goes_from_the_bottom_to_the_top() {
        assert_eq!(points(&[0, 50, 100]), "0.0,23.0 50.0,12.0 100.0,1.0");
        assert_eq!(points(&[]), "");
    }

    #[test]
    fn no_value_is_no_bar() {
        assert!(bars(&[]).is_empty());
        assert_eq!(bars(&[0, 0])[1].height, "1.0");
    }
}
