import { z } from 'zod';
import { defineMessage, field } from '../message.js';

const basisPoints = z.number().int().min(0).max(10_000);

/** What payers are charged for an order from a day on: of one programme, or of every one without a rule of its own. */
export const UpstreamFeeRulePublishedV1 = defineMessage({
  type: 'upstream_fee_rule.published.v1',
  from: 'issuance',
  to: [],
  schema: z.strictObject({
    ruleId: field.id,
    programmeId: field.id.nullable(),
    version: field.version,
    from: field.day,
    feeBasisPoints: basisPoints,
    vatBasisPoints: basisPoints,
    vatRegime: z.enum(['out_of_scope', 'multi_purpose', 'exempt']),
    /** The provision of the law by which the face value bears no VAT, as invoices cite it. */
    vatProvision: z.string().min(1).max(120).nullable(),
    orderMaxCents: field.amountOrZeroCents.nullable(),
    agreement: z.strictObject({ cents: field.amountCents, basisPoints }).nullable(),
    services: z.array(z.strictObject({ label: z.string().min(1).max(120), amountCents: field.amountCents })).max(20),
  }),
  sample: {
    ruleId: '01900000-0000-7000-8000-000000000020', programmeId: '01900000-0000-7000-8000-00000000000a', version: 1, from: '2026-03-01',
    feeBasisPoints: 400, vatBasisPoints: 2000, vatRegime: 'out_of_scope', vatProvision: null, orderMaxCents: 500000,
    agreement: { cents: 10000000, basisPoints: 500 }, services: [{ label: 'Kit de communication', amountCents: 15000 }],
  },
});
