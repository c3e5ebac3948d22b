// One payee with the versions of its accounts; parts that a role does not show are left out.
import { z } from 'zod';
import type { Ask } from '../decisions/decision-page.js';
import { allOf, oneOf } from '../decisions/one-of.js';
import type { Read } from '../services.js';
import { payee, type Payee } from './payees.list.js';

const steps = {
  state: z.string(), version: z.int(), maker: z.string(), proposedAt: z.string(), checker: z.string().nullable(),
  approvedAt: z.string().nullable(),
  replacedAt: z.string().nullable(), blockedAt: z.string().nullable(), blockedReason: z.string().nullable(),
};
const account = z.object({
  ...steps, bankAccountId: z.string(), iban: z.string(), bic: z.string().nullable(), holder: z.string(), holderDiffers: z.boolean(),
  placeId: z.string().nullable(),
  approvalReason: z.string().nullable(),
  verification: z.object({ outcome: z.string(), bankText: z.string().nullable(), answeredAt: z.string(),
  importedBy: z.string() }).nullable(),
});
const destination = z.object({ ...steps, destinationId: z.string(), stripeAccountId: z.string(), country: z.string(),
  legalName: z.string(), businessName: z.string().nullable() });
const share = z.object({
  shareId: z.string(), iban: z.string(), reason: z.string(), proposedBy: z.string(), proposedAt: z.string(),
  approvedBy: z.string().nullable(), approvedAt: z.string().nullable(),
  withdrawnBy: z.string().nullable(), withdrawnAt: z.string().nullable(),
});
export type Account = z.output<typeof account>;
export type Destination = z.output<typeof destination>;
export type Share = z.output<typeof share>;
export type PayeeFile = Readonly<{ payee: Payee; accounts: Read<readonly Account[]>; destinations: Read<readonly Destination[]>;
  shares: Read<readonly Share[]> }>;

export async function loadPayee(ask: Ask, id: string): Promise<Read<PayeeFile>> {
  const [found, accounts, destinations, shares] = await Promise.all([
    oneOf(ask, `/settlement/payees?limit=1&payeeId=${id}`, payee), allOf(ask, `/settlement/payees/${id}/bank-accounts`, account),
    allOf(ask, `/settlement/payees/${id}/destinations`, destination), allOf(ask, `/settlement/iban-shares?limit=50&payeeId=${id}`, share),
  ]);
  return found.ok ? { ok: true, value: { payee: found.value, accounts, destinations, shares } } : found;
}
