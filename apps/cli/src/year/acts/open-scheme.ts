// A scheme comes to be: an account for other people's money, two programmes with what they take from places, two payers.
import { openCustody, publishProgramme, registerPayer } from '../../world/money-in.js';
import { PAYER, PEOPLE, PROGRAMME, SECOND_PAYER, type SamplePerson } from '../../world/samples.js';
import type { Person } from '../../world/api.js';
import { operatorOf, type Year } from '../year.js';

export type FundingPayer = Readonly<{ payerId: string; name: string; iban: string; person: Person }>;
export type YearScheme = Readonly<{
  bankAccountId: string;
  programmeId: string;
  /** Of vouchers that hold a balance, open only from spring on: a till can be wrong in more ways with them. */
  secondProgrammeId: string;
  payers: readonly [FundingPayer, FundingPayer];
}>;

export async function openScheme(year: Year): Promise<YearScheme> {
  const { calendar: { opensOn, usableUntil, claimableUntil, secondOpensOn }, tell } = year;
  const operator = operatorOf(year);
  const dates = { today: opensOn, usableUntil, claimableUntil };
  const bankAccountId = await openCustody(operator);
  const programmeId = await publishProgramme(operator, { ...PROGRAMME, kind: 'unit', bankAccountId, dates, feesFrom: opensOn });
  const secondProgrammeId = await publishProgramme(operator, {
    name: 'Coup de pouce numérique', faceCents: PROGRAMME.faceCents, kind: 'balance', bankAccountId, dates, feesFrom: secondOpensOn,
  });
  const payers = [await openPayer(year, PAYER, PEOPLE.payer), await openPayer(year, SECOND_PAYER, PEOPLE.secondPayer)] as const;
  tell(`two programmes, usable until ${usableUntil}; ${payers.map(({ name }) => name).join(' and ')} will fund them`);
  return { bankAccountId, programmeId, secondProgrammeId, payers };
}

type PayerText = Readonly<{ name: string; siren: string; iban: string }>;

async function openPayer(year: Year, payer: PayerText, who: SamplePerson): Promise<FundingPayer> {
  const { name, iban } = payer;
  const payerId = await registerPayer(operatorOf(year), payer);
  const person = await year.staff.found({ kind: 'payer', name, partyId: payerId }, 'payer', who, `payer (${name})`);
  return { payerId, name, iban, person };
}
