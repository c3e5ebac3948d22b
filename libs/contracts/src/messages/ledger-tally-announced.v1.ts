import { z } from 'zod';
import { defineMessage, field } from '../message.js';

const ledger = z.enum(['issuance', 'redemption', 'settlement']);

/**
 * What a ledger comes to, by whose events, kind of account, custody account and programme, up to numbers without a gap: so that
 * audit can restate exactly these figures. Numbered without gaps per service.
 */
export const LedgerTallyAnnouncedV1 = defineMessage({
  type: 'ledger_tally.announced.v1',
  from: 'each',
  to: [],
  schema: z.strictObject({
    number: field.version,
    countedAt: field.instant,
    /** All lines, counted from every transfer there is. Otherwise only lines that changed since the number before. */
    complete: z.boolean(),
    /** Of each sender, itself among them: all its messages up to here are in. */
    upTo: z.array(z.strictObject({ sender: ledger, seq: z.number().int().nonnegative() })).length(3),
    lines: z.array(z.strictObject({
      sender: ledger,
      custodyAccountId: field.id,
      programmeId: field.id.nullable(),
      /** Kind; `bank:<id>` and `clearing:<service>` by account. */
      account: z.string().max(80),
      /** Events that moved it. */
      count: field.count,
      /** Debit above zero. */
      amountCents: field.signedCents,
      /** Sum over these events of a hash of event id and amount, as a decimal number: in whichever order, the same. */
      digest: z.string().regex(/^-?\d{1,60}$/),
    })).max(2_000),
    currency: field.currency,
  }),
  sample: {
    number: 1, countedAt: '2026-03-02T10:00:00.000Z', complete: true, currency: 'EUR',
    upTo: [{ sender: 'issuance', seq: 12 }, { sender: 'redemption', seq: 0 }, { sender: 'settlement', seq: 4 }],
    lines: [{
      sender: 'settlement', custodyAccountId: '01900000-0000-7000-8000-0000000000aa', programmeId: null, account: 'clearing:settlement',
      count: 1, amountCents: 10000, digest: '-6148914691236517205',
    }],
  },
});
