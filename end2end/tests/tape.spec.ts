// The tape, the health of the products, what Hermes did and what is scheduled, where scripts run.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, open, test } from "./support/page";
import { now, recording, truth } from "./support/truth";

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ env: { MISSION_CONTROL_NOW: now.toISOString() } });
  const { code, stderr } = await server.run(["ingest", recording]);
  expect(code, stderr).toBe(0);
});
test.afterAll(() => server?.stop());

test("the track is one tab stop, and the keys move along it", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const bins = page.locator(".tape .bin");
  const count = await bins.count();
  await expect(page.locator('.bin[tabindex="0"]')).toHaveCount(1);
  await expect(page.locator('.bin[tabindex="-1"]')).toHaveCount(count - 1);
  await page.locator('.bin[tabindex="0"]').focus();
  await page.keyboard.press("Home");
  await expect(bins.first()).toBeFocused();
  await expect(bins.first().locator(".tip")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(bins.first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(bins.nth(1)).toBeFocused();
  await expect(page.locator('.bin[tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press("End");
  const column = await page.evaluate(() => getComputedStyle(document.activeElement!).getPropertyValue("--c"));
  expect(Number(column)).toBeLessThanOrEqual(144);
  await page.keyboard.press("Tab");
  await expect(page.locator(".bin:focus")).toHaveCount(0);
});

test("Enter opens the bin's list", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const bin = page.locator('.bin[href^="/hermes/tasks"]').first();
  const href = (await bin.getAttribute("href")) ?? "";
  await bin.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(server.url + href);
});

test("Home leads to the last visit", async ({ page, context }) => {
  const seconds = now.getTime() / 1000;
  const then = seconds - 6 * 3600;
  await context.addCookies([{ name: "hermes_visit", value: `.${then}.${then}`, url: server.url }]);
  await open(page, `${server.url}/hermes`);
  await page.locator('.bin[tabindex="0"]').focus();
  await page.keyboard.press("Home");
  const place = () => page.evaluate(() => Number(getComputedStyle(document.activeElement!).getPropertyValue("--c")));
  const from = Number(await page.locator(".tape-away").evaluate((away) => getComputedStyle(away).getPropertyValue("--from")));
  expect(await place()).toBeGreaterThanOrEqual(from);
});

test("switching what Hermes did loads nothing and does not jump", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const panel = page.getByRole("region", { name: "What Hermes did for me" });
  const month = panel.getByRole("link", { name: "30 days" });
  await month.scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
  const before = await page.evaluate(() => scrollY);
  const asked: string[] = [];
  // The icon of the tab is the browser's own errand.
  page.on("request", (request) => request.url().endsWith("/favicon.svg") || asked.push(request.url()));
  await month.click();
  await expect(month).toHaveAttribute("aria-current", "true");
  await expect(page).toHaveURL(`${server.url}/hermes?did=month`);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  expect(asked).toEqual([]);
  await page.goBack();
  await expect(panel.getByRole("link", { name: "Today" })).toHaveAttribute("aria-current", "true");
});

test("every product has a cell that leads to it", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const cells = page.locator(".heat .cell");
  expect(await cells.count()).toBe(truth("UTC").products);
  for (const cell of await cells.all()) {
    await expect(cell).toHaveAttribute("href", /^\/hermes\/products\/./);
    await expect(cell).toHaveAttribute("aria-label", /health|no score/);
  }
});

for (const theme of ["light", "dark"] as const) {
  test(`the panels are accessible in ${theme} @phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `${server.url}/hermes?did=month`);
    await checkAccessible(page);
    await page.locator(".problems .score summary").first().click();
    await checkAccessible(page);
  });
}

for (const width of [320, 390, 834, 1440]) {
  test(`the panels fit ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, `${server.url}/hermes?did=month`);
    await checkWidth(page);
    await page.locator(".problems .score summary").first().click();
    await checkWidth(page);
  });
}
