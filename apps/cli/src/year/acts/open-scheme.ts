// A scheme comes to be: an account for other people's money, two programmes with what they take from places, two payers.
import { openCustody, publishProgramme } from '../../world/money-in.js';
import { PAYER, PEOPLE, PROGRAMME, SECOND_PAYER, SECOND_RULES, type SamplePerson } from '../../world/samples.js';
import type { Person } from '../../world/api.js';
import { operatorOf, type Year } from '../year.js';
import type { KnownPayer } from './import-payers.js';

export type FundingPayer = Readonly<{ payerId: string; name: string; iban: string; person: Person }>;
export type YearScheme = Readonly<{
  bankAccountId: string;
  programmeId: string;
  /** Of vouchers that hold a balance, open only from spring on: a till can be wrong in more ways with them. */
  secondProgrammeId: string;
  payers: readonly [FundingPayer, FundingPayer];
}>;

export async function openScheme(year: Year, [first, second]: readonly [KnownPayer, KnownPayer]): Promise<YearScheme> {
  const { calendar: { opensOn, usableUntil, claimableUntil, secondOpensOn }, tell } = year;
  const operator = operatorOf(year);
  const dates = { today: opensOn, usableUntil, claimableUntil };
  const bankAccountId = await openCustody(operator);
  const programmeId = await publishProgramme(operator, { ...PROGRAMME, kind: 'unit', bankAccountId, dates, feesFrom: opensOn });
  const secondProgrammeId = await publishProgramme(operator, {
    name: 'Coup de pouce numérique', faceCents: PROGRAMME.faceCents, kind: 'balance', bankAccountId, dates, feesFrom: secondOpensOn,
    rules: SECOND_RULES,
  });
  const payers = [
    await openPayer(year, { ...first, iban: PAYER.iban }, PEOPLE.payer),
    await openPayer(year, { ...second, iban: SECOND_PAYER.iban }, PEOPLE.secondPayer),
  ] as const;
  tell(`two programmes, usable until ${usableUntil}; ${payers.map(({ name }) => name).join(' and ')} will fund them`);
  return { bankAccountId, programmeId, secondProgrammeId, payers };
}

/** The account that it pays from is made up: no public list has it. */
async function openPayer(year: Year, payer: KnownPayer & { iban: string }, who: SamplePerson): Promise<FundingPayer> {
  const { name, payerId } = payer;
  const person = await year.staff.found({ kind: 'payer', name, partyId: payerId }, 'payer', who, `payer (${name})`);
  return { ...payer, person };
}
