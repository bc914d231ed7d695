// The pages that there are, for tools that look at each of them.

import type { Server } from "../tests/support/server";

export interface Page {
  /** What it is called in file names and tables. */
  name: string;
  path: string;
}

/** Every page with data on it. Those of one task, product or agent show the first that the server knows. */
export async function pages(server: Server): Promise<Page[]> {
  const first = async (list: string): Promise<Record<string, string>> => {
    const answer = await fetch(`${server.url}/api/v1/${list}`);
    const { items } = (await answer.json()) as { items: Record<string, string>[] };
    const [item] = items;
    if (item === undefined) throw new Error(`${list}: the server has none`);
    return item;
  };
  const [task, product, agent] = await Promise.all([
    first("tasks?status=failed&perPage=1"),
    first("products?perPage=1"),
    first("agents?perPage=1"),
  ]);
  const under = (page: string, id: string | undefined) => `/hermes/${page}/${encodeURIComponent(id ?? "")}`;
  return [
    { name: "hermes", path: "/hermes" },
    { name: "tasks", path: "/hermes/tasks" },
    { name: "task", path: under("tasks", task["id"]) },
    { name: "products", path: "/hermes/products" },
    { name: "product", path: under("products", product["slug"]) },
    { name: "history", path: "/hermes/history" },
    { name: "agents", path: "/hermes/agents" },
    { name: "agent", path: under("agents", agent["id"]) },
    { name: "settings", path: "/hermes/settings" },
    { name: "sources", path: "/hermes/sources" },
    { name: "audit", path: "/hermes/audit" },
  ];
}
