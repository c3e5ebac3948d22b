import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A programme's rules take effect; a later ruleVersion of the same programme replaces them from its arrival on. */
export const ProgrammePublishedV1 = defineMessage({
  type: 'programme.published.v1',
  from: 'issuance',
  to: ['redemption'],
  schema: z.strictObject({
    programmeId: field.id,
    ruleVersion: field.version,
    name: z.string().max(200),
    kind: z.enum(['unit', 'balance']),
    faceCents: field.amountCents,
    currency: field.currency,
    usableUntil: field.day,
    claimableUntil: field.day,
    custodyAccountId: field.id,
  }),
  sample: {
    programmeId: '01900000-0000-7000-8000-000000000001', ruleVersion: 1, name: 'Numérique pour tous 2026', kind: 'unit',
    faceCents: 1000, currency: 'EUR', usableUntil: '2026-12-31', claimableUntil: '2027-01-31',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa',
  },
});
