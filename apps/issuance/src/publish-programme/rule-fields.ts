// The rules of a programme as a request says them and as an answer shows them: for publishing, simulating and listing.
import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { SERVICE_CODES, TERRITORY_COMMUNES_MAX, servicePrices, type ServicePrice } from '#libs/contracts';
import { dayIn, idOut, idText, textIn } from '#libs/http';
import { cents, idOf, toWire, type Cents, type Territory } from '#libs/kernel';
import { territoryIn } from '#libs/sirene';
import { FACE_CENTS_MAX, ORDER_COUNT_MAX, ORDERED_CENTS_MAX, SERVICE_PRICE_CENTS_MAX } from '../limits.js';
import { ON_EXPIRY } from '../on-expiry.decision.js';
import type { AskedRule, ProgrammeRule } from '../programme-rule.decision.js';
import { TARGET_PUBLICS } from '../target-publics.decision.js';

const ibanIn = z.string().trim().max(42).transform((text) => electronicFormatIBAN(text) ?? '')
  .refine((iban) => isValidIBAN(iban), 'expected an IBAN');
const bicIn = z.string().trim().max(11).transform((text) => text.toUpperCase())
  .refine((bic) => isValidBIC(bic), 'expected a BIC of 8 or 11 characters');
const faceIn = z.int().positive().max(FACE_CENTS_MAX).transform(cents);
const countIn = z.int().positive().max(ORDER_COUNT_MAX);
/** A list of codes in which order and repetition mean nothing. */
const codesIn = <const Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  z.array(z.enum(codes)).max(codes.length).transform((list) => codes.filter((code) => list.includes(code as never)) as Codes[number][]);

const boundIn = z.int().positive().max(SERVICE_PRICE_CENTS_MAX).optional();
const priceIn = z.strictObject({ service: z.enum(SERVICE_CODES), priceCentsMin: boundIn, priceCentsMax: boundIn })
  .transform(({ service, priceCentsMin, priceCentsMax }): ServicePrice => ({
    service, ...(priceCentsMin !== undefined && { priceCentsMin }), ...(priceCentsMax !== undefined && { priceCentsMax }),
  }));

export const kindIn = z.enum(['unit', 'balance']);
export const ruleFields = {
  name: textIn(200),
  faceCents: faceIn.describe('of one voucher, where an order names no other'),
  faceCentsMin: faceIn.optional().describe('the least that an order may name; left out: the face value of unit vouchers, a cent of others'),
  faceCentsMax: faceIn.optional().describe('the most that an order may name; left out: the face value'),
  usableUntil: dayIn,
  claimableUntil: dayIn,
  onExpiry: z.enum(ON_EXPIRY).default('refund').describe('what becomes of value that expires unused'),
  targetPublics: codesIn(TARGET_PUBLICS).default([]).describe('whom the vouchers are meant for; informs, and is checked nowhere'),
  targetPublicLabel: textIn(500).nullable().default(null).describe('the same in the payer\'s own words; never a person'),
  territory: territoryIn(TERRITORY_COMMUNES_MAX).default([]).describe('where places may be accredited; empty: everywhere'),
  services: codesIn(SERVICE_CODES).default([]).describe('what the vouchers may be used for; empty: everything'),
  servicePrices: z.array(priceIn).max(SERVICE_CODES.length).default([])
    .describe('bounds of what services may cost, at the till that takes the vouchers; a least and a most that are the same fix a price'),
  offline: z.boolean().default(false).describe('enrolled devices of places may capture its vouchers without a network, at the places\' own risk'),
  tariffRaiseNeedsApproval: z.boolean().default(false).describe('accredited places that ask more than before wait for the operator'),
  limits: z.strictObject({
    orderCountMin: countIn.nullable().default(null), orderCountMax: countIn.nullable().default(null),
    orderedCentsMax: z.int().positive().max(ORDERED_CENTS_MAX).transform(cents).nullable().default(null)
      .describe('what all orders of the programme may come to'),
    redemptionCentsMax: faceIn.nullable().default(null).describe('the most that a till takes of a voucher at once'),
  }).prefault({}),
  effectiveFrom: dayIn.nullable().default(null).describe('first day of the rules, in the operator\'s time zone; left out: from now on'),
  /** The custody account, as payers write it on their transfer. */
  creditor: z.strictObject({ name: textIn(140), iban: ibanIn, bic: bicIn.nullable().default(null) }),
};
type RuleIn = z.output<z.ZodObject<typeof ruleFields>>;
type TextIn = Omit<RuleIn, 'effectiveFrom'>;

