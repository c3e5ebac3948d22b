// A chunk of rows against the stock as it is: what each becomes is decided without writing, so that a dry run is the same.
import { randomUUID } from 'node:crypto';
import type { TakenRow } from '#libs/imports';
import { assert, type BatchId, type DistributorId, type LocalDate } from '#libs/kernel';
import type { Keyring } from '#libs/keys';
import type { Sql, Tx } from '#libs/persistence';
import type { Row } from '#libs/tabular';
import { lockStock } from '../database.store.js';
import type { AskedHandOver } from '../hand-over/hand-over.command.js';
import { giveOut, leavingOf } from '../hand-over/leave-stock.js';
import type { BatchRange } from '../holding.decision.js';
import { piecesOf } from '../holding.store.js';
import { rangesOfScans } from '../scan.js';
import { barredAmong } from '../vintages/ending-batch.store.js';
import { decideRow, type Bar, type RowDecision } from './hand-over-row.decision.js';
import { readRow, type ReadRow } from './read-row.js';

type Planned = Readonly<{ row: Row; read: ReadRow; scanned: BatchRange | undefined; decision: RowDecision }>;
export type Plan = Readonly<{
  keyring: Keyring; distributorId: DistributorId;
  /** The day that it is for the operator: what ended before it is not handed over. */
  today: LocalDate;
  /** What earlier rows of the file named; grows. */
  taken: BatchRange[];
}>;

const serialOf = (read: ReadRow): string => ('serial' in read ? read.serial : '');

async function planRows(
  sql: Sql, { keyring, distributorId, today, taken }: Plan, rows: readonly Row[], lock: (laid: readonly BatchRange[]) => Promise<void>,
): Promise<Planned[]> {
  const read = rows.map(readRow);
  const scans = await rangesOfScans(sql, keyring, read.map(serialOf));
  const laid = scans.flatMap((scanned) => scanned ?? []);
  await lock(laid);
  const pieces = await piecesOf(sql, laid);
  const leaving = await leavingOf(sql, distributorId, laid.map((scanned) => ({ ...scanned, agentId: null })));
  const barred = await barredOf(sql, laid, today);
  let at = -1;
  return rows.map((row, position): Planned => {
    const [one, scanned] = [read[position]!, scans[position]];
    if (scanned) at += 1;
    if ('refused' in one) return { row, read: one, scanned, decision: { outcome: 'refused', code: one.refused } };
    if (!scanned) return { row, read: one, scanned, decision: { outcome: 'refused', code: 'serial_unknown' } };
    const laidRow = { scanned, pieces: pieces[at]!, leaving: leaving[at]!, bar: barred.get(scanned.batchId) };
    const decision = decideRow(laidRow, distributorId, taken);
    if (decision.code !== 'row_repeated') taken.push(scanned);
    return { row, read: one, scanned, decision };
  });
}

async function barredOf(sql: Sql, laid: readonly BatchRange[], today: LocalDate): Promise<ReadonlyMap<BatchId, Bar>> {
  const barred = new Map<BatchId, Bar>();
  for (const batchId of new Set(laid.map((one) => one.batchId))) {
    const why = await barredAmong(sql, [batchId], today);
    if (why) barred.set(batchId, why.code === 'order_cancelled' ? 'cancelled' : 'ended');
  }
  return barred;
}

const rowOf = ({ row, read, decision }: Planned, subjectId: string | null): TakenRow => ({
  row: row.number, line: row.line, source: null, externalId: read.externalId, outcome: decision.outcome, code: decision.code,
  notes: [], fields: [], subjectId,
});

/** What would come of them; nothing is locked and nothing written. */
export async function tryRows(sql: Sql, plan: Plan, rows: readonly Row[]): Promise<TakenRow[]> {
  return (await planRows(sql, plan, rows, async () => undefined)).map((planned) =>
    rowOf(planned, planned.decision.outcome === 'refused' ? null : randomUUID()));
}

export async function takeRows(tx: Tx, plan: Plan, rows: readonly Row[]): Promise<TakenRow[]> {
  const planned = await planRows(tx.sql, plan, rows, (laid) => lockStock(tx, laid.map(({ batchId }) => batchId)));
  const asked: AskedHandOver[] = [];
  const parts = planned.flatMap(({ read, scanned, decision }) => {
    if (decision.outcome !== 'imported') return [];
    assert('serial' in read && scanned, 'a row without a serial was handed over');
    const { batchId, range } = scanned;
    const position = asked.push({ batchId, ...range, ...read.recipients, pathway: read.pathway, agentId: null }) - 1;
    return decision.parts.map((part) => ({ ...part, position }));
  });
  const made = parts.length > 0 ? await giveOut(tx, plan.keyring, { distributorId: plan.distributorId, asked, parts }) : [];
  const idAt = new Map(made.map(({ position, handOverId }) => [position, handOverId as string]));
  let position = -1;
  return planned.map((one) => {
    if (one.decision.outcome === 'unchanged') return rowOf(one, one.decision.handOverId);
    if (one.decision.outcome === 'refused') return rowOf(one, null);
    position += 1;
    return rowOf(one, idAt.get(position)!);
  });
}
