// Places come to be: registered, accredited, with a till that signs in and a bank account that two people have seen.
import { uuidv7 } from 'uuidv7';
import type { Person } from './api.js';
import type { Dates, Scheme } from './money-in.js';
import type { OperatorPeople, Staff } from './people.js';
import type { SamplePerson, SamplePlace } from './samples.js';
import { waitFor } from './wait.js';

export type OpenedPlace = Readonly<{ placeId: string; payeeId: string; till: Person; sample: SamplePlace }>;
type ListedPayee = Readonly<{ payeeId: string; places: { placeId: string }[]; bankState: string }>;

export async function openPlace(
  people: OperatorPeople, staff: Staff, at: { scheme: Scheme; dates: Dates; sample: SamplePlace; who: SamplePerson },
): Promise<OpenedPlace> {
  const { operator } = people;
  const { scheme, dates, sample, who } = at;
  const { placeId } = await operator.post<{ placeId: string }>('/redemption/places', {
    siret: sample.siret, name: sample.name, site: { name: sample.name, timeZone: sample.timeZone },
  });
  await accredit(operator, placeId, scheme, dates);
  const till = await staff.found({ kind: 'place', name: sample.name, partyId: placeId }, 'till', who, `place (${sample.name})`);
  const { payeeId } = await waitFor('settlement knows the place', () => payeeOf(operator, placeId));
  await operator.post('/settlement/payees', { placeId, legalName: sample.legalName, siren: sample.siren });
  await giveAccount(people, payeeId, sample.legalName, sample.iban);
  return { placeId, payeeId, till, sample };
}

/** One person enters the IBAN, another compares it with the document and approves it. */
export async function giveAccount({ operator, checker }: OperatorPeople, payeeId: string, holder: string, iban: string): Promise<void> {
  const { bankAccountId } = await operator.post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, {
    iban, holder: holder.slice(0, 70),
  });
  await checker.post(`/settlement/payee-bank-accounts/${bankAccountId}/approvals`, { reason: 'compared with the RIB' });
}

/**
 * The programme's publication may still be under way to redemption: until then it has no such programme. A refusal stays
 * told under its key, so each try has a key of its own.
 */
async function accredit(operator: Person, placeId: string, { programmeId }: Scheme, { today, usableUntil }: Dates): Promise<void> {
  await waitFor('the place is accredited', async () => {
    const { status, body } = await operator.tryPost(`/redemption/places/${placeId}/accreditations`, { programmeId, from: today, to: usableUntil }, uuidv7());
    if (status >= 400 && (body as { code?: string }).code !== 'programme_not_found') throw new Error(JSON.stringify(body));
    return status < 300;
  });
}

async function payeeOf(operator: Person, placeId: string): Promise<ListedPayee | undefined> {
  const { items } = await operator.get<{ items: ListedPayee[] }>('/settlement/payees?limit=200');
  return items.find(({ places }) => places.some((place) => place.placeId === placeId));
}
