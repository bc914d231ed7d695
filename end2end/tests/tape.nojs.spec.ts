// The tape and the panels around it where no script runs: every bin is a link, every panel opens.

import { expect, test } from "@playwright/test";
import { startServer, type Server } from "./support/server";
import { now, recording } from "./support/truth";

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ env: { MISSION_CONTROL_NOW: now.toISOString() } });
  await server.run(["ingest", recording]);
});
test.afterAll(() => server?.stop());

test("every bin is a plain link to a list that exists", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  const bins = page.locator(".tape .bin");
  expect(await bins.count()).toBeGreaterThan(0);
  for (const bin of await bins.all()) {
    await expect(bin).not.toHaveAttribute("tabindex", /./);
    await expect(bin).toHaveAttribute("aria-label", /^[A-Z][a-z]{2} \d\d:\d\d to \d\d:\d\d: \d/);
    const href = (await bin.getAttribute("href")) ?? "";
    if (href.startsWith("#")) await expect(page.locator(href)).toHaveCount(1);
    else expect((await page.request.get(server.url + href)).status(), href).toBe(200);
  }
});

test("the first visit knows no absence, a later one tells it and keeps it", async ({ page, context }) => {
  await page.goto(`${server.url}/hermes`);
  await expect(page.locator(".tape-sum")).toContainText("Last 24 hours");
  const [first] = await context.cookies();
  expect(first).toMatchObject({ name: "hermes_visit", httpOnly: true, sameSite: "Lax" });
  const seconds = now.getTime() / 1000;
  expect(first?.value).toBe(`.${seconds}.${seconds}`);
  // As if the last view was nine hours ago.
  const then = seconds - 9 * 3600;
  await context.addCookies([{ name: "hermes_visit", value: `.${then}.${then}`, url: server.url }]);
  for (let view = 0; view < 2; view++) {
    await page.goto(`${server.url}/hermes`);
    await expect(page.locator(".tape-sum")).toContainText(/While you were away \d\d:\d\d – \d\d:\d\d/);
    await expect(page.locator(".tape-away")).toContainText("Away 9h");
  }
  const [cookie] = await context.cookies();
  expect(cookie?.value).toBe(`${then}.${seconds}.${seconds}`);
});

test("a server function is no visit, and a cookie that makes no sense is no absence", async ({ page, context }) => {
  const answer = await page.request.get(`${server.url}/api/ui/overview`);
  expect(answer.headers()["set-cookie"]).toBeUndefined();
  await context.addCookies([{ name: "hermes_visit", value: "9999999999.x.1", url: server.url }]);
  await page.goto(`${server.url}/hermes`);
  await expect(page.locator(".tape-sum")).toContainText("Last 24 hours");
});

test("what Hermes did is switched by links", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  const panel = page.getByRole("region", { name: "What Hermes did for me" });
  await expect(panel.getByRole("link", { name: "Today" })).toHaveAttribute("aria-current", "true");
  await panel.getByRole("link", { name: "30 days" }).click();
  await expect(page).toHaveURL(`${server.url}/hermes?did=month#did`);
  await expect(panel.getByRole("link", { name: "30 days" })).toHaveAttribute("aria-current", "true");
  await expect(panel.locator(".did-sum")).toContainText(/\d tasks? completed across \d+ products?/);
});

test("a score opens to its arithmetic", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  // Not every score is computed: some products tell their own.
  const score = page.locator(".problems .score").filter({ hasText: "(C + 1)" }).first();
  await score.locator("summary").click();
  await expect(score).toContainText("100 × (C + 1) ÷ (C + F + 1)");
  await score.getByRole("link", { name: /^Tasks of/ }).click();
  await expect(page).toHaveURL(/\/hermes\/tasks\?product=/);
});
