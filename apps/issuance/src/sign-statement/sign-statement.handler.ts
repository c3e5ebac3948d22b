import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ContradictoryStatementSignedV1 } from '#libs/contracts';
import { isRejected, reject, toWire, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import {
  insertSignature, insertSignedStatement, orderOfStatement, readStatement, type Statement,
} from '../contradictory-statement.store.js';
import { extendOrder } from '../extend-order/extend-order.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { creditFace } from '../invoices/credit-order.js';
import { lockOrder, type Order } from '../order.store.js';
import { SignStatement, type SignedStatement } from './sign-statement.command.js';
import { decideSignature, outcomePosting } from './sign-statement.decision.js';

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
      const decided = decideSignature(statement, { payerId, person: actorOf(tx), sha256 });
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
  const posting = outcomePosting(statement);
  const eventId = await tx.emit(ContradictoryStatementSignedV1, {
    subject: `order:${orderId}`, ...(posting && { posting }),
    body: {
      statementId, orderId, outcome, activatedCents: toWire(statement.activated), redeemedCents: toWire(statement.redeemed),
      rejectedCents: toWire(statement.rejected), expiredCents: toWire(statement.expired), currency: 'EUR', sha256, custodyAccountId,
      shares: shares.map(({ payerId, expired }) => ({ payerId, expiredCents: toWire(expired) })),
    },
  });
  await insertSignedStatement(tx, statement, eventId);
  // What goes back of the face value was invoiced: the credit note says so. Fees are not returned.
  if (outcome === 'refund') await creditFace(tx, order, shares.map(({ payerId, expired }) => ({ payerId, amount: expired })), 'expiry');
  if (extension) await extendOrder(tx, { extensionId: tx.newId(), orderId, statementId, ...extension }, custodyAccountId);
}
