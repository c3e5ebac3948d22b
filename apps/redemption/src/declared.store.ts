// What a till declared of a service, as the columns of its redemption hold it.
import type { ServiceCode } from '#libs/contracts';
import type { SessionId } from '#libs/kernel';
import type { Declared } from './redeem-voucher/redeem-voucher.decision.js';

export type DeclaredRow = Readonly<{
  session_id: SessionId | null; service: ServiceCode | null; duration_minutes: number | null; participants: number | null;
  first_visit: boolean | null;
}>;

export const declaredOf = (row: DeclaredRow): Declared => ({
  ...(row.session_id !== null && { sessionId: row.session_id }),
  ...(row.service !== null && { service: row.service }),
  ...(row.duration_minutes !== null && { durationMinutes: row.duration_minutes }),
  ...(row.participants !== null && { participants: row.participants }),
  ...(row.first_visit !== null && { firstVisit: row.first_visit }),
});
