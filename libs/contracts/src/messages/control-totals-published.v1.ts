import { z } from 'zod';
import { defineMessage, field } from '../message.js';

const signed = z.int();

/**
 * What a ledger stands at when a local day (Europe/Paris) ends, or up to a moment of the day that runs. Numbered without
 * gaps per service. Settlement says besides what the bank and the card processor state themselves, and hears of issuance what the operator
 * earned of payers.
 */
export const ControlTotalsPublishedV1 = defineMessage({
  type: 'control_totals.published.v1',
  from: 'each',
  to: ['settlement'],
  schema: z.strictObject({
    number: field.version,
    day: field.day,
    /** False for the day that runs: up to `cutAt`. */
    final: z.boolean(),
    cutAt: field.instant,
    /** Balances by kind of account (`bank:<id>` by account), debit above zero; `programmeId` where an account belongs to one. */
    lines: z.array(z.strictObject({
      custodyAccountId: field.id, programmeId: field.id.nullable(), account: z.string().max(80), amountCents: signed,
    })).max(3_000),
    stated: z.array(z.strictObject({
      custodyAccountId: field.id,
      kind: z.enum(['bank', 'psp']),
      /** Null before the first statement. */
      statedOn: field.day.nullable(),
      statedCents: signed,
      /** What of it covers debts: payments called paid and not listed yet count, gains that nobody has explained do not. */
      countedCents: signed,
      ledgerCents: signed,
      /** Each adds to the ledger what the bank states and the ledger does not. */
      differences: z.array(z.strictObject({
        what: z.string().max(40), reference: z.string().max(100).nullable(), amountCents: signed,
      })).max(200),
      /** What no difference explains: zero, or money is missing from the books. */
      unaccountedCents: signed,
    })).max(100),
    currency: field.currency,
  }),
  sample: {
    number: 1, day: '2026-03-02', final: true, cutAt: '2026-03-02T23:00:00.000Z', currency: 'EUR',
    lines: [
      { custodyAccountId: '01900000-0000-7000-8000-0000000000aa', programmeId: null, account: 'bank:01900000-0000-7000-8000-0000000000aa', amountCents: 10000 },
      { custodyAccountId: '01900000-0000-7000-8000-0000000000aa', programmeId: null, account: 'clearing', amountCents: -10000 },
    ],
    stated: [{
      custodyAccountId: '01900000-0000-7000-8000-0000000000aa', kind: 'bank', statedOn: '2026-03-02', statedCents: 9880, countedCents: 9880,
      ledgerCents: 10000, differences: [{ what: 'unexplained_debit', reference: 'bankLine:01900000-0000-7000-8000-000000000005', amountCents: -120 }],
      unaccountedCents: 0,
    }],
  },
});
