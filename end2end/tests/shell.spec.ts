// What stands around every page: navigation, theme, addresses.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, hydrated, open, test } from "./support/page";
import { now, recording } from "./support/truth";

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ env: { MISSION_CONTROL_NOW: now.toISOString() } });
  await server.run(["ingest", recording]);
});
test.afterAll(() => server?.stop());

const pages: { path: string; heading: string; title?: string }[] = [
  { path: "/hermes", heading: "Mission Control" },
  { path: "/hermes/tasks?status=failed&sort=-completedAt", heading: "Tasks" },
  { path: "/hermes/tasks/t_4a9e4eb72f", heading: "Task", title: "Remove dead dashboard code from Atlas Desk #199" },
  { path: "/hermes/products", heading: "Products" },
  { path: "/hermes/history", heading: "History" },
  { path: "/hermes/agents", heading: "Agents" },
  { path: "/hermes/settings", heading: "Settings" },
];

for (const { path, heading, title } of pages) {
  test(`${path} by its address @phone`, async ({ page }) => {
    const answer = await page.goto(server.url + path);
    expect(answer?.status()).toBe(200);
    await hydrated(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expect(page).toHaveTitle(`${title ?? heading} · Hermes Mission Control`);
    await checkWidth(page);
    await checkAccessible(page);
    for (const link of await page.locator("main a[rel=external]").all()) {
      const href = (await link.getAttribute("href")) ?? "";
      if (href.startsWith("/api/")) {
        const json = await page.request.get(server.url + href);
        expect(json.status(), href).toBe(200);
        expect(json.headers()["content-type"], href).toMatch(/^application\/(json|x-ndjson)/);
      }
    }
  });
}

test.describe("a fault in the client", () => {
  test.use({ expectedMessages: [/uncaught: unreachable/] });
  test("is said, and the page does not go on looking alive", async ({ page }) => {
    await open(page, `${server.url}/hermes/tasks`);
    const stopped = page.getByRole("alert").filter({ hasText: "This page has stopped" });
    await expect(stopped).toBeHidden();
    // What a panic of the client is to the browser.
    await page.evaluate(() => void setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); }));
    await expect(stopped).toBeVisible();
    await expect(page.locator(".pulse")).toBeHidden();
    await checkAccessible(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await checkWidth(page);
    await stopped.getByRole("link", { name: "Load it again" }).click();
    await hydrated(page);
    await expect(stopped).toBeHidden();
    await expect(page.locator(".pulse")).toBeVisible();
  });
});

test("/ leads to /hermes", async ({ page }) => {
  await open(page, `${server.url}/`);
  await expect(page).toHaveURL(`${server.url}/hermes`);
});

test.describe("an address without a page", () => {
  // The browser's own note of the status.
  test.use({ expectedMessages: [/status of 404/] });
  for (const path of ["/nothing", "/hermes/nothing", "/hermes/tasks/a/b"]) {
    test(`${path} is a 404 that leads back`, async ({ page }) => {
      const answer = await page.goto(server.url + path);
      expect(answer?.status()).toBe(404);
      await hydrated(page);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
      await checkAccessible(page);
      await page.getByRole("link", { name: "Go to Mission Control" }).click();
      await expect(page.getByRole("region", { name: "Hermes now" })).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mission Control");
    });
  }
});

test("the rail changes the page without a reload and tells screen readers", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const rail = page.getByRole("navigation", { name: "Main", exact: true });
  await rail.getByRole("link", { name: "Agents" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Agents");
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle("Agents · Hermes Mission Control");
  await expect(rail.getByRole("link", { name: "Agents" })).toHaveAttribute("aria-current", "page");
  await page.goBack();
  await expect(page.getByRole("region", { name: "Hermes now" })).toBeVisible();
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
});

test("every page can be reached on a phone @phone", async ({ page, viewport }) => {
  test.skip((viewport?.width ?? 0) > 720, "the tab bar is for small screens");
  await open(page, `${server.url}/hermes`);
  const tabs = page.getByRole("navigation", { name: "Main, small screens" });
  for (const link of await tabs.getByRole("link").all()) {
    const box = await link.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
  }
});

test("the sources can be reached from every page @phone", async ({ page, viewport }) => {
  await open(page, `${server.url}/hermes/history`);
  const small = (viewport?.width ?? 0) < 720;
  const place = small ? page.getByRole("contentinfo") : page.getByRole("navigation", { name: "Main", exact: true });
  const link = place.getByRole("link", { name: "Sources" });
  if (small) expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sources");
  await expect(link).toHaveAttribute("aria-current", "page");
});

test("the skip link leads past the navigation", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.activeElement?.closest("main") !== null);
  expect(inside).toBe(true);
});

test("the theme follows the system until it is chosen, and the choice stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, `${server.url}/hermes`);
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: "Switch theme" }).click();
  expect(await background()).toBe(dark);

  // What the first frame shows after a reload, before anything else ran.
  await page.addInitScript(() => {
    requestAnimationFrame(() => {
      Object.assign(window, { firstFrame: getComputedStyle(document.documentElement).backgroundColor });
    });
  });
  await page.reload();
  await hydrated(page);
  expect(await page.evaluate(() => (window as unknown as { firstFrame: string }).firstFrame)).toBe(dark);
  expect(await background()).toBe(dark);
  await page.getByRole("button", { name: "Switch theme" }).click();
  expect(await background()).toBe(light);
});

test("the theme is set before styles are asked for", async ({ request }) => {
  const html = await (await request.get(`${server.url}/hermes`)).text();
  const script = html.indexOf("hermes-theme");
  expect(script).toBeGreaterThan(0);
  expect(script).toBeLessThan(html.indexOf('rel="stylesheet"'));
});

test("the pulse says that the page is live, and loads it again", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const pulse = page.locator(".pulse");
  await expect(pulse).toHaveText(/^Live/);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await pulse.click();
  await expect.poll(() => page.evaluate(() => "sameDocument" in window)).toBe(false);
  await hydrated(page);
});

test("the rail says where the data is kept", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await expect(page.locator(".rail-foot")).toContainText("SQLite, 200 tasks");
});

test("no control does nothing: a button sends a form, or is one of those that scripts serve", async ({ page }) => {
  for (const { path } of pages) {
    await open(page, server.url + path);
    const idle = await page.locator("button").evaluateAll((buttons) =>
      (buttons as HTMLButtonElement[])
        .filter((button) => button.form === null && !button.matches("[data-theme-toggle], .cmdk, .copy *"))
        .map((button) => button.outerHTML),
    );
    expect(idle, path).toEqual([]);
  }
});
