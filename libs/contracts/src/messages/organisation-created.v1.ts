import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const ORGANISATION_KINDS_TOLD = ['payer', 'place', 'distributor', 'operator', 'auditor'] as const;

/** People can act for this payer, place or distributor, for the operator, or for an auditing body. Its name stays with identity. */
export const OrganisationCreatedV1 = defineMessage({
  type: 'organisation.created.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({ organisationId: field.id, kind: z.enum(ORGANISATION_KINDS_TOLD), partyId: field.id.nullable() }),
  sample: { organisationId: '01900000-0000-7000-8000-000000000042', kind: 'auditor', partyId: null },
});
