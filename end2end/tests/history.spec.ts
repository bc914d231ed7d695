// `/hermes/history` and the weekly digest: charts that come when they are seen, and go with the page.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, hydrated, open, test } from "./support/page";
import { now, recording } from "./support/truth";

let server: Server;
let history: string;

test.beforeAll(async () => {
  server = await startServer({ args: ["--no-hermes-home"], env: { MISSION_CONTROL_NOW: now.toISOString() } });
  await server.run(["ingest", recording]);
  history = `${server.url}/hermes/history`;
});
test.afterAll(() => server?.stop());

const drawn = ".chart-live svg";

test("charts appear when they come into view, and ECharts only then @phone", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(page, `${server.url}/hermes`);
  expect(asked.filter((path) => path.includes("echarts"))).toEqual([]);
  await open(page, history);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("History");
  await expect(page).toHaveTitle("History · Hermes Mission Control");
  const last = page.locator(".chart").last();
  await last.scrollIntoViewIfNeeded();
  await expect(last.locator(drawn)).toHaveCount(1);
  await expect(last).toHaveAttribute("data-drawn", "");
  expect(asked.filter((path) => path.includes("echarts"))).toHaveLength(1);
  await checkWidth(page);
});

test("every figure of a chart is in its table, by keyboard, too", async ({ page }) => {
  await open(page, history);
  const panel = page.getByRole("region", { name: "Failed tasks per day" });
  const summary = panel.getByText("View as table");
  await summary.focus();
  await page.keyboard.press("Enter");
  await expect(panel.locator("tbody tr")).toHaveCount(30);
  const answer = (await (await page.request.get(`${server.url}/api/v1/history`)).json()) as {
    parts: { figures: { failed: number } }[];
  };
  const told = await panel.locator("tbody td").allTextContents();
  // What was before the first thing that is known is no 0.
  const known = told.filter((text) => !text.includes("unknown"));
  const wanted = answer.parts.map((part) => String(part.figures.failed));
  expect(known).toEqual(wanted.slice(wanted.length - known.length));
});

test("a bar leads to the tasks behind it", async ({ page }) => {
  await open(page, history);
  const panel = page.getByRole("region", { name: "Completed tasks per day" });
  await expect(panel.locator(drawn)).toHaveCount(1);
  await panel.getByText("View as table").click();
  const link = panel.locator("tbody a").last();
  const href = (await link.getAttribute("href")) ?? "";
  expect(href).toMatch(/^\/hermes\/tasks\?status=completed&endedFrom=.*&endedTo=.*&sort=-completedAt$/);
  const count = Number(await link.locator("xpath=ancestor::tr").locator("td").textContent());
  const listed = await page.request.get(`${server.url}/api/v1/tasks?${href.split("?")[1]}`);
  expect(((await listed.json()) as { total: number }).total).toBe(count);
  await panel.getByText("View as table").click();

  // The last bar that has any height, at its foot.
  const box = (await panel.locator(drawn).boundingBox())!;
  const rows = await panel.locator("[data-point]").count();
  const place = await panel.locator("[data-point]").evaluateAll((points) =>
    points.findLastIndex((point) => point.hasAttribute("href")));
  const bars = await panel.locator(`${drawn} path`).evaluateAll((paths) =>
    paths.map((path) => path.getBoundingClientRect()).filter((rect) => rect.height > 4 && rect.width > 2 && rect.width < 60)
      .map(({ x, y, width, height }) => ({ x, y, width, height })));
  expect(rows).toBeGreaterThan(place);
  const bar = bars.sort((a, b) => b.x - a.x)[0]!;
  expect(bar.x).toBeGreaterThan(box.x);
  await page.mouse.click(bar.x + bar.width / 2, bar.y + bar.height - 2);
  await expect(page).toHaveURL(/\/hermes\/tasks\?status=completed&endedFrom=/);
});

test("another theme repaints the charts", async ({ page }) => {
  await open(page, history);
  const panel = page.getByRole("region", { name: "Completed tasks per day" });
  await expect(panel.locator(drawn)).toHaveCount(1);
  const colours = () => panel.locator(`${drawn} [fill^="rgb"]`).evaluateAll((all) =>
    [...new Set(all.map((one) => one.getAttribute("fill")))].sort());
  const before = await colours();
  expect(before.length).toBeGreaterThan(0);
  await page.locator("[data-theme-toggle]").click();
  await expect.poll(colours).not.toEqual(before);
  await expect(panel.locator(drawn), "drawn anew, not twice").toHaveCount(1);
  await checkAccessible(page);
});

test("leaving takes the charts away, coming back draws them once", async ({ page }) => {
  await open(page, history);
  await expect(page.locator(drawn).first()).toBeVisible();
  const main = page.getByRole("navigation", { name: "Main", exact: true });
  await main.getByRole("link", { name: "Sources" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sources");
  await expect(page.locator(drawn)).toHaveCount(0);
  await main.getByRole("link", { name: "History" }).click();
  const panel = page.getByRole("region", { name: "Completed tasks per day" });
  await expect(panel.locator(drawn)).toHaveCount(1);
  await expect(page.locator("script[data-charts]")).toHaveCount(1);
});

test("a chart that cannot be loaded opens its table and says so", async ({ page }) => {
  await page.route("**/echarts.*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await open(page, history);
  const panel = page.getByRole("region", { name: "Completed tasks per day" });
  await expect(panel.getByRole("status")).toContainText("could not be loaded");
  await expect(panel.locator("tbody tr").first()).toBeVisible();
});

test("the span is in the address, and survives a reload @phone", async ({ page }) => {
  await open(page, history);
  await page.getByRole("navigation", { name: "Span" }).getByRole("link", { name: "7 days" }).click();
  await expect(page).toHaveURL(`${history}?range=7d`);
  await expect(page.getByRole("region", { name: "Failed tasks per day" }).locator("tbody tr")).toHaveCount(7);
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("link", { name: "7 days" })).toHaveAttribute("aria-current", "true");
  await checkAccessible(page);
});

test.describe("a question that makes no sense", () => {
  test.use({ expectedMessages: [/400 \(Bad Request\)/] });

  test("a span that makes no sense is told, with a way on", async ({ page }) => {
    await open(page, `${history}?from=2026-11-20&to=2026-11-01`);
    await expect(page.getByRole("alert")).toContainText("must not be after");
    await page.getByRole("link", { name: "Show the last 30 days" }).click();
    await expect(page.getByRole("region", { name: "Completed tasks per day" })).toBeVisible();
  });
});

test("no page scrolls sideways at 320 px", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  for (const path of ["", "/digest"]) {
    await open(page, `${history}${path}`);
    await checkWidth(page);
  }
});

test("the digest leads from week to week @phone", async ({ page }) => {
  await open(page, history);
  await page.getByRole("link", { name: "Open digest" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Weekly digest");
  await expect(page.getByRole("region", { name: "Blocked now" })).toBeVisible();
  await checkAccessible(page);
  await checkWidth(page);
  await open(page, `${history}/digest?week=2026-W46`);
  await expect(page.getByRole("status").filter({ hasText: "This week is over" })).toContainText("is not kept");
  await expect(page.getByRole("region", { name: "Blocked now" })).toHaveCount(0);
  await page.getByRole("link", { name: "Week after" }).click();
  await expect(page).toHaveURL(/week=2026-W47/);
});
