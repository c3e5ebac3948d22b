// Who may have the ledgers made again: what was compared is forgotten for as long as it takes, so that two people stand behind it.
import { reject } from '#libs/kernel';

export type AskedRestatement = Readonly<{ askedBy: string; isApproved: boolean }>;

export function decideApproval(asked: AskedRestatement | undefined, approverId: string) {
  if (!asked) return reject('restatement_not_found');
  if (asked.isApproved) return reject('restatement_approved');
  if (asked.askedBy === approverId) return reject('restatement_approver_asked');
  return { kind: 'begun' as const };
}
