// Goes into tests/hermes.spec.ts.
test("what needs the founder is listed, and its count adds up @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
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
