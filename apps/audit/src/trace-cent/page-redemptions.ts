// A page of the redemptions that money went through: of one voucher, of batches, or of statements.
import { TRACED_THROUGH_MAX } from '../limits.js';
import { beginOf } from './claim.decision.js';
import { CLOSED, isOf, STATEMENT, type KeptEvent, type VoucherPlace } from './kept-event.decision.js';
import type { TraceCursor } from './gathered.decision.js';
import { eventsNaming, redemptionsOfBatches, redemptionsOfRange, redemptionsOfVouchers, type TracedLog } from './trace.store.js';

export type PageAsked = Readonly<{ limit: number; after: TraceCursor | null }>;
/** `isCut`: there are more, and no cursor leads to them. */
export type RedemptionPage = Readonly<{ redemptions: readonly KeptEvent[]; next: TraceCursor | null; isCut?: boolean }>;

export async function pageOfVouchers(log: TracedLog, vouchers: readonly VoucherPlace[], { limit }: PageAsked): Promise<RedemptionPage> {
  const rows = await redemptionsOfVouchers(log, vouchers, limit + 1);
  return { redemptions: rows.slice(0, limit), next: null, isCut: rows.length > limit };
}

export async function pageOfBatches(log: TracedLog, batchIds: readonly string[], { limit, after }: PageAsked): Promise<RedemptionPage> {
  const cursor = after && { batchId: after[0], index: after[1], seq: after[2] };
  const rows = await redemptionsOfBatches(log, batchIds, cursor, limit + 1);
  const redemptions = rows.slice(0, limit);
  const last = redemptions.at(-1);
  return { redemptions, next: rows.length > limit && last ? [last.body.batchId!, last.body.voucherIndex ?? 0, last.seq] : null };
}

/** Statement by statement; within one by the number of the message. */
export async function pageOfStatements(
  log: TracedLog, statementIds: readonly string[], { limit, after }: PageAsked,
): Promise<RedemptionPage> {
  const statements = (await eventsNaming(log, statementIds, [STATEMENT], 1)).sort((a, b) => a.seq - b.seq);
  const redemptions: KeptEvent[] = [];
  const from = after ? Math.max(0, statements.findIndex(({ id }) => id === after[0])) : 0;
  for (const statement of statements.slice(from)) {
    const afterSeq = statement.id === after?.[0] ? after[2] : 0;
    const left = limit - redemptions.length;
    const rows = await rangeOf(log, statement, afterSeq, left + 1);
    redemptions.push(...rows.slice(0, left).filter(ofCustody(statement)));
    if (rows.length > left) return { redemptions, next: [statement.id, 0, left === 0 ? afterSeq : rows[left - 1]!.seq] };
  }
  return { redemptions, next: null };
}

async function rangeOf(log: TracedLog, statement: KeptEvent, afterSeq: number, limit: number): Promise<KeptEvent[]> {
  const { payeeId, upToSeq } = statement.body;
  const known = await eventsNaming(log, [payeeId!], [...CLOSED, 'payee.validated.v1'], TRACED_THROUGH_MAX);
  const placeIds = [...new Set(known.filter(isOf('payee.validated.v1')).map(({ body }) => body.placeId!))];
  const range = { placeIds, fromSeq: beginOf(statement, known.filter(isOf(...CLOSED))), upToSeq: upToSeq! };
  return redemptionsOfRange(log, range, afterSeq, limit);
}

const ofCustody = ({ body: { custodyAccountId } }: KeptEvent) => ({ body }: KeptEvent): boolean =>
  custodyAccountId === undefined || body.custodyAccountId === custodyAccountId;
