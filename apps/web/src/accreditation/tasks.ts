// What a place has to do before it may take vouchers and be paid for them: pure, so that nothing that is missing looks done.
import type { OwnPlace } from '../place-sheet/own-place.data.js';
import type { Standing } from './accreditation.data.js';

export type Task = Readonly<{
  name: 'siret' | 'accreditation' | 'account' | 'netting' | 'renewal';
  /** `later`: nothing to do yet, or not for the place. */
  state: 'done' | 'to_do' | 'later' | 'unknown'; href?: string;
}>;

/** As redemption lets a place apply for the next accreditation so long before the end of one. */
const RENEWAL_DAYS = 90;
const DAY_MS = 86_400_000;

type Covering = Pick<OwnPlace['accreditations'][number], 'isLatest' | 'from' | 'to' | 'leavesFrom'>;

/** The version that counts, on a day that it covers and on which the place has not left. */
export const isInForce = ({ isLatest, from, to, leavesFrom }: Covering, today: string): boolean =>
  isLatest && from <= today && to >= today && (leavesFrom === null || leavesFrom > today);

/** Gone by its own word from what it was accredited for: nothing is left to do, unless it wishes to return. */
export const hasLeft = ({ accreditations }: Pick<OwnPlace, 'accreditations'>, today: string): boolean =>
  accreditations.some(({ isLatest, leavesFrom }) => isLatest && leavesFrom !== null && leavesFrom <= today);

export function tasksOf({ place, account, terms, acceptances }: Standing, today: string): readonly Task[] {
  const inForce = place.ok ? place.value.accreditations.filter((one) => isInForce(one, today)) : [];
  // What it leaves is not renewed.
  const ends = inForce.filter(({ leavesFrom }) => leavesFrom === null).map(({ to }) => to).sort()[0];
  const renewable = ends !== undefined && Date.parse(ends) - Date.parse(today) <= RENEWAL_DAYS * DAY_MS;
  return [
    { name: 'siret', state: place.ok ? (place.value.siret === null ? 'to_do' : 'done') : 'unknown' },
    { name: 'accreditation', state: place.ok ? (inForce.length > 0 ? 'done' : hasLeft(place.value, today) ? 'later' : 'to_do') : 'unknown', href: '#apply' },
    { name: 'account', state: account.ok ? (account.value.byStripe || (account.value.paidTo && !account.value.paidTo.blocked) ? 'done' : 'to_do') : stateOfMissing(account.code), href: '/account' },
    { name: 'netting', state: netting({ terms, acceptances }), href: '#netting' },
    { name: 'renewal', state: renewable ? 'to_do' : inForce.length > 0 ? 'later' : 'unknown', href: '#apply' },
  ];
}

/** A place that settlement has not heard of gets its account after its first accreditation. */
const stateOfMissing = (code: string): Task['state'] => (code === 'place_unknown' ? 'later' : 'unknown');

function netting({ terms, acceptances }: Pick<Standing, 'terms' | 'acceptances'>): Task['state'] {
  if (!terms.ok || !acceptances.ok) return 'unknown';
  const [latest] = terms.value;
  if (!latest) return 'later';
  return acceptances.value.some(({ version }) => version === latest.version) ? 'done' : 'to_do';
}
