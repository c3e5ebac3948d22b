import { reject, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type PreviousRule = Readonly<{ version: number; from: LocalDate }>;
export type AskedDay = Readonly<{ from: LocalDate; today: LocalDate; programmeKnown: boolean }>;

/** Versions follow each other in the order of their days, so that a day has one rule; no day that is over gets another. */
export function decideUpstreamFeeRule(
  { from, today, programmeKnown }: AskedDay, previous: PreviousRule | undefined,
): Readonly<{ kind: 'published'; version: number }> | Rejected<RefusalCode> {
  if (!programmeKnown) return reject('programme_not_found');
  if (from < today) return reject('upstream_fee_rule_too_early', { today });
  if (previous && from <= previous.from) return reject('upstream_fee_rule_too_early', { version: previous.version, from: previous.from });
  return { kind: 'published', version: (previous?.version ?? 0) + 1 };
}
