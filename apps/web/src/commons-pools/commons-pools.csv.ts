// The account of a pool as a file: one form for every language, cents as whole numbers, so that programs read it.
import { csvLine } from '#libs/tabular';
import type { Movement } from './commons-pools.data.js';

const COLUMNS = [
  'number', 'at', 'kind', 'posting_rule', 'parts', 'amount_cents', 'balance_cents', 'sharing_rules', 'allocation_to', 'allocation_reason', 'allocation_votes', 'event',
] as const;

export async function* csvLines(movements: AsyncIterable<Movement>): AsyncGenerator<string> {
  yield csvLine([...COLUMNS], ',');
  for await (const { number, at, kind, postingRule, parts, amountCents, balanceCents, sharingRules, allocation, eventId } of movements) {
    const rules = sharingRules.map(({ programmeId, version }) => `${programmeId} v${version}`).join(' ');
    const { legalName, reason, votes } = allocation ?? { legalName: null, reason: null, votes: null };
    yield csvLine([number, at, kind, postingRule, parts, amountCents, balanceCents, rules, legalName, reason, votes, eventId], ',');
  }
}
