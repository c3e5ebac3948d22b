// Who lets an auditing body look, and when that counts.
import { addDays, reject, type LocalDate } from '#libs/kernel';

export type WaitingMandate = Readonly<{
  proposedBy: string; payerId: string | null; isConfirmed: boolean; hasEnded: boolean; lastDay: LocalDate;
}>;
type Asked = Readonly<{
  isAuditor: boolean; from: LocalDate | undefined; days: number; today: LocalDate;
  /** Mandates of the body whose days meet these, given or waiting. */
  meeting: number; meetingMax: number;
}>;

export const lastDayOf = (from: LocalDate, days: number): LocalDate => addDays(from, days - 1);

/** The days that it is for. */
export function decideMandate({ isAuditor, from: asked, days, today, meeting, meetingMax }: Asked) {
  if (!isAuditor) return reject('auditor_not_found');
  const from = asked ?? today;
  const until = lastDayOf(from, days);
  if (until < today) return reject('mandate_over');
  // A token tells all that are in force, and has to fit into a header.
  if (meeting >= meetingMax) return reject('mandates_too_many');
  return { kind: 'days' as const, from, until };
}

/** Two people of the operator stand behind each of its mandates. What a payer gave alone waits for nobody. */
export function decideMandateConfirmation(mandate: WaitingMandate | undefined, confirmerId: string, today: LocalDate) {
  if (!mandate || mandate.payerId !== null) return reject('mandate_not_found');
  if (mandate.hasEnded || mandate.lastDay < today) return reject('mandate_over');
  if (mandate.isConfirmed) return reject('mandate_confirmed');
  if (mandate.proposedBy === confirmerId) return reject('confirmer_is_proposer');
  return { kind: 'confirmed' as const };
}

/** `of`: the payer on whose side the caller is; null for the operator, who may end any. */
export function decideMandateEnd(mandate: WaitingMandate | undefined, of: string | null, today: LocalDate) {
  if (!mandate || (of !== null && mandate.payerId !== of)) return reject('mandate_not_found');
  if (mandate.hasEnded || mandate.lastDay < today) return reject('mandate_over');
  return { kind: 'ended' as const, wasGiven: mandate.isConfirmed || mandate.payerId !== null };
}

export type GivenMandate = Readonly<{
  mandateId: string; programmeIds: readonly string[]; payerIds: readonly string[]; firstDay: LocalDate; lastDay: LocalDate;
  hasEnded: boolean;
}>;

/** As a token tells it: what is in force today, and whether anything was before. */
export function mandatesOn(given: readonly GivenMandate[], today: LocalDate) {
  const inForce = given.filter(({ firstDay, lastDay, hasEnded }) => !hasEnded && firstDay <= today && today <= lastDay)
    .map(({ mandateId, programmeIds, payerIds }) => ({ mandateId, programmeIds, payerIds }));
  return { inForce, hadOne: given.some(({ firstDay }) => firstDay <= today) };
}
