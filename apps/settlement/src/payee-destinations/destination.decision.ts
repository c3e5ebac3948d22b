// As with a bank account, two people stand behind a Stripe account that money goes to; and Stripe is asked about it both times,
// because it may have closed between them.
import { reject, type PayeeId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** What Stripe says of the account at this moment; undefined: it shows us none. */
export type SeenAtStripe = Readonly<{ country: string | undefined; paysOut: boolean; takesTransfers: boolean }> | undefined;

export type DestinationProposal = Readonly<{
  payeeId: PayeeId;
  payee: Readonly<{ complete: boolean }> | undefined;
  seen: SeenAtStripe;
  /** The payee that this Stripe account is approved for. */
  holder: PayeeId | undefined;
}>;

export function decideDestination({ payeeId, payee, seen, holder }: DestinationProposal): { kind: 'proposed' } | Rejected<RefusalCode> {
  if (!payee) return reject('payee_unknown');
  if (!payee.complete) return reject('payee_incomplete');
  return againstAccount(payeeId, seen, holder) ?? { kind: 'proposed' };
}

export type DestinationCheck = Readonly<{
  version: Readonly<{ payeeId: PayeeId; version: number; maker: string; approved: boolean }> | undefined;
  latest: number;
  checker: string;
  seen: SeenAtStripe;
  holder: PayeeId | undefined;
}>;

export function decideDestinationApproval({ version, latest, checker, seen, holder }: DestinationCheck): { kind: 'approved' } | Rejected<RefusalCode> {
  if (!version) return reject('destination_unknown');
  if (version.approved) return reject('destination_approved');
  if (version.maker === checker) return reject('checker_is_maker');
  if (version.version < latest) return reject('destination_superseded', { version: version.version, latest });
  return againstAccount(version.payeeId, seen, holder) ?? { kind: 'approved' };
}

function againstAccount(payeeId: PayeeId, seen: SeenAtStripe, holder: PayeeId | undefined): Rejected<RefusalCode> | undefined {
  if (!seen) return reject('destination_not_found');
  if (!EEA.has(seen.country ?? '')) return reject('destination_abroad', { country: seen.country ?? 'unknown' });
  if (!seen.takesTransfers || !seen.paysOut) return reject('destination_not_ready', { takesTransfers: seen.takesTransfers, paysOut: seen.paysOut });
  return holder !== undefined && holder !== payeeId ? reject('destination_taken') : undefined;
}

/** Stripe moves money across borders within the European Economic Area only; places of our programmes are in it. */
const EEA: ReadonlySet<string> = new Set([
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO',
  'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
]);
