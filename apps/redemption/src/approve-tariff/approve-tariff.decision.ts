// From which day does an approved raise count? From its own, or from that of the approval: what was rendered before was
// rendered at the price that was known then.
import { reject, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type Waiting = Readonly<{ from: LocalDate; needsApproval: boolean; isApproved: boolean; isLatest: boolean }>;

export function decideApproval(tariff: Waiting | undefined, today: LocalDate): LocalDate | Rejected<RefusalCode> {
  if (!tariff) return reject('tariff_not_found');
  if (!tariff.needsApproval || tariff.isApproved) return reject('tariff_counts_already');
  // The place has said another price since.
  if (!tariff.isLatest) return reject('tariff_superseded');
  return tariff.from > today ? tariff.from : today;
}
