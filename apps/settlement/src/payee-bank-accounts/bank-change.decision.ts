// Which steps of the account that a payee is paid to its places hear of, so that who did not ask for a change can object in time.
import { BANK_CHANGE_PLACES_MAX, type BodyOf, type PayeeBankChangedV1 } from '#libs/contracts';
import type { PayeeId, PlaceId } from '#libs/kernel';
import type { Rail } from '../payment-source.decision.js';
import { hoursLeft } from './cooling-off.decision.js';

export type Told = BodyOf<typeof PayeeBankChangedV1>;
/** `account`: an IBAN, or the id of a Stripe account. */
export type PaidAccount = Readonly<{ account: string; changedAt: Date | null }>;
export type BankChange = Readonly<{
  step: Told['step'];
  version: Readonly<{ payeeId: PayeeId; version: number; account: string }>;
  rail: Rail;
  /** What a run of the other rail would pay to: a first account beside it leads money away. */
  elsewhere: PaidAccount | undefined;
  payee: Readonly<{ legalName: string; places: readonly PlaceId[] }>;
  /** What the payee is paid to as of now, on this rail: before an approval for a proposal, after it for the approval. */
  paidTo: PaidAccount | undefined;
  at: Date;
  coolingOffHours: number;
}>;

/** None for who has no place (payers, senders), nor for the proposal of a first account. */
export function bankChangesToTell(change: BankChange): Told[] {
  const { step, rail, elsewhere, version: { payeeId, version }, payee: { legalName, places } } = change;
  if (step === 'proposed' && version === 1 && !elsewhere) return [];
  const told = {
    payeeId, payeeName: legalName, bankVersion: version, step, coolingOffHours: hoursOf(change), ...(rail === 'stripe' && { rail }),
    ...(version === 1 && elsewhere && { leadsAway: true as const }),
  };
  return Array.from({ length: Math.ceil(places.length / BANK_CHANGE_PLACES_MAX) }, (_, part) =>
    ({ ...told, places: places.slice(part * BANK_CHANGE_PLACES_MAX, (part + 1) * BANK_CHANGE_PLACES_MAX) }));
}

/** A proposal of the account that is paid to already would not wait: only another one cools off, from its approval on. */
function hoursOf({ step, version, paidTo, elsewhere, at, coolingOffHours }: BankChange): number {
  if (!paidTo) return elsewhere ? coolingOffHours : 0;
  if (step === 'approved') return hoursLeft(paidTo.changedAt, coolingOffHours, at);
  return paidTo.account === version.account ? 0 : coolingOffHours;
}
