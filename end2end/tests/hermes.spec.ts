// `/hermes` in the browser, over recorded telemetry.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, hydrated, open, test } from "./support/page";
import { now, recording, truth } from "./support/truth";

let server: Server;
let zone: string;

test.beforeAll(async () => {
  server = await startServer({ env: { MISSION_CONTROL_NOW: now.toISOString() } });
  const { code, stderr } = await server.run(["ingest", recording]);
  expect(code, stderr).toBe(0);
  const frame = (await (await fetch(`${server.url}/api/ui/frame`)).json()) as { zone: { name: string } };
  zone = frame.zone.name;
});
test.afterAll(() => server?.stop());

test("the figures equal the recording @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const wanted = truth(zone);
  const figure = (name: string) => page.getByRole("link", { name: new RegExp(`^${name}:`) });
  const shows = async (name: string, value: string) => {
    await expect(figure(name)).toHaveAttribute("aria-label", `${name}: ${value}`);
  };
  await shows("Completed today", String(wanted.completedToday));
  await shows("This week", String(wanted.completedThisWeek));
  await shows("Active now", String(wanted.running));
  await shows("Failed, 30 d", String(wanted.failed));
  await shows("Blocked now", String(wanted.blocked));
  await shows("Success rate, 30 d", `${wanted.successPercent.toFixed(1)} %`);
  await shows("Products, 7 d", `${wanted.touched} of ${wanted.products}`);
  const seconds = Math.floor(wanted.averageMs / 1000);
  const minutes = `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, "0")}s`;
  await shows("Average duration, 30 d", minutes);
  const missions = page.getByRole("region", { name: "Active missions" });
  for (const title of wanted.runningTitles) await expect(missions.getByRole("link", { name: title })).toBeVisible();
});

test("every figure leads to what it is made of", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const links = page.locator(".deck-kpis a, .deck-now a, .missions a");
  for (const link of await links.all()) {
    const href = (await link.getAttribute("href")) ?? "";
    if (href.startsWith("#")) {
      await expect(page.locator(href), href).toHaveCount(1);
    } else {
      const answer = await page.request.get(server.url + href);
      expect(answer.status(), href).toBe(200);
    }
  }
});

test("what needs the founder is listed, and its count adds up @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes?queue=all`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const answer = await page.request.get(`${server.url}/api/v1/overview`);
  const parts = (await answer.json()) as {
    overview: { founderAttentionCount: number };
    attention: { critical: number; high: number; medium: number; low: number };
  };
  const { critical, high, medium, low } = parts.attention;
  const listed = critical + high + medium + low;
  await expect(queue.locator(".q-item")).toHaveCount(listed);
  const label = `Needs you: ${parts.overview.founderAttentionCount}`;
  await expect(page.getByRole("link", { name: label, exact: true })).toHaveAttribute("href", "#attention");
  // Blocked tasks are worked out from the recording alone.
  const titles = await queue.locator(".queue .q-title").allTextContents();
  for (const title of truth(zone).blockedTitles) expect(titles).toContain(title);
});

test("a figure explains itself @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const explained = page.locator("#counted-success");
  await expect(explained).toBeHidden();
  await page.getByRole("link", { name: /^Success rate/ }).click();
  await expect(explained).toBeVisible();
  await expect(explained).toBeInViewport();
  await expect(explained).toContainText("Completed ÷ (completed + failed)");
});

test("times move on by themselves", async ({ page }) => {
  await page.clock.install();
  await open(page, `${server.url}/hermes`);
  const last = page.locator(".deck-cell time").first();
  const before = await last.textContent();
  await expect(last).toHaveAttribute("title", /^\d+ \w+ 2026, \d\d:\d\d:\d\d/);
  await page.clock.fastForward("02:00:00");
  await expect(last).not.toHaveText(before ?? "");
  await expect(page.locator(".pulse")).toHaveText(/^(Live|Reconnecting|Stale since \d\d:\d\d)/);
});

test("hard reload and a visit from another page show the same @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const deck = page.getByRole("region", { name: "Hermes now" });
  const first = await deck.innerText();
  await page.reload();
  await hydrated(page);
  expect(await deck.innerText()).toBe(first);
  await open(page, `${server.url}/hermes/tasks`);
  await page.getByRole("link", { name: /Mission Control|Control/ }).first().click();
  await expect(deck).toBeVisible();
  expect(await deck.innerText()).toBe(first);
});

for (const theme of ["light", "dark"] as const) {
  test(`accessible in ${theme} @phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `${server.url}/hermes`);
    await checkAccessible(page);
    await page.getByText("How these figures are counted").click();
    await checkAccessible(page);
  });
}

for (const width of [320, 390, 834, 1440]) {
  test(`fits ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, `${server.url}/hermes`);
    await checkWidth(page);
    await page.getByText("How these figures are counted").click();
    await checkWidth(page);
  });
}

test("text that telemetry tells is shown as text", async ({ page }) => {
  const title = "<img src=x onerror=alert(1)><script>alert(2)</script> \u202egpj.exe \u001b[31mred\u001b[0m";
  const task = {
    id: "t_hostile/../x?y#z",
    title,
    productId: "javascript:alert(3)",
    status: "running",
    priority: "P0",
    currentStep: "<b>bold</b>\n\tnext",
    assignedAgent: "<i>agent</i>",
    startedAt: "2026-11-20T08:50:00Z",
    createdAt: "2026-11-20T08:49:00Z",
  };
  const line = { id: "l_hostile", ts: "2026-11-20T08:59:00Z", kind: "task", task };
  const own = await startServer({ env: { MISSION_CONTROL_NOW: now.toISOString() } });
  try {
    const { code, stdout, stderr } = await own.run(["ingest", "-"], `${JSON.stringify(line)}\n`);
    expect(code, stdout + stderr).toBe(0);
    await open(page, `${own.url}/hermes`);
    const mission = page.locator(".m-item");
    await expect(mission).toHaveCount(1);
    await expect(mission.locator(".m-title")).toHaveText(
      "<img src=x onerror=alert(1)><script>alert(2)</script> gpj.exe red",
    );
    await expect(mission).toContainText("<b>bold</b> next");
    await expect(page.locator(".m-item img, .m-item script, .m-item b")).toHaveCount(0);
    for (const link of await page.locator("main a").all()) {
      expect(await link.evaluate((a: HTMLAnchorElement) => a.protocol)).toBe("http:");
    }
    await mission.locator(".m-title").click();
    await expect(page).toHaveURL(`${own.url}/hermes/tasks/t_hostile%2F..%2Fx%3Fy%23z`);
    await expect(page.getByRole("link", { name: "Task", exact: true })).toHaveAttribute(
      "href",
      "/api/v1/tasks/t_hostile%2F..%2Fx%3Fy%23z",
    );
    // The new page asks for its frame; the server must not go before it has answered.
    await page.waitForLoadState("networkidle");
  } finally {
    await own.stop();
  }
});

test.describe("when the server is gone", () => {
  test.use({ expectedMessages: [/Failed to load resource/] });
  test("the page says what failed and what to do", async ({ page }) => {
    await open(page, `${server.url}/hermes/agents`);
    await page.route("**/api/ui/**", (route) => route.abort());
    await page.getByRole("link", { name: "Mission Control", exact: true }).first().click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("The overview did not load");
    await expect(alert).toContainText("ERR-CONNECTION");
    await expect(page.locator(".pulse")).toHaveText("not answering");
    await page.unroute("**/api/ui/**");
    await alert.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByRole("region", { name: "Hermes now" })).toBeVisible();
  });
});
