// `/hermes/tasks`: every task, searched, filtered and sorted, with all of its state in the address.

import type { Page } from "@playwright/test";
import { checkRows, names, startLedger, tasks } from "./support/ledger";
import { startServer, type Server } from "./support/server";
import { checkAccessible, checkMarked, checkWidth, expect, hydrated, markDocument, open, symbols, test } from "./support/page";

let server: Server;

test.beforeAll(async () => {
  server = await startLedger();
});
test.afterAll(() => server?.stop());

const url = (query = "") => `${server.url}/hermes/tasks${query && `?${query}`}`;

test("the rows are the newest tasks, with their count @phone", async ({ page }) => {
  await open(page, url());
  await expect(page).toHaveTitle("Tasks · Hermes Mission Control");
  await checkRows(page, server, "");
  await checkWidth(page);
});

test("filters are asked for at once, stay in the address, and survive reload, back and forward", async ({ page }) => {
  await open(page, url());
  await markDocument(page);
  const chips = page.getByRole("group", { name: "Status" });
  await chips.getByRole("link", { name: /^Failed/ }).click();
  await expect(page).toHaveURL(/\?status=failed$/);
  await checkRows(page, server, "status=failed");
  await page.locator("summary", { hasText: "Priority" }).click();
  await page.getByRole("group", { name: "Priority" }).getByLabel(/^P1/).check();
  await expect(page).toHaveURL(/status=failed&priority=P1/);
  await checkRows(page, server, "status=failed&priority=P1");
  await expect(page.getByText("Priority is P1")).toBeVisible();
  await checkMarked(page);

  await page.reload();
  await hydrated(page);
  await checkRows(page, server, "status=failed&priority=P1");
  await page.goBack();
  await expect(page).toHaveURL(/\?status=failed$/);
  await checkRows(page, server, "status=failed");
  await page.goForward();
  await checkRows(page, server, "status=failed&priority=P1");
  await page.getByRole("link", { name: "Remove: Priority is P1" }).click();
  await checkRows(page, server, "status=failed");
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(page).toHaveURL(/\/hermes\/tasks$/);
  await checkRows(page, server, "");
});

test("what is typed is searched for after a moment, and the way back knows no single letter", async ({ page }) => {
  const [first] = (await tasks(server, "sort=title")).items;
  const word = first!.title.split(" ")[0]!.toLowerCase();
  await open(page, url());
  const search = page.getByRole("searchbox", { name: "Search tasks" });
  await search.pressSequentially(word, { delay: 20 });
  await expect(page).toHaveURL(new RegExp(`q=${word}$`));
  await checkRows(page, server, `q=${word}`);
  await expect(search).toBeFocused();
  await expect(search).toHaveValue(word);
  await page.getByRole("link", { name: "Search descriptions, events and logs too" }).click();
  await expect(page).toHaveURL(/in=everything/);
  await checkRows(page, server, `q=${word}&in=everything`);
  await page.goBack();
  await checkRows(page, server, `q=${word}`);
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(search).toHaveValue("");
});

test("a head sorts descending, ascending and off; with the shift key it is added", async ({ page }) => {
  await open(page, url());
  const head = (name: string) => page.getByRole("columnheader", { name }).getByRole("link");
  await head("Duration").click();
  await expect(page).toHaveURL(/sort=-durationMs$/);
  await checkRows(page, server, "sort=-durationMs");
  await expect(page.getByRole("columnheader", { name: "Duration" })).toHaveAttribute("aria-sort", "descending");
  await head("Duration").click();
  await checkRows(page, server, "sort=durationMs");
  await head("Priority").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/sort=durationMs%2C-priority$/);
  await checkRows(page, server, "sort=durationMs,-priority");
  await head("Duration").click({ modifiers: ["Shift"] });
  await checkRows(page, server, "sort=-priority");
  await head("Priority").click();
  await head("Priority").click();
  await expect(page).toHaveURL(/\/hermes\/tasks$/);
});

