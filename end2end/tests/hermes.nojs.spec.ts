// The same pages where no script runs: everything is readable and every link works.

import { expect, test } from "@playwright/test";
import { startServer, type Server } from "./support/server";
import { now, recording, truth } from "./support/truth";

let server: Server;
let zone: string;

test.beforeAll(async () => {
  server = await startServer({ env: { MISSION_CONTROL_NOW: now.toISOString() } });
  await server.run(["ingest", recording]);
  const frame = (await (await fetch(`${server.url}/api/ui/frame`)).json()) as { zone: { name: string } };
  zone = frame.zone.name;
});
test.afterAll(() => server?.stop());

test("the figures are in the HTML", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  const wanted = truth(zone);
  const figures = [`Completed today: ${wanted.completedToday}`, `Blocked now: ${wanted.blocked}`];
  for (const name of figures) await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  const missions = page.getByRole("region", { name: "Active missions" });
  for (const title of wanted.runningTitles) await expect(missions.getByRole("link", { name: title })).toBeVisible();
  await expect(page.locator(".rail-foot")).toContainText(`SQLite, ${wanted.total} tasks`);
  await expect(page.locator(".pulse")).toHaveText(/as of \d\d:\d\d/);
});

test("the explanation opens", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  await page.getByText("How these figures are counted").click();
  await expect(page.getByText("Completed ÷ (completed + failed)")).toBeVisible();
});

test("no button is shown that needs a script", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  for (const button of await page.getByRole("button").all()) {
    const form = await button.evaluate((element: HTMLButtonElement) => ({
      type: element.type,
      method: element.form?.method,
      action: element.form?.getAttribute("action"),
    }));
    expect(form).toEqual({ type: "submit", method: "post", action: expect.stringMatching(/^\/api\/ui\/(decide|undo)$/) });
  }
});

test("links lead from page to page", async ({ page }) => {
  await page.goto(`${server.url}/`);
  await expect(page).toHaveURL(`${server.url}/hermes`);
  await page.getByRole("link", { name: /^Failed, 30 d/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tasks");
  await page.locator("summary", { hasText: "Export" }).click();
  const json = page.getByRole("link", { name: /^JSON/ });
  await expect(json).toHaveAttribute("href", "/api/v1/tasks/export?format=json&status=failed&sort=-completedAt");
});

test("an address without a page is a 404", async ({ page }) => {
  const answer = await page.goto(`${server.url}/hermes/nothing`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
});
