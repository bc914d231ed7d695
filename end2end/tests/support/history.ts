// Random histories: what a server may be told of, in any order.

import type { Random } from "./network";
import type { Row, Teller } from "./telling";
import { now } from "./truth";

const statuses = ["queued", "running", "running", "blocked", "completed", "completed", "failed", "cancelled"];

/** Tells a few things. What has ended may go on again: telemetry is like that. */
export async function happen(random: Random, tell: Teller): Promise<void> {
  const rows = Array.from({ length: 1 + random.below(6) }, () => row(random));
  await tell.tasks(...rows);
  if (random.below(4) === 0) {
    const id = `prod_0${10 + random.below(10)}`;
    await tell.product({ id, name: `Product ${random.below(1000)}` });
  }
}

function row(random: Random): Row {
  const status = random.of(statuses);
  const ended = new Date(now.getTime() - random.below(20 * 60) * 60_000).toISOString();
  return {
    id: `t_chaos_${random.below(30)}`,
    title: `Chaos ${random.below(10_000)}`,
    productId: `prod_0${10 + random.below(10)}`,
    createdAt: new Date(now.getTime() - random.below(1000) * 1000).toISOString(),
    status,
    ...(["completed", "failed"].includes(status) ? { completedAt: ended, durationMs: random.below(600_000) } : {}),
    ...(status === "blocked" ? { blockerReason: "Needs approval to go on" } : {}),
    ...(status === "failed" ? { error: `Broke ${random.below(100)} times` } : {}),
  };
}
