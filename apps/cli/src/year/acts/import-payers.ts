// Who could fund vouchers: communes, départements and others from a file. Two of them will; without a file, two made-up ones.
import { PAYER, SECOND_PAYER } from '../../world/samples.js';
import { registerPayer } from '../../world/money-in.js';
import { shuffled } from '../plan/chance.decision.js';
import { drawOf, operatorOf, type Year } from '../year.js';
import { importText, importTwice } from './import-table.js';

export type KnownPayer = Readonly<{ payerId: string; name: string }>;
type ListedPayer = KnownPayer & Readonly<{ siren: string }>;

const PATH = '/issuance/payer-imports';

export async function findPayers(year: Year): Promise<readonly [KnownPayer, KnownPayer]> {
  const { wish: { payersFile }, tell } = year;
  const imported = payersFile === undefined ? [] : await importPayers(year, payersFile);
  const [first, second] = shuffled(drawOf(year, 'payers'), imported);
  if (payersFile !== undefined && !second) tell('the file names too few payers: made-up ones are registered beside them');
  return [first ?? await madeUp(year, PAYER), second ?? await madeUp(year, SECOND_PAYER)];
}

async function importPayers(year: Year, file: string): Promise<KnownPayer[]> {
  year.tell(importText(await importTwice(year, PATH, file)));
  const payers = await operatorOf(year).list<ListedPayer>('/issuance/payers?');
  return payers.sort((a, b) => (a.siren < b.siren ? -1 : 1));
}

const madeUp = async (year: Year, { name, siren }: Readonly<{ name: string; siren: string }>): Promise<KnownPayer> =>
  ({ payerId: await registerPayer(operatorOf(year), { name, siren }), name });