test("pages and their sizes are links @phone", async ({ page }) => {
  const { total } = await tasks(server, "");
  await open(page, url());
  await page.getByRole("group", { name: "Rows a page" }).getByRole("link", { name: "20", exact: true }).click();
  await expect(page.locator(".t-foot")).toContainText(`1 – 20 of ${total}`);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/page=2&perPage=20/);
  await expect(page.locator(".t-foot")).toContainText(`21 – 40 of ${total}`);
  await checkRows(page, server, "page=2&perPage=20");
  await open(page, url("page=999"));
  await page.getByRole("link", { name: "The first page" }).click();
  await checkRows(page, server, "");
});

test("rows are filled again where another question is answered, and are then as if they had been made for it", async ({ page }) => {
  // Elements with their attributes and texts: neither the order of attributes nor what marks a place for the client is shown.
  const shown = async (page: Page) => {
    const markup = await page.locator("tr.t-card").evaluateAll((rows) => {
      const told = (node: Node): string => {
        if (!(node instanceof Element)) return node instanceof Text ? node.data : "";
        const attributes = Array.from(node.attributes, ({ name, value }) => ` ${name}=${value}`).toSorted();
        // The words of a time go on while the pages are open; its moment stands in its attributes.
        const within = node.localName === "time" ? [] : Array.from(node.childNodes, told);
        return `<${node.localName}${attributes.join("")}>${within.join("")}`;
      };
      return rows.map(told);
    });
    return markup.map(symbols);
  };
  await open(page, url("perPage=20"));
  await page.locator("tr.t-card").evaluateAll((rows) => rows.forEach((row) => Object.assign(row, { kept: true })));
  const steps: [() => Promise<void>, string][] = [
    [() => page.getByRole("columnheader", { name: "Duration" }).getByRole("link").click(), "perPage=20&sort=-durationMs"],
    [() => page.getByRole("link", { name: "Next page" }).click(), "perPage=20&sort=-durationMs&page=2"],
    [() => page.getByRole("group", { name: "Status" }).getByRole("link", { name: /^Blocked/ }).click(), "perPage=20&sort=-durationMs&status=blocked"],
  ];
  for (const [step, query] of steps) {
    await step();
    await checkRows(page, server, query);
    const kept = page.locator("tr.t-card").evaluateAll((rows) => rows.filter((row) => "kept" in row).length);
    expect(await kept, "no row was made").toBe((await tasks(server, query)).items.length);
    const fresh = await page.context().newPage();
    await open(fresh, page.url());
    const made = await shown(fresh);
    await expect.poll(() => shown(page)).toEqual(made);
    await fresh.close();
  }
});

for (const moment of ["before the frame", "while it is painted"]) {
  test(`who clicks or presses a key ${moment} is led where the words say`, async ({ page }) => {
    const failed = page.getByRole("group", { name: "Status" }).getByRole("link", { name: /^Failed/ });
    const blocked = page.getByRole("group", { name: "Status" }).getByRole("link", { name: /^Blocked/ });
    const { items: all } = await tasks(server, "");
    const { items } = await tasks(server, "status=failed");
    const second = names(page).nth(1);
    const led = (task?: { id: string }) => `/hermes/tasks/${encodeURIComponent(task?.id ?? "")}`;
    const ways: [() => Promise<void>, string][] = [
      [() => second.click(), led(items[1])],
      [() => second.press("Enter"), led(items[1])],
      [() => blocked.click(), "status=blocked,failed"],
    ];
    for (const [follow, to] of ways) {
      await open(page, url());
      // From now on no frame comes, or nothing comes after one: what waits for that is not done by itself.
      await page.evaluate((isBefore) => {
        const { setTimeout } = window;
        if (isBefore) window.requestAnimationFrame = () => 0;
        const never = isBefore ? 1_000 : 0;
        Object.assign(window, { setTimeout: (what: () => void, ms = 0) => (ms === never ? 0 : setTimeout(what, ms)) });
      }, moment === "before the frame");
      await failed.click();
      await expect(names(page)).toHaveText(items.map((task) => task.title));
      await expect(second, "where it leads is told when it is painted").toHaveAttribute("href", led(all[1]));
      await follow();
      await expect.poll(() => decodeURIComponent(page.url())).toMatch(new RegExp(`${decodeURIComponent(to)}$`));
    }
  });
}

