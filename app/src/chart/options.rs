//! Options for ECharts, from plain numbers. Pure: the same numbers give the same JSON.
//!
//! Colours are names of tokens (`--chart-ok`), which `echarts.js` resolves; what all charts have in common (axes, tooltip,
//! font) is its theme.

use std::fmt::Write as _;

use charming::{
    Chart,
    component::{Axis, Grid},
    element::{
        AreaStyle, AxisLabel, AxisType, Formatter, ItemStyle, LineStyle, LineStyleType, Symbol, Tooltip,
        Trigger,
    },
    series::{Bar, Line},
};

/// A line of a chart of durations.
#[derive(Debug)]
pub struct LineOf<'a> {
    /// What it is: `Median`.
    pub name: &'a str,
    /// The token of its colour.
    pub token: &'a str,
    /// Whether it is drawn dashed, and less strong.
    pub dashed: bool,
    /// Its values; where there is none, the line has a gap.
    pub values: Vec<Option<f64>>,
}

/// Bars of a count, with a mean over them where there is one. What is not known has no bar.
pub fn bars(
    labels: &[String],
    name: &str,
    token: &str,
    values: &[Option<u64>],
    mean: Option<Vec<Option<f64>>>,
) -> String {
    let bar = Bar::new()
        .name(name)
        .bar_width("60%")
        .item_style(ItemStyle::new().color(token).border_radius(1))
        .data(values.iter().map(|value| value.map(float)).collect());
    let mut chart = base(labels).y_axis(values_axis().min_interval(1)).series(bar);
    let mut tooltip = format!("{{b}}<br>{name}: {{c0}}");
    if let Some(mean) = mean {
        tooltip.push_str("<br>7-day mean: {c1}");
        let line = Line::new()
            .name("7-day mean")
            .symbol(Symbol::None)
            .silent(true)
            .line_style(LineStyle::new().width(1.25).type_(LineStyleType::Dashed).color("--text-3"))
            .item_style(ItemStyle::new().color("--text-3"))
            .data(mean);
        chart = chart.series(line);
    }
    json(&chart.tooltip(axis_tooltip(&tooltip)))
}

/// Lines of durations in one unit: `s`, `m` or `h`.
pub fn lines(labels: &[String], unit: &str, of: Vec<LineOf<'_>>) -> String {
    let mut tooltip = "{b}".to_owned();
    let mut chart = base(labels)
        .y_axis(values_axis().axis_label(AxisLabel::new().formatter(&*format!("{{value}} {unit}"))));
    for (index, line) in of.into_iter().enumerate() {
        // Writing to a string does not fail.
        let _ = write!(tooltip, "<br>{}: {{c{index}}} {unit}", line.name);
        let style = LineStyle::new().width(if line.dashed { 1.25 } else { 1.75 }).color(line.token);
        let style = if line.dashed { style.type_(LineStyleType::Dashed) } else { style };
        // A point between two gaps has no line: its mark is all there is of it.
        let alone = line.values.iter().flatten().count() < 2;
        let mut series = Line::new()
            .name(line.name)
            .symbol(if alone { Symbol::Circle } else { Symbol::None })
            .line_style(style)
            .item_style(ItemStyle::new().color(line.token))
            .data(line.values);
        if index == 0 {
            series = series.area_style(AreaStyle::new().color(line.token).opacity(0.1));
        }
        chart = chart.series(series);
    }
    json(&chart.tooltip(axis_tooltip(&tooltip)))
}

/// The mean of each value and the six before it, as far as they are known, to one decimal.
pub fn seven_day_mean(values: &[Option<u64>]) -> Vec<Option<f64>> {
    let mean = |end: usize| {
        let window = values.get(end.saturating_sub(6)..=end).unwrap_or_default();
        let known: Vec<f64> = window.iter().flatten().copied().map(float).collect();
        let count = known.iter().map(|_| 1.0).sum::<f64>();
        // Where the day itself is not known, no mean of it is.
        let mean = known.iter().sum::<f64>() / count;
        window.last().copied().flatten().map(|_| (mean * 10.0).round() / 10.0)
    };
    (0..values.len()).map(mean).collect()
}

fn base(labels: &[String]) -> Chart {
    Chart::new()
        .grid(Grid::new().left(8).right(8).top(8).bottom(6).contain_label(true))
        .x_axis(Axis::new().type_(AxisType::Category).data(labels.to_vec()))
}

fn values_axis() -> Axis {
    Axis::new().type_(AxisType::Value).split_number(4)
}

fn axis_tooltip(text: &str) -> Tooltip {
    Tooltip::new().trigger(Trigger::Axis).formatter(Formatter::from(text))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn float(value: u64) -> f64 {
    value as f64
}

fn json(chart: &Chart) -> String {
    // Plain data without maps of odd keys: it always has a JSON form.
    serde_json::to_string(chart).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn labels() -> Vec<String> {
        ["24 May", "25 May"].map(str::to_owned).to_vec()
    }

    #[test]
    fn bars_begin_at_nothing_and_name_their_token() {
        let option: Value =
            serde_json::from_str(&bars(&labels(), "Failed", "--chart-danger", &[Some(3), None], None))
                .unwrap();
        assert_eq!(option["xAxis"]["data"], json!(["24 May", "25 May"]));
        assert_eq!(option["series"].as_array().unwrap().len(), 1);
        let bar = &option["series"][0];
        assert_eq!((&bar["type"], &bar["data"]), (&json!("bar"), &json!([3.0, null])));
        assert_eq!(bar["itemStyle"]["color"], "--chart-danger");
        assert_eq!(option["yAxis"]["min"], Value::Null, "an axis of bars begins at 0 by itself");
        assert_eq!(option["tooltip"]["formatter"], "{b}<br>Failed: {c0}");
    }

    #[test]
    fn a_mean_is_a_dashed_line_over_the_bars() {
        let values = [Some(7), Some(0)];
        let mean = seven_day_mean(&values);
        assert_eq!(mean, [Some(7.0), Some(3.5)]);
        let option: Value =
            serde_json::from_str(&bars(&labels(), "Completed", "--chart-ok", &values, Some(mean))).unwrap();
        let line = &option["series"][1];
        assert_eq!((&line["type"], &line["lineStyle"]["type"]), (&json!("line"), &json!("dashed")));
        assert_eq!(line["data"], json!([7.0, 3.5]));
    }

    #[test]
    fn what_is_not_known_is_a_gap_and_not_zero() {
        let line =
            LineOf { name: "Median", token: "--chart-accent", dashed: false, values: vec![None, Some(4.5)] };
        let option: Value = serde_json::from_str(&lines(&labels(), "m", vec![line])).unwrap();
        assert_eq!(option["series"][0]["data"], json!([null, 4.5]));
        assert_eq!(option["yAxis"]["axisLabel"]["formatter"], "{value} m");
    }

    #[test]
    fn the_mean_looks_back_seven_days_at_most() {
        let values = [1, 1, 1, 1, 1, 1, 1, 8].map(Some);
        assert_eq!(seven_day_mean(&values)[6..], [Some(1.0), Some(2.0)]);
        assert_eq!(seven_day_mean(&[None, Some(4)]), [None, Some(4.0)], "what is not known is no 0");
    }
}
