// A page of rows that a filter keeps, where the filter is a rule in code: read on until the page is full or nothing is left.

/** At most `rowsMax` kept rows, in the order of reading. `read` answers up to `rowsMax` rows after the one given. */
export async function filledPage<T>(
  rowsMax: number, read: (after: T | null) => Promise<readonly T[]>, keeps: (row: T) => boolean,
): Promise<T[]> {
  const kept: T[] = [];
  let after: T | null = null;
  for (;;) {
    const rows: readonly T[] = await read(after);
    kept.push(...rows.filter(keeps).slice(0, rowsMax - kept.length));
    if (kept.length === rowsMax || rows.length < rowsMax) return kept;
    after = rows.at(-1)!;
  }
}
