import { reject, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type Terms = Readonly<{ version: number; sha256: string }>;

/** Terms are read before they are accepted: who names another digest read another text. Only the latest version is accepted any more. */
export function decideAcceptance(
  asked: Terms, { found, latestVersion }: Readonly<{ found: Terms | undefined; latestVersion: number | null }>,
): Readonly<{ kind: 'accepted' }> | Rejected<RefusalCode> {
  if (!found) return reject('netting_terms_unknown');
  if (found.version !== latestVersion) return reject('netting_terms_superseded', { latestVersion });
  if (found.sha256 !== asked.sha256) return reject('netting_terms_differ');
  return { kind: 'accepted' };
}

/** A day that is over would make statements wrong that closed since. */
export const decideTerms = (from: LocalDate, today: LocalDate): Readonly<{ kind: 'published' }> | Rejected<RefusalCode> =>
  (from < today ? reject('netting_terms_in_the_past', { earliest: today }) : { kind: 'published' });
