import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RefundRequestedV1 } from '#libs/contracts';
import { idOf, isRejected, minus, reject, toWire, ZERO, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockCover } from '../activation.store.js';
import { expiredForDebt, orderOfStatement, readStatement } from '../contradictory-statement.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { lockOrder } from '../order.store.js';
import { currentRule, lastClaimDay } from '../programme.store.js';
import { RequestRefunds, type RefundScope, type RequestedRefunds } from './refunds.commands.js';
import { insertRefund, readPayer, refundableCards, refundedPayers } from './refund.store.js';
import { refundParts, type RefundPart } from './refund-way.decision.js';
import {
  coverPosting, decideCoverRefund, decideShareRefunds, refundPosting, type DecidedRefunds, type Refundable,
} from './request-refunds.decision.js';

type OfShare = Extract<RefundScope, { statementId: unknown }>;
type OfCover = Extract<RefundScope, { programmeId: unknown }>;
/** `orderId`: the order whose money it is; null for what no order asks for any more of a programme. */
type Source = Pick<Parameters<typeof insertRefund>[1], 'statementId' | 'programmeId' | 'orderId'>;

@CommandHandler(RequestRefunds)
export class RequestRefundsHandler implements ICommandHandler<RequestRefunds> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ scope, meta }: RequestRefunds) {
    return this.work.once<RequestedRefunds | Rejected>(meta, (tx) =>
      ('statementId' in scope ? refundShares(tx, scope) : refundCover(tx, scope)));
  }
}

async function refundShares(tx: Tx, { statementId, payerId }: OfShare): Promise<RequestedRefunds | Rejected> {
  const orderId = await orderOfStatement(tx.sql, statementId);
  if (!orderId) return reject('statement_not_found');
  // Two requests at once would both find the shares unrefunded.
  await lockOrder(tx, orderId);
  const statement = await readStatement(tx, statementId);
  const kept = await expiredForDebt(tx, statementId);
  const decided = decideShareRefunds(statement && {
    ...statement,
    shares: statement.shares.map((share) => ({ ...share, expired: minus(share.expired, kept.get(share.payerId) ?? ZERO) })),
    signed: statement.signed && !statement.replaced, refunded: await refundedPayers(tx, statementId),
  }, payerId);
  return isRejected(decided) ? decided : request(tx, decided, { statementId, programmeId: null, orderId });
}

async function refundCover(tx: Tx, { programmeId, payerId }: OfCover): Promise<RequestedRefunds | Rejected> {
  const rule = await currentRule(tx.sql, programmeId, tx.now);
  // Locked as activations lock it: whatever they leave goes back, and no more.
  const available = (await lockCover(tx, programmeId, [payerId])).get(payerId) ?? ZERO;
  const payerKnown = (await readPayer(tx, payerId)) !== undefined;
  const cover = rule && { ...rule, claimableUntil: await lastClaimDay(tx.sql, rule, tx.now), available, payerKnown };
  const decided = decideCoverRefund(cover, payerId, tx.now);
  if (isRejected(decided)) return decided;
  for (const refund of decided.refunds) {
    await tx.post(coverPosting(programmeId, decided.custodyAccountId, refund), `programme:${programmeId}`);
  }
  return request(tx, decided, { statementId: null, programmeId, orderId: null });
}

export async function request(tx: Tx, { custodyAccountId, refunds }: DecidedRefunds, source: Source): Promise<RequestedRefunds> {
  const requested: RequestedRefunds['refunds'][number][] = [];
  // In the order of payer ids, so that two requests lock the balances of the same payers in one order.
  for (const refund of [...refunds].sort((a, b) => (a.payerId < b.payerId ? -1 : 1))) {
    const cards = await refundableCards(tx, refund.payerId, source);
    for (const part of refundParts(refund.amount, cards, tx.now)) {
      requested.push(await requestOne(tx, custodyAccountId, { payerId: refund.payerId, ...part }, source));
    }
  }
  return { refunds: requested };
}

async function requestOne(
  tx: Tx, custodyAccountId: string, refund: Refundable & RefundPart, { statementId, programmeId, orderId }: Source,
): Promise<RequestedRefunds['refunds'][number]> {
  const { payerId, amount, stripePaymentId } = refund;
  const way = stripePaymentId === null ? 'bank' as const : 'stripe' as const;
  const [refundId, payer] = [idOf('refund', tx.newId()), (await readPayer(tx, payerId))!];
  const eventId = await tx.emit(RefundRequestedV1, {
    subject: `refund:${refundId}`, posting: refundPosting(custodyAccountId, refund),
    body: {
      refundId, payerId, payerName: payer.name, payerSiren: payer.siren, amountCents: toWire(amount), currency: 'EUR', custodyAccountId, way,
      ...(orderId !== null && { orderId }),
      ...(stripePaymentId !== null && { originalPayment: stripePaymentId }),
    },
  });
  // A statement names its order itself: the column is for cancelled ones.
  const cancelled = statementId === null ? orderId : null;
  const source = { statementId, programmeId, orderId: cancelled };
  await insertRefund(tx, { refundId, payerId, custodyAccountId, amount, eventId, stripePaymentId, ...source }, actorOf(tx));
  return { refundId, payerId, amountCents: toWire(amount), way };
}
