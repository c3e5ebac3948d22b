import { z } from 'zod';
import { defineMessage, field } from '../message.js';
import { SERVICE_CODES } from '../service-codes.js';
import { servicePrices } from '../service-price.js';

/** Parts of a territory, and communes of all its EPCI together: the largest EPCI have fewer than 200. */
export const TERRITORY_COMMUNES_MAX = 2_000;

/** Of several parts; an EPCI comes with its communes, because no code says which it has. */
const territory = z.array(z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['commune', 'departement', 'region']), code: z.string().max(5) }),
  z.strictObject({ kind: z.literal('epci'), code: z.string().length(9), communes: z.array(z.string().length(5)).max(TERRITORY_COMMUNES_MAX) }),
])).max(TERRITORY_COMMUNES_MAX);

/** A version of a programme's rules. In force is the one with the latest day of effect that has come, of one day the later version. */
export const ProgrammePublishedV1 = defineMessage({
  type: 'programme.published.v1',
  from: 'issuance',
  to: ['redemption', 'settlement'],
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
    /** Left out: the day of its arrival. */
    effectiveFrom: field.day.optional(),
    /** Of one voucher, where an order may choose. */
    faceCentsMin: field.amountCents.optional(),
    faceCentsMax: field.amountCents.optional(),
    // Each left out where the rules restrict nothing.
    targetPublics: z.array(z.string().max(40)).max(20).optional(),
    territory: territory.optional(),
    services: z.array(z.enum(SERVICE_CODES)).max(SERVICE_CODES.length).optional(),
    orderedCentsMax: field.amountCents.optional(),
    redemptionCentsMax: field.amountCents.optional(),
    servicePrices: servicePrices.optional(),
    /** Enrolled devices may capture its vouchers without a network. */
    offline: z.literal(true).optional(),
    /** Accredited places that ask more than before wait for the operator. */
    tariffRaiseNeedsApproval: z.literal(true).optional(),
  }),
  sample: {
    programmeId: '01900000-0000-7000-8000-000000000001', ruleVersion: 1, name: 'Numérique pour tous 2026', kind: 'unit',
    faceCents: 1000, currency: 'EUR', usableUntil: '2026-12-31', claimableUntil: '2027-01-31',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa',
  },
});