/** For `superRefine`: what two fields together can have wrong. */
export function checkRule(rule: RuleIn, context: z.RefinementCtx): void {
  const { faceCents, faceCentsMin = faceCents, faceCentsMax = faceCents, usableUntil, claimableUntil, limits } = rule;
  const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (claimableUntil < usableUntil) wrong(['claimableUntil'], 'expected a day on or after usableUntil');
  if (faceCentsMin > faceCents) wrong(['faceCentsMin'], 'expected at most faceCents');
  if (faceCentsMax < faceCents) wrong(['faceCentsMax'], 'expected at least faceCents');
  if (limits.orderCountMin !== null && limits.orderCountMax !== null && limits.orderCountMax < limits.orderCountMin) {
    wrong(['limits', 'orderCountMax'], 'expected at least orderCountMin');
  }
  rule.servicePrices.forEach(({ service, priceCentsMin, priceCentsMax }, at) => {
    const path = (...rest: string[]) => ['servicePrices', at, ...rest];
    if (priceCentsMin === undefined && priceCentsMax === undefined) wrong(path(), 'expected priceCentsMin, priceCentsMax or both');
    if (priceCentsMin !== undefined && priceCentsMax !== undefined && priceCentsMax < priceCentsMin) {
      wrong(path('priceCentsMax'), 'expected at least priceCentsMin');
    }
    if (rule.servicePrices.findIndex((other) => other.service === service) < at) wrong(path('service'), 'expected each service once');
  });
}

/** The rules of a programme that exists: its kind and its account never change. */
export const ruleBody = z.strictObject(ruleFields).superRefine(checkRule);

export function askedRule({ faceCents, faceCentsMin, faceCentsMax, limits, ...text }: TextIn): AskedRule {
  return {
    ...text, face: faceCents, faceMin: faceCentsMin ?? null, faceMax: faceCentsMax ?? null,
    limits: {
      orderCountMin: limits.orderCountMin, orderCountMax: limits.orderCountMax, orderedMax: limits.orderedCentsMax,
      redemptionMax: limits.redemptionCentsMax,
    },
  };
}

const shownPart = z.strictObject({ kind: z.string(), code: z.string(), communes: z.array(z.string()).optional() });
export const shownRule = z.strictObject({
  programmeId: idText('programme'), ruleVersion: z.int(), effectiveFrom: z.string(), state: z.enum(['past', 'in_force', 'to_come']),
  name: z.string(), kind: kindIn, faceCents: z.int(), faceCentsMin: z.int(), faceCentsMax: z.int(), currency: z.literal('EUR'),
  usableUntil: z.string(), claimableUntil: z.string(), onExpiry: z.enum(ON_EXPIRY),
  targetPublics: z.array(z.enum(TARGET_PUBLICS)), targetPublicLabel: z.string().nullable(), territory: z.array(shownPart),
  services: z.array(z.enum(SERVICE_CODES)), servicePrices, tariffRaiseNeedsApproval: z.boolean(), offline: z.boolean(),
  limits: z.strictObject({
    orderCountMin: z.int().nullable(), orderCountMax: z.int().nullable(), orderedCentsMax: z.int().nullable(),
    redemptionCentsMax: z.int().nullable(),
  }),
  custodyAccountId: idText('bankAccount'), publishedAt: z.iso.datetime(),
});

export function showRule(rule: ProgrammeRule): z.output<typeof shownRule> {
  const { programmeId, version, effectiveFrom, state, name, kind, usableUntil, claimableUntil, onExpiry, limits } = rule;
  return {
    programmeId: idOut('programme', programmeId), ruleVersion: version, effectiveFrom, state, name, kind, faceCents: toWire(rule.face),
    faceCentsMin: toWire(rule.faceMin), faceCentsMax: toWire(rule.faceMax), currency: 'EUR', usableUntil, claimableUntil, onExpiry,
    targetPublics: [...rule.targetPublics], targetPublicLabel: rule.targetPublicLabel,
    territory: wireTerritory(rule.territory),
    services: [...rule.services], servicePrices: [...rule.servicePrices], tariffRaiseNeedsApproval: rule.tariffRaiseNeedsApproval,
    offline: rule.offline,
    limits: {
      orderCountMin: limits.orderCountMin, orderCountMax: limits.orderCountMax, orderedCentsMax: wireOrNull(limits.orderedMax),
      redemptionCentsMax: wireOrNull(limits.redemptionMax),
    },
    custodyAccountId: idOut('bankAccount', idOf('bankAccount', rule.custodyAccountId)),
    publishedAt: rule.publishedAt.toISOString(),
  };
}

/** As JSON has it: lists that may be written to. */
export const wireTerritory = (territory: Territory) =>
  territory.map((part) => (part.kind === 'epci' ? { ...part, communes: [...part.communes] } : part));

const wireOrNull = (amount: Cents | null): number | null => (amount === null ? null : toWire(amount));