test("a page that is left stands out of sight until the next one is painted, and asks for nothing any more", async ({ page }) => {
  await open(page, url());
  await page.locator("summary", { hasText: "Created" }).click();
  // From now on nothing is painted, and a date that waits for its next digit waits until it is told to go on.
  await page.evaluate(() => {
    const { setTimeout } = window;
    window.requestAnimationFrame = () => 0;
    const later = (what: () => void, ms = 0) => {
      if (ms === 700) Object.assign(window, { goOn: what });
      return ms === 700 || ms === 1_000 ? 0 : setTimeout(what, ms);
    };
    Object.assign(window, { setTimeout: later });
  });
  await page.locator(".f-dates input[name=from]").fill("2026-11-10");
  await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Products" }).click();
  const search = page.getByRole("searchbox", { name: "Search tasks", includeHidden: true });
  await expect(page.getByRole("searchbox", { name: "Search products" })).toBeVisible();
  await expect(search, "it still stands").toHaveCount(1);
  await expect(search).toBeHidden();
  await page.evaluate(() => (window as unknown as { goOn: () => void }).goOn());
  await page.getByRole("searchbox", { name: "Search products" }).click();
  await expect(search, "who clicks finds it gone").toHaveCount(0);
  await expect(page).toHaveURL(/\/hermes\/products$/);
});

test("columns are chosen in a menu and stay in the address", async ({ page }) => {
  await open(page, url());
  await expect(page.getByRole("columnheader")).toHaveCount(14);
  await page.locator("summary", { hasText: "Columns" }).click();
  const menu = page.getByRole("group", { name: "Columns" });
  await menu.getByRole("link", { name: /^Retries/ }).click();
  await expect(page.getByRole("columnheader")).toHaveCount(13);
  await expect(menu, "the menu stays open").toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("columnheader", { name: "Retries" })).toHaveCount(0);
  await page.locator("summary", { hasText: "Columns" }).click();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await page.locator("summary", { hasText: "Columns" }).click();
  await page.getByRole("link", { name: "Reset to default" }).click();
  await expect(page.getByRole("columnheader")).toHaveCount(14);
});

test("a row opens in place, one at a time, and a click elsewhere on it opens the task", async ({ page }) => {
  await open(page, url("status=failed"));
  const openers = page.getByRole("link", { name: /^Details of/ });
  await openers.first().click();
  await expect(page).toHaveURL(/open=/);
  await expect(page.locator(".t-exp")).toContainText("Recent events");
  await expect(page.locator(".t-exp .mini-tl li").first()).toBeVisible();
  await openers.nth(1).click();
  await expect(page.locator(".t-exp")).toHaveCount(1);
  await expect(openers.nth(1)).toHaveAttribute("aria-expanded", "true");
  await page.reload();
  await hydrated(page);
  await expect(page.locator(".t-exp")).toHaveCount(1);
  await openers.nth(1).click();
  await expect(page.locator(".t-exp")).toHaveCount(0);
  const href = await names(page).first().getAttribute("href");
  await page.locator("tr.t-card [data-col=status]").first().click();
  await expect(page).toHaveURL(new RegExp(`${href}$`));
});

