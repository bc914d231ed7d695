// ECharts with no more of it than our charts use, and what it must know of this page. `cargo xtask` bundles it into a file
// of its own; `echarts.rs` loads that when a chart comes into view.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

const html = document.documentElement;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

/** The colour of a token in the theme in force, as a colour that ECharts can read. */
function colour(token) {
  const probe = document.createElement("i");
  probe.style.color = `var(${token})`;
  html.append(probe);
  paint.clearRect(0, 0, 1, 1);
  paint.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  paint.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = paint.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha / 255})`;
}

/** What all charts have in common. */
function theme() {
  const label = { color: colour("--text-3"), fontSize: 11, hideOverlap: true };
  const font = getComputedStyle(document.body).fontFamily;
  return {
    backgroundColor: "transparent",
    textStyle: { fontFamily: font, fontSize: 11, color: colour("--text-3") },
    categoryAxis: {
      axisLine: { lineStyle: { color: colour("--line-strong"), width: 1 } },
      axisTick: { show: false }, splitLine: { show: false }, axisLabel: label,
    },
    valueAxis: {
      axisLine: { show: false }, axisTick: { show: false }, axisLabel: label,
      splitLine: { lineStyle: { color: colour("--chart-grid"), width: 1 } },
    },
    tooltip: {
      backgroundColor: colour("--surface-pop"), borderColor: colour("--line-strong"), borderWidth: 1, padding: [8, 10],
      textStyle: { color: colour("--text-1"), fontSize: 12, fontFamily: font },
      axisPointer: { type: "line", lineStyle: { color: colour("--line-strong"), width: 1, type: "solid" } },
      extraCssText: "border-radius:5px;box-shadow:none", confine: true, transitionDuration: 0,
    },
  };
}

/**
 * Draws a chart into the element, and again whenever theme, width or the wish for stillness changes.
 * @param {HTMLElement} element where it stands: within a figure whose table has one `[data-point]` a point
 * @param {string} text the option as JSON, colours as names of tokens
 */
function mount(element, text) {
  let chart = null;
  const points = () => element.closest("figure").querySelectorAll("[data-point]");
  const draw = () => {
    chart?.dispose();
    const option = JSON.parse(text, (_, value) =>
      typeof value === "string" && value.startsWith("--") ? colour(value) : value);
    chart = init(element, theme(), { renderer: "svg" });
    chart.setOption({ ...option, animation: !still.matches, animationDuration: 160 });
    chart.on("click", (at) => points()[at.dataIndex]?.click());
    // Only a point that leads somewhere looks like it.
    if (![...points()].some((point) => point.href)) chart.getZr().setCursorStyle("default");
  };
  draw();
  const size = new ResizeObserver(() => chart?.resize({ animation: { duration: 0 } }));
  size.observe(element);
  const themed = new MutationObserver(draw);
  themed.observe(html, { attributeFilter: ["data-theme"] });
  for (const query of [dark, still]) query.addEventListener("change", draw);
  element.closest("figure").dataset.drawn = "";
  return {
    dispose() {
      size.disconnect();
      themed.disconnect();
      for (const query of [dark, still]) query.removeEventListener("change", draw);
      chart?.dispose();
      chart = null;
    },
  };
}

globalThis.hermesCharts = { mount };
