// Who acts in a simulation, and what there is before its first step: two programmes, a payer, two places with bank accounts, a
// distributor, a bank. Made over the same routes as by anybody.
import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '#libs/auth';
import { cents, localDate } from '#libs/kernel';
import { FakeBank, fakeIban } from '#libs/testing';
import { BIC, siretOf, sirenOf } from '../world/samples.js';
import { FACE, LAST_DAY } from './platform-model.js';
import type { SimulatedPlatform } from './simulated-platform.js';
import type { Transport } from './transport.js';

export const START = '2026-03-10T08:00:00.000Z';
const TODAY = START.slice(0, 10);

const person = (over: Partial<Principal> = {}): Principal => ({
  userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'operator', partyId: null, roles: ['operator'], name: 'A person',
  amr: ['pwd', 'otp'], authTime: 1_767_225_600, secondFactorTime: 1_767_225_600, ...over,
});
const of = (kind: 'payer' | 'place' | 'distributor', role: Principal['roles'][number], id: string): Principal =>
  person({ organisationKind: kind, roles: [role], partyId: id.slice(4) });

export type Scheme = Readonly<{
  operator: Principal; checker: Principal; approver: Principal; payer: Principal; distributor: Principal; tills: readonly Principal[];
  bank: FakeBank; bankAccountId: string; payerId: string; distributorId: string;
  programmes: Readonly<Record<'unit' | 'balance', string>>; placeIds: readonly string[]; payeeIds: readonly string[];
}>;

export async function openScheme(platform: SimulatedPlatform, transport: Transport): Promise<Scheme> {
  const [operator, checker, approver] = [person(), person(), person({ roles: ['approver'] })];
  const post = async <T>(path: string, body: object, who = operator): Promise<T> => {
    const { status, text, body: answer } = await platform.call(who, path, body, uuidv7());
    if (status >= 300) throw new Error(`POST ${path} answered ${status} ${text}`);
    await transport.deliver();
    return answer as T;
  };
  const [name, iban] = ['CANTONNEMENT', fakeIban(1)];
  const bank = new FakeBank({ iban, ownerName: name, bic: BIC, openingCents: cents(0), day: localDate(TODAY), tellsPaymentsOfBatch: true });
  const { bankAccountId } = await post<{ bankAccountId: string }>('/settlement/bank-accounts', { name, iban, bic: BIC });
  const programme = async (kind: 'unit' | 'balance') => {
    const { programmeId } = await post<{ programmeId: string }>('/issuance/programmes', {
      name: `Programme ${kind}`, kind, faceCents: FACE, usableUntil: LAST_DAY, claimableUntil: LAST_DAY,
      custodyAccountId: bankAccountId, creditor: { name, iban, bic: BIC },
    });
    await post('/settlement/fee-rules', { programmeId, from: TODAY, feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100 });
    return programmeId;
  };
  const programmes = { unit: await programme('unit'), balance: await programme('balance') };
  const { payerId } = await post<{ payerId: string }>('/issuance/payers', { name: 'Département témoin', siren: '732829320' });
  const { distributorId } = await post<{ distributorId: string }>('/issuance/distributors', { name: 'Bibliothèque', siret: siretOf(sirenOf(900)) });
  const placeIds: string[] = [];
  const payeeIds: string[] = [];
  for (const number of [1, 2]) {
    const siren = sirenOf(200 + number);
    const { placeId } = await post<{ placeId: string }>('/redemption/places', {
      name: `Lieu ${number}`, siret: siretOf(siren), site: { name: `Lieu ${number}`, timeZone: 'Europe/Paris' },
    });
    for (const programmeId of Object.values(programmes)) await post(`/redemption/places/${placeId}/accreditations`, { programmeId, from: TODAY, to: LAST_DAY });
    const { payeeId } = await post<{ payeeId: string }>('/settlement/payees', { placeId, legalName: `Association ${number}`, siren });
    await giveAccount(post, { payeeId, checker, account: 100 + number });
    placeIds.push(placeId);
    payeeIds.push(payeeId);
  }
  return {
    operator, checker, approver, payer: of('payer', 'payer', payerId), distributor: of('distributor', 'distributor', distributorId),
    tills: placeIds.map((id) => of('place', 'till', id)), bank, bankAccountId, payerId, distributorId, programmes, placeIds, payeeIds,
  };
}

type Post = <T>(path: string, body: object, who?: Principal) => Promise<T>;
type Account = Readonly<{ payeeId: string; checker: Principal; account: number }>;
export async function giveAccount(post: Post, { payeeId, checker, account }: Account): Promise<void> {
  const { bankAccountId } = await post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban: fakeIban(account), holder: 'TITULAIRE' });
  await post(`/settlement/payee-bank-accounts/${bankAccountId}/approvals`, { reason: 'compared with the RIB' }, checker);
}
