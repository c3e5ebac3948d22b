// A redemption as tills and pages see it.
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { idText } from '#libs/http';
import { showId, toWire } from '#libs/kernel';
import type { Declared, Redemption } from './redeem-voucher/redeem-voucher.decision.js';
import { givenByPlace } from './tariff.decision.js';

export const redemptionAnswer = z.strictObject({
  redemptionId: idText('redemption'),
  voucherId: idText('voucher'),
  programmeId: idText('programme'),
  batchId: idText('batch'),
  placeId: idText('place'),
  siteId: idText('site'),
  amountCents: z.int(),
  currency: z.literal('EUR'),
  coPaymentCents: z.int(),
  balanceCents: z.int().describe('what is left on the voucher'),
  serviceDate: z.string().describe('YYYY-MM-DD'),
  redeemedAt: z.string().describe('instant, UTC'),
  sessionId: idText('session').optional(),
  service: z.enum(SERVICE_CODES).optional(),
  durationMinutes: z.int().optional(),
  participants: z.int().optional(),
  firstVisit: z.boolean().optional().describe('left out when nobody said'),
  tariffVersion: z.int().optional().describe('of what the place asked for the service on its day; left out when it had said nothing'),
  tariffCents: z.int().optional(),
  placeContributionCents: z.int().optional().describe('what of the tariff neither vouchers nor the citizen paid'),
  besideCents: z.int().optional().describe('what further vouchers of the same person paid for the same participation'),
  participationOf: idText('redemption').optional().describe('the redemption that speaks for the participation that this one helped to pay'),
});

export type RedemptionView = z.infer<typeof redemptionAnswer>;

export const viewOf = (redemption: Redemption): RedemptionView => ({
  redemptionId: showId('redemption', redemption.id),
  voucherId: showId('voucher', redemption.voucherId),
  programmeId: showId('programme', redemption.programmeId),
  batchId: showId('batch', redemption.batchId),
  placeId: showId('place', redemption.placeId),
  siteId: showId('site', redemption.siteId),
  amountCents: toWire(redemption.amount),
  currency: 'EUR',
  coPaymentCents: toWire(redemption.coPayment),
  balanceCents: toWire(redemption.balanceAfter),
  serviceDate: redemption.serviceDate,
  redeemedAt: redemption.redeemedAt.toISOString(),
  ...declaredView(redemption.declared),
  ...tariffView(redemption),
  ...(redemption.beside && { besideCents: toWire(redemption.beside) }),
  ...(redemption.participationOf && { participationOf: showId('redemption', redemption.participationOf) }),
});

const declaredView = ({ sessionId, ...rest }: Declared) => ({ ...(sessionId && { sessionId: showId('session', sessionId) }), ...rest });

const tariffView = ({ tariff, ...paid }: Redemption) => (tariff && {
  tariffVersion: tariff.version, tariffCents: toWire(tariff.price), placeContributionCents: toWire(givenByPlace(paid, tariff)),
});
