// An authorisation as tills see it.
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { idText } from '#libs/http';
import { idOf, showId, toWire } from '#libs/kernel';
import type { Authorisation } from './authorise-redemption.decision.js';

export const authorisationAnswer = z.strictObject({
  authorisationId: idText('authorisation'),
  redemptionId: idText('redemption').describe('what a confirmation will make; the same uuid'),
  voucherId: idText('voucher'),
  programmeId: idText('programme'),
  batchId: idText('batch'),
  placeId: idText('place'),
  siteId: idText('site'),
  amountCents: z.int().describe('held; a confirmation may take less'),
  currency: z.literal('EUR'),
  coPaymentCents: z.int(),
  serviceDate: z.string().describe('YYYY-MM-DD'),
  authorisedAt: z.string().describe('instant, UTC'),
  heldUntil: z.string().describe('instant, UTC; from then on others may take the voucher'),
  service: z.enum(SERVICE_CODES).optional(),
  durationMinutes: z.int().optional(),
  participants: z.int().optional(),
  firstVisit: z.boolean().optional(),
});

export const authorisationView = (authorisation: Authorisation): z.infer<typeof authorisationAnswer> => ({
  authorisationId: showId('authorisation', idOf('authorisation', authorisation.id)),
  redemptionId: showId('redemption', authorisation.id),
  voucherId: showId('voucher', authorisation.voucherId),
  programmeId: showId('programme', authorisation.programmeId),
  batchId: showId('batch', authorisation.batchId),
  placeId: showId('place', authorisation.placeId),
  siteId: showId('site', authorisation.siteId),
  amountCents: toWire(authorisation.amount),
  currency: 'EUR',
  coPaymentCents: toWire(authorisation.coPayment),
  serviceDate: authorisation.serviceDate,
  authorisedAt: authorisation.authorisedAt.toISOString(),
  heldUntil: authorisation.heldUntil.toISOString(),
  ...authorisation.declared,
});
