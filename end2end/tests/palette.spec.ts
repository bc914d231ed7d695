// The command palette, the list of keys, and the keys that act on every page.

import { startLedger } from "./support/ledger";
import type { Server } from "./support/server";
import { checkAccessible, checkWidth, expect, open, test } from "./support/page";

let server: Server;
test.beforeAll(async () => {
  server = await startLedger();
});
test.afterAll(() => server?.stop());

test("the palette goes to what is typed, by keyboard alone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search or run a command" });
  await expect(field).toBeFocused();
  await field.pressSequentially("retent");
  const option = page.getByRole("option", { selected: true });
  await page.keyboard.press("ArrowUp");
  await expect(option).toContainText("Settings: Retention period");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/hermes\/settings\?section=retention$/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("tasks are found by their words, products by pieces of their names @phone", async ({ page }) => {
  const answer = await page.request.get(`${server.url}/api/v1/tasks?sort=title&perPage=1`);
  const { items } = (await answer.json()) as { items: { id: string; title: string }[] };
  const [task] = items;
  await open(page, `${server.url}/hermes/agents`);
  await page.getByRole("button", { name: "Search or run a command" }).click();
  const field = page.getByRole("combobox");
  await field.fill(task!.title);
  const found = page.getByRole("group", { name: "Tasks" }).getByRole("option").first();
  await expect(found).toContainText(task!.title);
  await found.click();
  await expect(page).toHaveURL(new RegExp(`/hermes/tasks/${encodeURIComponent(task!.id).replaceAll("%3A", ":")}$`));

  const products = await page.request.get(`${server.url}/api/v1/products?perPage=1`);
  const [product] = ((await products.json()) as { items: { name: string }[] }).items;
  await page.keyboard.press("Control+k");
  await expect(field, "what was typed before is gone").toHaveValue("");
  await field.fill(product!.name.toLowerCase());
  await page.getByRole("group", { name: "Go to" }).getByRole("option", { name: product!.name }).click();
  await expect(page).toHaveURL(/\/hermes\/products\//);
});

test("what is typed for the ledger goes on there", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("deploy & co");
  await page.getByRole("option", { name: /^Find tasks with/ }).click();
  await expect(page).toHaveURL(/\/hermes\/tasks\?q=deploy/);
  await expect(page.getByRole("searchbox", { name: "Search tasks" })).toHaveValue("deploy & co");
});

test("escape gives the focus back; a click beside closes", async ({ page }) => {
  await open(page, `${server.url}/hermes/products`);
  const button = page.getByRole("button", { name: "Search or run a command" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(button).toBeFocused();
  await button.click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.mouse.click(5, 5);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("single keys go to pages and show themselves, and can be switched off", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(page).toHaveURL(/\/hermes\/tasks$/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Search tasks" }).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

for (const scheme of ["dark", "light"] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });
    test("palette and keys are accessible @phone", async ({ page }) => {
      await open(page, `${server.url}/hermes`);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("re");
      await expect(page.getByRole("group", { name: "Tasks" })).toBeVisible();
      await checkAccessible(page);
      await checkWidth(page);
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
      await checkAccessible(page);
      await checkWidth(page);
    });
  });
}
