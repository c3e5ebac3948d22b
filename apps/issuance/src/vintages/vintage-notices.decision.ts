// Who is told of which step. Payers of everything; distributors of what concerns the stock that they hold.
import type { BodyOf, EXPIRY_STEPS, VintageNoticeDueV1 } from '#libs/contracts';
import type { DistributorId, PayerId } from '#libs/kernel';

export type NoticeName = BodyOf<typeof VintageNoticeDueV1>['notice'];
export type Party = BodyOf<typeof VintageNoticeDueV1>['parties'][number];
export type Concerned = Readonly<{ payerIds: readonly PayerId[]; distributorIds: readonly DistributorId[] }>;
export type Notice = Readonly<{ name: NoticeName; to: readonly Party['kind'][] }>;

export const NOTICES: Readonly<Record<(typeof EXPIRY_STEPS)[number], Notice>> = {
  thirty_days: { name: 'ends_in_thirty_days', to: ['payer', 'distributor'] },
  fifteen_days: { name: 'sign_off_due', to: ['payer'] },
  seven_days: { name: 'charge_to_acknowledge', to: ['payer'] },
  use_ended: { name: 'use_ended', to: ['payer', 'distributor'] },
  claims_ended: { name: 'claims_ended', to: ['payer'] },
};
/** After the last payer of an order has signed the fifteenth day off. */
export const STOP_NOTICE: Notice = { name: 'stop_handing_over', to: ['distributor'] };

export const partiesOf = ({ to }: Notice, { payerIds, distributorIds }: Concerned): Party[] => [
  ...(to.includes('payer') ? payerIds.map((partyId): Party => ({ kind: 'payer', partyId })) : []),
  ...(to.includes('distributor') ? distributorIds.map((partyId): Party => ({ kind: 'distributor', partyId })) : []),
];
