import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EarlyPaymentSetAsideV1 } from '#libs/contracts';
import { cents, idOf, isRejected, toWire, type PayeeId, type Rejected } from '#libs/kernel';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER, type Sql } from '#libs/persistence';
import { lockPools, poolOn } from '../allocations/allocation.store.js';
import { COMMONS_POOL } from '../limits.js';
import type { Reader } from '../reader.js';
import { payingAccount } from '../settlement-runs/owed.store.js';
import { SettlementWork } from '../settlement.work.js';
import { lockPayees } from '../statement-closings/open-claims.store.js';
import {
  AskEarlyPayment, ListEarlyPayments, ShowEarlyOffers, type EarlyOffer, type ListedEarlyPayment, type SetAside,
} from './early-payment.commands.js';
import { decideEarlyPayment, dueOf, offerOf, setAsidePosting } from './early-payment.decision.js';
import { accountsOfOurs, insertEarlyPayment } from './early-payment.store.js';
import { earlyPayments } from './early-payments.listing.js';
import { earlyStanding, payeeBehindPlace } from './early-standing.store.js';

/** A place asks for its own payee, whatever it names. */
const payeeAsked = async (sql: Sql, { placeId, payeeId }: Reader & Readonly<{ payeeId: PayeeId | null }>): Promise<PayeeId | undefined> =>
  (placeId === null ? payeeId ?? undefined : payeeBehindPlace(sql, placeId));

@CommandHandler(AskEarlyPayment)
export class AskEarlyPaymentHandler implements ICommandHandler<AskEarlyPayment> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { programmeId: poolOf, bankAccountId, amountCents, ...whose }, meta }: AskEarlyPayment) {
    return this.work.once<SetAside | Rejected>(meta, async (tx) => {
      const amount = cents(amountCents);
      const payeeId = await payeeAsked(tx.sql, whose);
      // Of two that ask at once, and of a closing, each sees what the one before it left.
      if (payeeId) await lockPayees(tx, [{ payeeId }]);
      await lockPools(tx);
      const name = poolOf ?? COMMONS_POOL;
      const pool = await poolOn(tx, name, bankAccountId);
      const standing = payeeId && await earlyStanding(tx.sql, { payeeId, bankAccountId, at: tx.now, pool, poolOf });
      const decided = decideEarlyPayment(amount, { bankAccount: await payingAccount(tx, bankAccountId) !== undefined, standing });
      if (isRejected(decided)) return decided;
      const earlyPaymentId = idOf('earlyPayment', tx.newId());
      const money = { pool: name, payeeId: payeeId!, custodyAccountId: bankAccountId };
      const { due, openBefore } = decided;
      const eventId = await tx.emit(EarlyPaymentSetAsideV1, {
        subject: `earlyPayment:${earlyPaymentId}`, posting: setAsidePosting(money, amount),
        body: { ...money, earlyPaymentId, amountCents, dueCents: toWire(due), currency: 'EUR' },
      });
      await insertEarlyPayment(tx, { ...money, earlyPaymentId, amount, due, openBefore, eventId });
      return { earlyPaymentId, amountCents, dueCents: toWire(due) };
    });
  }
}

@QueryHandler(ShowEarlyOffers)
export class ShowEarlyOffersHandler implements IQueryHandler<ShowEarlyOffers> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ asked }: ShowEarlyOffers): Promise<EarlyOffer[] | undefined> {
    const sql = this.work.client;
    const { programmeId: poolOf } = asked;
    const payeeId = await payeeAsked(sql, asked);
    const at = await this.work.moment();
    const offers: EarlyOffer[] = [];
    for (const bankAccountId of payeeId ? await accountsOfOurs(sql) : []) {
      const pool = await poolOn({ sql }, poolOf ?? COMMONS_POOL, bankAccountId);
      const standing = await earlyStanding(sql, { payeeId: payeeId!, bankAccountId, at, pool, poolOf });
      if (!standing) return undefined;
      const decided = decideEarlyPayment(cents(1), { bankAccount: true, standing });
      const refused = isRejected(decided);
      offers.push({
        bankAccountId, dueCents: toWire(dueOf(standing)), openCents: toWire(standing.open),
        atMostCents: refused ? 0 : toWire(offerOf(standing)), against: refused ? decided.code : null,
      });
    }
    return payeeId ? offers : undefined;
  }
}

@QueryHandler(ListEarlyPayments)
export class ListEarlyPaymentsHandler implements IQueryHandler<ListEarlyPayments> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { placeId, ...asked } }: ListEarlyPayments): Promise<ListingPage<ListedEarlyPayment>> {
    return readListing<ListedEarlyPayment>(this.work, earlyPayments, { reader: placeId ?? OVERSEER, rights: [placeId] }, asked);
  }
}
