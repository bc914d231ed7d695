// `/hermes/settings`: what the founder decides, section by section.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkMarked, checkWidth, expect, hydrated, markDocument, open, test } from "./support/page";

const sections = [
  "general",
  "products",
  "categories",
  "priorities",
  "notifications",
  "retries",
  "approvals",
  "retention",
  "transfer",
  "demo",
];

let server: Server;

test.beforeEach(async () => {
  server = await startServer({ args: ["--no-hermes-home"] });
});
test.afterEach(() => server?.stop());

test("every section is there by link, after a reload, and by keyboard @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/settings`);
  await expect(page).toHaveTitle("Settings · Hermes Mission Control");
  const nav = page.getByRole("navigation", { name: "Settings" });
  await nav.getByRole("link", { name: "Approval thresholds" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Approval thresholds" })).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(nav.getByRole("link", { name: "Approval thresholds" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("switch", { name: "Production deploy" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("switch", { name: "Production deploy" })).not.toBeChecked();
  await checkWidth(page);
});

test.describe("forms that are refused", () => {
// The browser may ask what a page wants last of a server that has just ended.
test.use({ expectedMessages: [/422|net::ERR_CONNECTION_REFUSED/] });

test("what a form would do is told while it is filled in", async ({ page }) => {
  await server.run(["ingest", "mock-data/native/events-S.jsonl.gz"]);
  await open(page, `${server.url}/hermes/settings?section=notifications`);
  await expect(page.getByText("No unsaved changes")).toBeVisible();
  await page.getByRole("switch", { name: "Failed" }).uncheck();
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
  await page.getByLabel("Quiet from").fill("25:00");
  await page.getByLabel("Quiet until").focus();
  await expect(page.getByText(/to mend/)).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).last().click();
  await expect(page.getByText("25:00 is not a time. Use 00:00 to 23:59.")).toBeVisible();
  await hydrated(page);
});

test("a form that is overtaken says so, and loses nothing", async ({ page, request }) => {
  await open(page, `${server.url}/hermes/settings`);
  await page.getByLabel("Recently", { exact: true }).fill("9");
  const headers = { "sec-fetch-site": "same-origin", "if-match": '"0"' };
  const put = await request.put(`${server.url}/api/v1/settings`, { headers, data: { rules: { rateDays: 60 } } });
  expect(put.status()).toBe(200);
  await expect(page.getByRole("alert")).toContainText("Version 1 was stored elsewhere.");
  await expect(page.getByLabel("Recently", { exact: true })).toHaveValue("9");
  await checkAccessible(page);
  await page.getByRole("button", { name: "Save changes" }).last().click();
  await expect(page.getByRole("alert").filter({ hasText: "version 1 came in between" })).toContainText("rules.rateDays");
  await expect(page.getByLabel("Recently", { exact: true })).toHaveValue("9");
  await page.getByRole("button", { name: "Save changes" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "Saved as version 2" })).toBeVisible();
});

});

test.describe("with a demo that ends", () => {
  // The browser may ask a page's icon of a server that has just ended.
  test.use({ expectedMessages: [/Failed to load resource: net::ERR_/] });
  test("demo data is shown beside one's own, and ended", async ({ page }) => {
    await open(page, `${server.url}/hermes/settings?section=demo`);
    await page.getByRole("button", { name: "Load demo data" }).click();
    const link = page.getByRole("link", { name: "Open the demo data" });
    await expect(link).toBeVisible({ timeout: 30_000 });
    const url = (await link.getAttribute("href")) ?? "";
    await page.goto(url);
    await expect(page.locator(".demo-badge")).toBeVisible();
    await page.goto(`${server.url}/hermes/settings?section=demo`);
    await page.getByRole("button", { name: "End the demo" }).click();
    await expect(page.getByRole("button", { name: "Load demo data" })).toBeVisible();
  });
});

test("a form that nobody writes in follows what is stored elsewhere", async ({ page, context }) => {
  await open(page, `${server.url}/hermes/settings`);
  const other = await context.newPage();
  await open(other, `${server.url}/hermes/settings`);
  await other.getByLabel("Recently", { exact: true }).fill("9");
  await other.getByRole("button", { name: "Save changes" }).last().click();
  await expect(other.getByRole("status").filter({ hasText: "Saved as version 1" })).toBeVisible();
  await page.bringToFront();
  await expect(page.getByLabel("Recently", { exact: true })).toHaveValue("9");
  await expect(page.getByText("Version 1", { exact: true })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a section is saved and undone without leaving the page, by keyboard alone", async ({ page }) => {
  await open(page, `${server.url}/hermes/settings`);
  await markDocument(page);
  let answer = (): void => {};
  const held = new Promise<void>((done) => (answer = done));
  let sent = 0;
  await page.route(/hermes\/settings\?section=general$/, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    sent += 1;
    await held;
    await route.continue();
  });
  await page.getByLabel("Recently", { exact: true }).fill("9");
  await page.keyboard.press("Enter");
  await expect(page.locator(".savebar")).toContainText("Saving");
  await page.keyboard.press("Enter");
  await checkAccessible(page);
  answer();
  await expect(page).toHaveURL(/saved=1$/);
  await expect(page.getByRole("status").filter({ hasText: "Saved as version 1" })).toBeVisible();
  expect(sent).toBe(1);
  await page.getByRole("button", { name: "Undo: version 0" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Recently", { exact: true })).toHaveValue("7");
  await expect(page).toHaveURL(/saved=2$/);
  await checkMarked(page);
});

test.describe("where the server fails", () => {
  test.use({ expectedMessages: [/Failed to load resource/] });
  test("nothing is saved, what was written stays, and it can be tried again", async ({ page }) => {
    await open(page, `${server.url}/hermes/settings`);
    await page.route(/hermes\/settings\?section=general$/, (route) =>
      route.request().method() === "POST" ? route.fulfill({ status: 500, body: "no" }) : route.fallback(),
    );
    await page.getByLabel("Recently", { exact: true }).fill("9");
    await page.getByRole("button", { name: "Save changes" }).last().click();
    await expect(page.getByRole("alert")).toContainText("No answer: the server answered with 500");
    await expect(page.getByLabel("Recently", { exact: true })).toHaveValue("9");
    await checkAccessible(page);
    await page.unroute(/hermes\/settings\?section=general$/);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Saved as version 1" })).toBeVisible();
  });
});

test.describe("with refused forms", () => {
  test.use({ expectedMessages: [/422/] });
  test("what is wrong is told at its field, without leaving the page", async ({ page }) => {
    await open(page, `${server.url}/hermes/settings`);
    await page.getByLabel("Time zone").fill("Mars/Olympus");
    await page.getByRole("button", { name: "Save changes" }).last().click();
    await expect(page.getByText("Mars/Olympus is no time zone", { exact: false })).toBeVisible();
    await expect(page.getByLabel("Time zone")).toHaveValue("Mars/Olympus");
    await expect(page.getByLabel("Time zone"), "it leads to what is to be mended").toBeFocused();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible and 320 px wide in ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const section of sections) {
      await page.setViewportSize({ width: 320, height: 800 });
      await open(page, `${server.url}/hermes/settings?section=${section}`);
      await checkWidth(page);
      await checkAccessible(page);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await checkWidth(page);
  });
}
