// What Stripe keeps of a card payment comes before any fee of a place: the operator sends it to the custody account, and somebody says
// what that credit is. Until then no run leaves.
import { cents } from '#libs/kernel';
import { euros } from '../../demo/life.js';
import { ibanOf } from '../../world/samples.js';
import { operatorOf, type Year } from '../year.js';

type Money = Readonly<{ shortfallCents: number }>;
type Line = Readonly<{ bankLineId: string; remittance: string | null }>;

const TEXT = 'APPORT OPERATEUR';
const OPERATOR_IBAN = 9_900;

/** False when nothing is missing. */
export async function sendShortfall(year: Year): Promise<boolean> {
  const { bank, tell } = year;
  const { items } = await operatorOf(year).get<{ items: Money[] }>('/settlement/own-money');
  const missing = items.reduce((sum, { shortfallCents }) => sum + shortfallCents, 0);
  if (missing === 0) return false;
  bank.receive({ amountCents: cents(missing), from: { name: 'COOPERATIVE', iban: ibanOf(OPERATOR_IBAN) }, text: TEXT });
  tell(`the operator pays ${euros(missing)} in: its costs are above what it earned so far`);
  return true;
}

export async function identifyShortfall(year: Year): Promise<void> {
  const operator = operatorOf(year);
  await operator.post('/settlement/operator', {});
  const unknown = await operator.list<Line>('/settlement/bank-lines?kind=unknown_credit');
  const { bankLineId } = unknown.find(({ remittance }) => remittance?.includes(TEXT))!;
  await operator.post(`/settlement/bank-lines/${bankLineId}/identifications`, { kind: 'paid_in' });
}
