// `/hermes/history` where no script runs: shapes, tables, links and the form.

import { expect, test } from "@playwright/test";
import { startServer, type Server } from "./support/server";
import { now, recording } from "./support/truth";

let server: Server;
let history: string;

test.beforeAll(async () => {
  server = await startServer({ args: ["--no-hermes-home"], env: { MISSION_CONTROL_NOW: now.toISOString() } });
  await server.run(["ingest", recording]);
  history = `${server.url}/hermes/history`;
});
test.afterAll(() => server?.stop());

test("each chart has its shape and its table", async ({ page }) => {
  await page.goto(history);
  const panel = page.getByRole("region", { name: "Completed tasks per day" });
  await expect(panel.getByRole("img")).toHaveAttribute("aria-label", /^Completed tasks per day: \d+ in 30 days/);
  await panel.getByText("View as table").click();
  await expect(panel.locator("tbody tr")).toHaveCount(30);
  await panel.locator("tbody a").last().click();
  await expect(page).toHaveURL(/\/hermes\/tasks\?status=completed&endedFrom=/);
});

test("the form asks for dates and a product by the address", async ({ page }) => {
  await page.goto(history);
  await page.getByLabel("From").fill("2026-11-10");
  await page.getByLabel("To").fill("2026-11-12");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/from=2026-11-10&to=2026-11-12/);
  await expect(page.getByLabel("From")).toHaveValue("2026-11-10");
  await expect(page.getByText("10 Nov – 12 Nov 2026")).toBeVisible();
});

test("the digest goes out as Markdown and JSON", async ({ page, request }) => {
  await page.goto(`${history}/digest`);
  const href = await page.getByRole("link", { name: "Markdown" }).getAttribute("href");
  const markdown = await request.get(`${server.url}${href}`);
  expect(markdown.headers()["content-type"]).toBe("text/markdown; charset=utf-8");
  expect(await markdown.text()).toMatch(/^# Hermes, week 2026-W47\n/);
});
