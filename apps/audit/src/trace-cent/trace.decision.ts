// The answer to a trace: every step once, in the order of money, with the threads that go through them and what is open.
import type { Gathered, TraceCursor } from './gathered.decision.js';
import { isOf, type KeptEvent, type VoucherPlace } from './kept-event.decision.js';
import { contributionOf, type Contribution } from './commons-fed.decision.js';
import { isRollOver } from './rolled-over.decision.js';
import { STEPS, stepOf, type Step } from './step.decision.js';
import { threadOf, type Thread } from './thread.decision.js';

/** What has not happened, as far as events tell. */
export const OPEN = ['not_funded', 'not_minted', 'not_activated', 'not_handed_over', 'not_used'] as const;
export type Open = Readonly<{ what: (typeof OPEN)[number]; since: Date | null }>;

export type Trace = Readonly<{
  steps: readonly Step[];
  redemptions: readonly Thread[];
  open: readonly Open[];
  /** What fed the commons before they gave, as far as it covers that; empty where no money of theirs was asked for. */
  fed: readonly Contribution[];
  /** A bound was met: there are more steps than these. */
  isCut: boolean;
  next: TraceCursor | null;
}>;

export type AskedFor = Readonly<{ vouchers: readonly VoucherPlace[]; statementIds: readonly string[] }>;

export function buildTrace(gathered: Gathered, { vouchers, statementIds }: AskedFor): Trace {
  const { events, redemptions, fed, next, isCut } = gathered;
  const asked = new Set(events.filter(({ type, body }) => type === 'statement.closed.v1' && statementIds.includes(body.statementId!)).map(({ id }) => id));
  const threads = redemptions.map((redemption) => threadOf(redemption, gathered))
    .filter(({ path }) => statementIds.length === 0 || path.some((id) => asked.has(id)));
  const left = new Set(redemptions.map(({ id }) => id).filter((id) => !threads.some(({ redemptionId }) => redemptionId === id)));
  const steps = events.filter(({ id, body }) => !left.has(id) && !left.has(body.redemptionId ?? '')).flatMap((event) => stepOf(event) ?? []);
  const contributions = fed.map((one) => ({ eventId: one.id, amountCents: contributionOf(one) }));
  return { steps: steps.sort(inOrderOfMoney), redemptions: threads, open: openOf(events, vouchers), fed: contributions, next, isCut };
}

/** Pages of one trace as one: each step once, and what is open by the first page, which every page repeats. */
export function joinTraces([first, ...more]: readonly [Trace, ...Trace[]]): Trace {
  const all = [first, ...more];
  const steps = [...new Map(all.flatMap((page) => page.steps).map((step) => [step.eventId, step])).values()].sort(inOrderOfMoney);
  const last = all.at(-1)!;
  const open = first.open.filter(({ what }) => all.every((page) => page.open.some((one) => one.what === what)));
  const isCut = last.next !== null || all.some((page) => page.isCut);
  return { steps, redemptions: all.flatMap((page) => page.redemptions), open, fed: first.fed, isCut, next: null };
}

const inOrderOfMoney = (a: Step, b: Step) =>
  STEPS.indexOf(a.step) - STEPS.indexOf(b.step) || a.at.getTime() - b.at.getTime() || a.seq - b.seq;

function openOf(events: readonly KeptEvent[], vouchers: readonly VoucherPlace[]): Open[] {
  const last = (...types: string[]) => events.filter(isOf(...types)).sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime()).at(-1);
  const [money, batch] = [last('receipt.matched.v1', 'payment.succeeded.v1') ?? events.findLast(isRollOver), last('batch.created.v1')];
  const activated = last('range.activated.v1');
  const open: Open[] = [];
  if (!money) open.push({ what: 'not_funded', since: batch?.occurredAt ?? null });
  if (!batch) open.push({ what: 'not_minted', since: money?.occurredAt ?? null });
  if (batch && !activated) open.push({ what: 'not_activated', since: batch.occurredAt });
  if (vouchers.length > 0 && !last('range.handed_over.v1')) open.push({ what: 'not_handed_over', since: batch?.occurredAt ?? null });
  if (activated && !last('voucher.redeemed.v1')) open.push({ what: 'not_used', since: activated.occurredAt });
  return open;
}
