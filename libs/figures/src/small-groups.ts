// What may be told of groups. A number of fewer than eleven people is left out, not rounded; and where it would follow from the total of
// the programme and the other groups, so is the next larger one.

/** Rows of one programme, each with how many people stand behind it. */
export type Group = Readonly<{ people: number }>;
export type Told<Row> = Readonly<{ shown: readonly Row[]; hiddenCount: number }>;

/**
 * `total` is told beside the rows, so that all hidden ones together must be a group that may be told, and more than one row. Of rows with
 * as many people the last one given is hidden first.
 */
export function withoutSmallGroups<Row extends Group>(rows: readonly Row[], peopleMin: number): Told<Row> {
  const bySize = rows.map((row, at) => ({ row, at })).sort((a, b) => a.row.people - b.row.people || b.at - a.at);
  const hidden = new Set<Row>();
  let people = 0;
  for (const { row } of bySize) {
    const isSmall = row.people < peopleMin;
    const followsFromTheTotal = hidden.size > 0 && people < peopleMin;
    if (!isSmall && !followsFromTheTotal) break;
    hidden.add(row);
    // One person may stand behind several rows: together they are as many as the largest of them, at least.
    people = Math.max(people, row.people);
  }
  return { shown: rows.filter((row) => !hidden.has(row)), hiddenCount: hidden.size };
}
