// `/hermes/tasks` where no script runs: filters are a form, everything else is a link.

import { expect, test } from "@playwright/test";
import { checkRows, names, startLedger, tasks } from "./support/ledger";
import type { Server } from "./support/server";

let server: Server;

test.beforeAll(async () => {
  server = await startLedger();
});
test.afterAll(() => server?.stop());

test("a form filters, and keeps order, columns and page size", async ({ page }) => {
  await page.goto(`${server.url}/hermes/tasks?status=failed&sort=-durationMs&perPage=20&cols=task,status,duration`);
  await page.locator("summary", { hasText: "Priority" }).click();
  await page.getByRole("group", { name: "Priority" }).getByLabel(/^P1/).check();
  await page.getByRole("group", { name: "Priority" }).getByLabel(/^P2/).check();
  await page.getByRole("button", { name: "Apply" }).click();
  await checkRows(page, server, "status=failed&priority=P1,P2&sort=-durationMs&perPage=20");
  await expect(page.getByText("Priority is P1, P2")).toBeVisible();
  await expect(page.getByRole("columnheader")).toHaveCount(3);
});

test("a search is sent by Enter", async ({ page }) => {
  const [first] = (await tasks(server, "sort=title")).items;
  const word = first!.title.split(" ")[0]!;
  await page.goto(`${server.url}/hermes/tasks`);
  await page.getByRole("searchbox", { name: "Search tasks" }).fill(word);
  await page.keyboard.press("Enter");
  await checkRows(page, server, `q=${word}`);
});

test("heads, chips, pages, columns and rows are links", async ({ page }) => {
  await page.goto(`${server.url}/hermes/tasks?perPage=20`);
  await page.getByRole("columnheader", { name: "Duration" }).getByRole("link").click();
  await checkRows(page, server, "sort=-durationMs&perPage=20");
  await page.getByRole("group", { name: "Status" }).getByRole("link", { name: /^Completed/ }).click();
  await page.getByRole("link", { name: "Next page" }).click();
  await checkRows(page, server, "status=completed&sort=-durationMs&perPage=20&page=2");
  await page.getByRole("link", { name: /^Details of/ }).first().click();
  await expect(page.locator(".t-exp")).toContainText("Recent events");
  await page.locator("summary", { hasText: "Columns" }).click();
  await page.getByRole("group", { name: "Columns" }).getByRole("link", { name: /^Product/ }).click();
  await expect(page.getByRole("columnheader")).toHaveCount(13);
  await expect(page.locator(".t-exp"), "the row stays open").toHaveCount(1);
  const href = await names(page).first().getAttribute("href");
  await names(page).first().click();
  await expect(page).toHaveURL(new RegExp(`${href}$`));
});

test("a view is saved, renamed and deleted by plain forms", async ({ page }) => {
  await page.goto(`${server.url}/hermes/tasks?priority=P0`);
  await page.locator("summary", { hasText: "Save this view" }).click();
  await page.getByRole("textbox", { name: "Name of the view" }).fill("Urgent");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toContainText("Urgent");
  const tabs = page.getByRole("navigation", { name: "Views" });
  await expect(tabs.getByRole("link", { name: "Urgent" })).toHaveAttribute("aria-current", "page");
  await page.locator("summary", { hasText: "This view" }).click();
  await page.getByRole("textbox", { name: "Name of the view" }).fill("Very urgent");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(tabs.getByRole("link", { name: "Very urgent" })).toBeVisible();
  await page.locator("summary", { hasText: "This view" }).click();
  await page.getByRole("button", { name: /^Delete this view/ }).click();
  await expect(tabs.getByRole("link", { name: "Very urgent" })).toHaveCount(0);
});

test("a view whose name is taken is refused with the reason", async ({ page }) => {
  const save = async (query: string) => {
    await page.goto(`${server.url}/hermes/tasks?${query}`);
    await page.locator("summary", { hasText: "Save this view" }).click();
    await page.getByRole("textbox", { name: "Name of the view" }).fill("Twice");
    await page.getByRole("button", { name: "Save", exact: true }).click();
  };
  await save("priority=P2");
  await save("priority=P3");
  await expect(page.getByRole("alert")).toContainText("Another view has that name");
});
