// What many figures come to, and tables of them.

/** The figure that so many percent of them do not exceed (nearest rank). */
export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((sorted.length * percent) / 100)) - 1] ?? Number.NaN;
}

export function median(values: number[]): number {
  return percentile(values, 50);
}

/** Prints a line of a table. */
export function line(...cells: (string | number)[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

/** Prints the head of a table. */
export function head(...cells: string[]): void {
  line(...cells);
  console.log(`|${"---|".repeat(cells.length)}`);
}
