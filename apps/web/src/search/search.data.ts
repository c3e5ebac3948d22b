// Everything that a person's roles open is asked at once, a few lists at a time; what a role may not see is not asked.
import type { Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { SEARCHED } from './search-kinds.js';
import type { Found, SearchText } from './searched-list.js';

/** One person's search must not take all the connections of a service. */
const AT_ONCE_MAX = 4;

export async function searchAll(visit: SignedInVisit, services: Services, term: SearchText): Promise<readonly Found[]> {
  const { roles } = visit.person.organisation;
  const open = SEARCHED.filter((kind) => kind.roles.some((role) => roles.includes(role)));
  const found: (Found | undefined)[] = [];
  let next = 0;
  const ask = async (): Promise<void> => {
    for (let index = next++; index < open.length; index = next++) found[index] = await open[index]!.search(visit, services, term);
  };
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, ask));
  return found.filter((one) => one !== undefined);
}
