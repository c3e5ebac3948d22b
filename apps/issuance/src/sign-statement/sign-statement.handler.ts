import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ContradictoryStatementSignedV1 } from '#libs/contracts';
import { isRejected, reject, sum, toWire, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import {
  insertExpiredForDebt, insertSignature, insertSignedStatement, orderOfStatement, readStatement, type Statement,
} from '../contradictory-statement.store.js';
import { debtsOf, hasOpenDispute } from '../disputes/dispute.store.js';
import { extendOrder } from '../extend-order/extend-order.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { creditFace } from '../invoices/credit-order.js';
import { lockOrder, type Order } from '../order.store.js';
import { SignStatement, type SignedStatement } from './sign-statement.command.js';
import { decideSignature, outcomePosting, paidDebts } from './sign-statement.decision.js';

@CommandHandler(SignStatement)
export class SignStatementHandler implements ICommandHandler<SignStatement> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request, meta }: SignStatement) {
    return this.work.once<SignedStatement | Rejected>(meta, async (tx) => {
      const { statementId, payerId, sha256 } = request;
      const orderId = await orderOfStatement(tx.sql, statementId);
      if (!orderId) return reject('statement_not_found');
      // Two last signatures at once queue here: the second is then the last, and moves the money.
      const order = await lockOrder(tx, orderId);
      const statement = await readStatement(tx, statementId);
      const disputeOpen = await hasOpenDispute(tx, orderId);
      const decided = decideSignature(statement && { ...statement, disputeOpen }, { payerId, person: actorOf(tx), sha256 });
      if (isRejected(decided)) return decided;
      await insertSignature(tx, { statementId, payerId, sha256 }, actorOf(tx));
      if (decided.last) await conclude(tx, order!, statement!);
      return { statementId, signatures: decided.signatures, signaturesNeeded: decided.signaturesNeeded, signed: decided.last };
    });
  }
}

/** What all have signed is done in the transaction of the last signature. */
async function conclude(tx: Tx, order: Order, statement: Statement): Promise<void> {
  const { statementId, orderId, outcome, sha256, custodyAccountId, shares, extension } = statement;
  const paid = paidDebts(statement, await debtsOf(tx, orderId));
  const posting = outcomePosting(statement, paid);
  const eventId = await tx.emit(ContradictoryStatementSignedV1, {
    subject: `order:${orderId}`, ...(posting && { posting }),
    body: {
      statementId, orderId, programmeId: order.programmeId, outcome,
      activatedCents: toWire(statement.activated), redeemedCents: toWire(statement.redeemed),
      rejectedCents: toWire(statement.rejected), expiredCents: toWire(statement.expired), currency: 'EUR', sha256, custodyAccountId,
      ...(paid.size > 0 && { owedCents: toWire(sum(paid.values())) }),
      shares: shares.map(({ payerId, expired }) => ({ payerId, expiredCents: toWire(expired) })),
    },
  });
  await insertSignedStatement(tx, statement, eventId);
  await insertExpiredForDebt(tx, statementId, paid, eventId);
  // What goes back of the face value was invoiced: the credit note says so. Fees are not returned.
  if (outcome === 'refund') await creditFace(tx, order, shares.map(({ payerId, expired }) => ({ payerId, amount: expired })), 'expiry');
  if (extension) await extendOrder(tx, { extensionId: tx.newId(), orderId, statementId, ...extension }, custodyAccountId);
}
