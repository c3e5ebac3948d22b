// Charges payees on the day of the year that a rule names, in steps: a step is a transaction that finds who is not charged yet, so that
// one that was killed is done by the next, and nobody is charged twice. Invoices follow, and what they say is netted or paid.
import { Injectable } from '@nestjs/common';
import { PlaceChargeBilledV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, toWire } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE, CHARGE_GRACE_DAYS, CHARGE_HOURS_AFTER_MIDNIGHT, CHARGES_PER_TRANSACTION } from '../limits.js';
import { dueCharge, type DueCharge } from '../place-charge-rules/place-charge-rule.decision.js';
import { listChargeRules } from '../place-charge-rules/place-charge-rule.store.js';
import { PlaceInvoiceIssuer } from '../place-invoices/place-invoice-issuer.js';
import { SettlementWork } from '../settlement.work.js';
import { chargePosting } from './place-charge.decision.js';
import { chargeablePayees, insertCharges } from './place-charge.store.js';

const WAIT_MS = CHARGE_HOURS_AFTER_MIDNIGHT * 3_600_000;
const META = { kind: 'process', name: 'place charges', correlationId: 'place charges' } as const;

@Injectable()
export class PlaceCharger {
  constructor(private readonly work: SettlementWork, private readonly issuer: PlaceInvoiceIssuer) {}

  /** Everybody who owes by now; answers how many were charged. */
  async chargeAll(isOver: () => boolean = () => false): Promise<number> {
    let charged = 0;
    for (let count = CHARGES_PER_TRANSACTION; !isOver() && count === CHARGES_PER_TRANSACTION; charged += count) {
      const outcome = await this.work.once(META, (tx) => chargeSome(tx));
      count = isRejected(outcome) ? 0 : outcome;
    }
    if (charged > 0) this.issuer.wake();
    return charged;
  }

  async isIdle(): Promise<boolean> {
    const sql = this.work.client;
    const due = await dueAt(sql, await this.work.moment());
    return due === undefined || (await chargeablePayees(sql, due, 1)).length === 0;
  }
}

/** A day counts once who leaves on its evening before is known. */
const dueAt = async (sql: Sql, moment: Date): Promise<DueCharge | undefined> =>
  dueCharge(await listChargeRules(sql), dayIn(BANK_TIME_ZONE, new Date(moment.getTime() - WAIT_MS)), CHARGE_GRACE_DAYS);

async function chargeSome(tx: Tx): Promise<number> {
  // Two processes would find the same payees, and the second would fail on what the first wrote.
  await lockByName(tx, 'place charges');
  const due = await dueAt(tx.sql, tx.now);
  if (!due) return 0;
  const payees = await chargeablePayees(tx.sql, due, CHARGES_PER_TRANSACTION);
  const charges = payees.map(({ payeeId }) => ({ chargeId: idOf('placeCharge', tx.newId()), payeeId }));
  const { rule: { version: ruleVersion, custodyAccountId }, year, chargedOn, fee, vat } = due;
  const eventIds = await tx.emitAll(PlaceChargeBilledV1, charges.map(({ chargeId, payeeId }) => ({
    subject: `placeCharge:${chargeId}`, posting: chargePosting(payeeId, due),
    body: { chargeId, payeeId, custodyAccountId, year, ruleVersion, chargedOn, feeCents: toWire(fee), vatCents: toWire(vat), currency: 'EUR' },
  })));
  await insertCharges(tx, due, charges.map((charge, at) => ({ ...charge, eventId: eventIds[at]! })));
  return charges.length;
}
