import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const VINTAGE_NOTICES = [
  'ends_in_thirty_days', 'sign_off_due', 'charge_to_acknowledge', 'stop_handing_over', 'use_ended', 'claims_ended',
] as const;

/** Payers and distributors are to be told of a step in the end of a vintage. Who of them reads it, identity knows. */
export const VintageNoticeDueV1 = defineMessage({
  type: 'vintage.notice_due.v1',
  from: 'issuance',
  to: ['identity'],
  schema: z.strictObject({
    notice: z.enum(VINTAGE_NOTICES),
    programmeId: field.id,
    programmeName: z.string().min(1).max(200),
    usableUntil: field.day,
    claimableUntil: field.day,
    parties: z.array(z.strictObject({ kind: z.enum(['payer', 'distributor']), partyId: field.id })).min(1).max(1_000),
  }),
  sample: {
    notice: 'sign_off_due', programmeId: '01900000-0000-7000-8000-000000000001', programmeName: 'Numérique pour tous',
    usableUntil: '2026-12-31', claimableUntil: '2027-01-31',
    parties: [{ kind: 'payer', partyId: '01900000-0000-7000-8000-000000000007' }],
  },
});
