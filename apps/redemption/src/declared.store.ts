// What a till declared of a service, and what that was priced by, as the columns of its redemption hold it.
import type { ServiceCode } from '#libs/contracts';
import { cents, type Cents, type RedemptionId, type SessionId } from '#libs/kernel';
import type { Declared } from './redeem-voucher/redeem-voucher.decision.js';
import type { FrozenTariff } from './tariff.decision.js';

export type DeclaredRow = Readonly<{
  session_id: SessionId | null; service: ServiceCode | null; duration_minutes: number | null; participants: number | null;
  first_visit: boolean | null; tariff_version: number | null; tariff_price: number | null;
  participation_id: RedemptionId | null; paid_beside: number | null;
}>;

export const declaredOf = (row: DeclaredRow): Declared => ({
  ...(row.session_id !== null && { sessionId: row.session_id }),
  ...(row.service !== null && { service: row.service }),
  ...(row.duration_minutes !== null && { durationMinutes: row.duration_minutes }),
  ...(row.participants !== null && { participants: row.participants }),
  ...(row.first_visit !== null && { firstVisit: row.first_visit }),
});

export const frozenTariffOf = ({ tariff_version: version, tariff_price: price }: DeclaredRow): Readonly<{ tariff?: FrozenTariff }> =>
  (version === null || price === null ? {} : { tariff: { version, price: cents(price) } });

type Paid = Readonly<{ participationOf?: RedemptionId; beside?: Cents }>;
export const participationOf = ({ participation_id: of, paid_beside: beside }: DeclaredRow): Paid =>
  ({ ...(of !== null && { participationOf: of }), ...(beside !== null && { beside: cents(beside) }) });