test("where the address goes on to name it, a row is open at its new place, and the focus stays", async ({ page }) => {
  const found = await tasks(server, "status=failed&sort=title");
  const task = found.items[3]!;
  await open(page, url(`open=${encodeURIComponent(task.id)}&status=failed`));
  const opened = page.locator("tr.t-card[data-open]");
  const link = opened.locator("a.cell-main");
  const excerpt = page.locator(".t-exp");
  await expect(link).toHaveAttribute("href", `/hermes/tasks/${encodeURIComponent(task.id)}`);
  await expect(excerpt).toContainText("Recent events");
  const events = await excerpt.locator(".mini-tl li").count();
  const head = page.getByRole("columnheader", { name: "Task" }).getByRole("link");
  await head.focus();
  await page.evaluate((href) => {
    const link = Object.assign(document.createElement("a"), { href });
    document.querySelector("main")?.append(link);
    link.click();
    link.remove();
  }, `/hermes/tasks?status=failed&sort=title&open=${encodeURIComponent(task.id)}`);
  await expect(page).toHaveURL(/sort=title/);
  await checkRows(page, server, "status=failed&sort=title");
  await expect(head).toBeFocused();
  await expect(link).toHaveAttribute("href", `/hermes/tasks/${encodeURIComponent(task.id)}`);
  await expect(page.locator("tr.t-card").nth(3), "it stands where it is now").toHaveAttribute("data-open", "");
  await expect(excerpt).toHaveCount(1);
  await expect(excerpt.locator(".mini-tl li")).toHaveCount(events);
});

test("the exports hold exactly what is filtered", async ({ page, request }) => {
  const wanted = await tasks(server, "status=failed&sort=title&perPage=100");
  await open(page, url("status=failed&sort=title"));
  await page.locator("summary", { hasText: "Export" }).click();
  const href = await page.getByRole("link", { name: /^JSON/ }).getAttribute("href");
  const json = (await (await request.get(`${server.url}${href}`)).json()) as { id: string }[];
  expect(json.map((task) => task.id)).toEqual(wanted.items.map((task) => task.id));
  const native = await page.getByRole("link", { name: /^Native JSONL/ }).getAttribute("href");
  const lines = (await (await request.get(`${server.url}${native}`)).text()).trim().split("\n");
  const told = lines.map((line) => JSON.parse(line) as { kind: string; task?: { id: string } });
  const ids = new Set(told.flatMap((line) => (line.kind === "task" && line.task ? [line.task.id] : [])));
  expect([...ids].sort()).toEqual(wanted.items.map((task) => task.id).sort());
});

test("a view is saved, shown, renamed and deleted without leaving the page", async ({ page }) => {
  const own = await startLedger();
  try {
    await open(page, `${own.url}/hermes/tasks?priority=P1&sort=title`);
    await page.locator("summary", { hasText: "Save this view" }).click();
    await page.getByRole("textbox", { name: "Name of the view" }).fill("Urgent <b>by name</b>");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "Saved" })).toContainText("Urgent <b>by name</b>");
    const tabs = page.getByRole("navigation", { name: "Views" });
    const tab = tabs.getByRole("link", { name: "Urgent <b>by name</b>" });
    await expect(tab).toHaveAttribute("aria-current", "page");
    const rail = page.getByRole("navigation", { name: "Main" }).getByRole("group", { name: "Saved views" });
    await expect(rail.getByRole("link")).toHaveText("Urgent <b>by name</b>");
    await tabs.getByRole("link", { name: /^All tasks/ }).click();
    await checkRows(page, own, "");
    await tab.click();
    await checkRows(page, own, "priority=P1&sort=title");
    await page.locator("summary", { hasText: "This view" }).click();
    await page.getByRole("textbox", { name: "Name of the view" }).fill("By name");
    await page.getByRole("button", { name: "Rename" }).click();
    await expect(tabs.getByRole("link", { name: "By name", exact: true })).toHaveAttribute("aria-current", "page");
    await page.reload();
    await hydrated(page);
    await page.locator("summary", { hasText: "This view" }).click();
    await page.getByRole("button", { name: /^Delete this view/ }).click();
    await expect(tabs.getByRole("link", { name: "By name" })).toHaveCount(0);
    await expect(rail, "what is deleted is gone from the rail, too").toHaveCount(0);
  } finally {
    await own.stop();
  }
});

