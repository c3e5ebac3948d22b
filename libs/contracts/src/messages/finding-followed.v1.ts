import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * A step of an auditor's finding, for those who are to hear of it: the addressee, or the auditing body of a reply.
 * Its text stays with audit.
 */
export const FindingFollowedV1 = defineMessage({
  type: 'finding.followed.v1',
  from: 'audit',
  to: ['identity'],
  schema: z.strictObject({
    findingId: field.id,
    version: field.version,
    step: z.enum(['raised', 'noted', 'replied', 'closed']),
    severity: z.enum(['minor', 'major', 'critical']),
    replyDue: field.day,
    reader: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('operator') }),
      z.strictObject({ kind: z.enum(['payer', 'place']), partyId: field.id }),
      z.strictObject({ kind: z.literal('auditor'), organisationId: field.id }),
    ]),
  }),
  sample: {
    findingId: '01900000-0000-7000-8000-000000000045', version: 1, step: 'raised', severity: 'major', replyDue: '2026-04-30',
    reader: { kind: 'place', partyId: '01900000-0000-7000-8000-000000000002' },
  },
});
