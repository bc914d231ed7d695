// `/hermes/audit` where no script runs: the forms are plain ones.

import { expect, test } from "@playwright/test";
import { decide } from "./support/decisions";
import { startServer, type Server } from "./support/server";

let server: Server;

test.beforeEach(async () => {
  server = await startServer({ args: ["--no-hermes-home"] });
});
test.afterEach(() => server?.stop());

test("a decision is taken back by a plain form, and the page tells it", async ({ page, request }) => {
  await decide(server, request, { item: "task:t_1", title: "Deploy the site", kind: "snoozed" });
  await page.goto(`${server.url}/hermes/audit`);
  const rows = page.getByRole("region", { name: "Decisions" }).getByRole("listitem");
  await expect(rows.first()).toContainText("until something changes");
  await page.getByRole("button", { name: "Undo: Deploy the site" }).click();
  await expect(page).toHaveURL(`${server.url}/hermes/audit?decided=2`);
  await expect(page.getByRole("status").filter({ hasText: "Undone" })).toContainText("Deploy the site");
  await expect(rows.first()).toContainText("took back no. 1");
  await expect(page.getByRole("button", { name: /^Undo/ })).toHaveCount(0);
});

test("the executive page tells what was just decided, with Undo", async ({ page, request }) => {
  const id = await decide(server, request, { item: "task:t_1", title: "Deploy the site", kind: "acknowledged" });
  await page.goto(`${server.url}/hermes?decided=${id}`);
  await page.getByRole("status").getByRole("button", { name: "Undo: Deploy the site" }).click();
  await expect(page).toHaveURL(`${server.url}/hermes?decided=2`);
  await expect(page.getByRole("status").filter({ hasText: "Undone" })).toHaveCount(1);
});

test("links lead to it, and to the same for programs", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Audit log");
  await page.getByRole("link", { name: "JSON" }).click();
  await expect(page.locator("body")).toContainText('"perPage":50');
});
