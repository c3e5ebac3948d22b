import { showId, type Cents, type PayerId } from '#libs/kernel';
import type { Address } from '../invoices/invoice-content.decision.js';

export type PayerBilling = Readonly<{
  address: Address; vatNumber: string | null; needsServiceCode: boolean; needsEngagementNumber: boolean;
}>;
export type ShareReference = Readonly<{ serviceCode: string | null; engagementNumber: string | null }>;
/** A payer of an order or a draft, with what an invoice to it has to say; null what nobody gave yet. */
export type BillablePayer = Readonly<{
  payerId: PayerId; name: string; siren: string; siret: string | null; share: Cents;
  /** Under which it pays; a draft has none yet. */
  reference: string | null;
  billing: PayerBilling | null; given: ShareReference;
}>;

/** What a payer demands on its invoices and has not given, each named with the payer. */
export function missingReferences({ payerId, billing, given }: BillablePayer): string[] {
  const missing = [
    ...(billing?.needsServiceCode && given.serviceCode === null ? ['serviceCode'] : []),
    ...(billing?.needsEngagementNumber && given.engagementNumber === null ? ['engagementNumber'] : []),
  ];
  return missing.map((field) => `${field} of ${showId('payer', payerId)}`);
}
