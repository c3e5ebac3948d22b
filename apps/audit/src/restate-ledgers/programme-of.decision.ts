// Of which programme a restated transfer is, as the ledgers count it: cover, vouchers and what expired belong to one.
import type { RestatedTransfer } from '#libs/restated-ledger';

/** Kinds whose balance a ledger tells by programme. */
const BY_PROGRAMME = ['prefund', 'expired', 'outstanding'];
export const NO_PROGRAMME = '';

export type KnownBatches = Readonly<{ byBatch: ReadonlyMap<string, string>; byOrder: ReadonlyMap<string, string> }>;

/** `untold`: its batch is on its way to audit by another sender; it is asked again. An order of before batches were told has none. */
export function programmeOf({ ledger, debit, credit, about }: RestatedTransfer, known: KnownBatches): string | 'untold' {
  if (ledger === 'settlement' || ![debit, credit].some(({ kind }) => BY_PROGRAMME.includes(kind))) return NO_PROGRAMME;
  const cover = [debit, credit].find(({ kind, key }) => kind === 'prefund' && key !== null);
  if (cover) return cover.key!.split(':', 1)[0]!;
  if (about.programmeId !== undefined) return about.programmeId;
  const keyOf = (kind: string) => [debit, credit].find((side) => side.kind === kind)?.key ?? undefined;
  const batchId = about.batchId ?? keyOf('outstanding');
  if (batchId !== undefined) return known.byBatch.get(batchId) ?? 'untold';
  const orderId = about.orderId ?? keyOf('expired');
  return (orderId !== undefined ? known.byOrder.get(orderId) : undefined) ?? NO_PROGRAMME;
}

/** The programme counts for its kinds only: the other side of a transfer stands with no programme. */
export const programmeIn = (account: string): string =>
  `case when ${account} in (${BY_PROGRAMME.map((kind) => `'${kind}'`).join(', ')}) then programme else '' end`;