test("E opens the menu of files", async ({ page }) => {
  await open(page, url());
  await page.keyboard.press("e");
  await expect(page.getByRole("link", { name: /^JSON/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: /^JSON/ })).toBeHidden();
});

test("the keyboard alone is enough", async ({ page }) => {
  await open(page, url());
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Search tasks" });
  await expect(search).toBeFocused();
  await page.keyboard.press("j");
  await expect(search, "a letter in a field is a letter").toHaveValue("j");
  await page.keyboard.press("Backspace");
  await expect(page).toHaveURL(/\/hermes\/tasks$/);
  await search.blur();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(names(page).nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(names(page).first()).toBeFocused();
  await page.keyboard.press("x");
  await expect(page.locator(".t-exp")).toHaveCount(1);
  await expect(names(page).first(), "the focus stays").toBeFocused();
  const href = await names(page).first().getAttribute("href");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${href}$`));
});

test("on a phone tasks are cards and filters a sheet @phone", async ({ page }, info) => {
  test.skip(info.project.name !== "phone", "the sheet is for small screens");
  await open(page, url());
  await expect(page.getByRole("columnheader").first()).not.toBeInViewport();
  const sheet = page.locator("#filters");
  await expect(sheet).toBeHidden();
  await page.getByRole("button", { name: "Filters" }).click();
  await expect(sheet).toBeVisible();
  await page.locator("summary", { hasText: "Priority" }).click();
  await page.getByRole("group", { name: "Priority" }).getByLabel(/^P0/).check();
  await expect(page).toHaveURL(/priority=P0/);
  await expect(sheet, "it stays for the next choice").toBeVisible();
  await checkAccessible(page);
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: "Filters 1" })).toBeVisible();
  await checkRows(page, server, "priority=P0");
  await checkWidth(page);
});

test.describe("an address that asks for what does not exist", () => {
  test.use({ expectedMessages: [/Failed to load resource/] });
  test("names the field and is left by a link", async ({ page }) => {
    await open(page, url("status=exploded&priority=P0"));
    await expect(page.getByRole("alert")).toContainText("status");
    await expect(page.getByRole("alert")).toContainText("exploded");
    await page.getByRole("link", { name: "Leave status out" }).click();
    await checkRows(page, server, "priority=P0");
  });

  test("a server that is gone is told, and what is shown stays until then", async ({ page }) => {
    // A ledger that is held needs no server.
    await page.route("**/api/v1/mirror**", (route) => route.abort());
    await open(page, url());
    await page.route("**/api/ui/tasks**", (route) => route.abort());
    await page.getByRole("group", { name: "Status" }).getByRole("link", { name: /^Failed/ }).click();
    await expect(page.getByRole("alert")).toContainText("The list of tasks did not load");
  });
});

test("none that match is not none at all @phone", async ({ page }) => {
  await open(page, url("q=zzzznothing&status=failed"));
  await expect(page.getByRole("region", { name: "Tasks", exact: true })).toContainText("No task matches");
  await checkAccessible(page);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await checkRows(page, server, "");
  const empty = await startServer({ args: ["--no-hermes-home"] });
  try {
    await open(page, `${empty.url}/hermes/tasks`);
    await expect(page.getByRole("region", { name: "Tasks", exact: true })).toContainText("No tasks yet");
    await checkAccessible(page);
  } finally {
    await empty.stop();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible and 320 px wide in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const [failed] = (await tasks(server, "status=failed")).items;
    for (const width of [320, 834, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await open(page, url(`status=failed&q=a&from=2026-01-01&open=${encodeURIComponent(failed!.id)}`));
      const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(scrolled, `at ${width} px`).toBe(0);
      await checkAccessible(page);
    }
  });
}
