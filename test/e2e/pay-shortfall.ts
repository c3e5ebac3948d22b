// What Stripe keeps of a first card payment is more than a place has brought in fees: the operator pays that in before money leaves.
import type { Person } from '../../apps/cli/src/world/api.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { cents } from '#libs/kernel';
import { fakeIban, type FakeBank } from '#libs/testing';

type Money = Readonly<{ shortfallCents: number }>;
type Line = Readonly<{ bankLineId: string; amountCents: number; identifiedAs: string | null }>;

/** Answers how much was missing; waits until the fee is read that makes it so. */
export async function payShortfallIn(operator: Person, bank: FakeBank): Promise<number> {
  await operator.post('/settlement/operator', {});
  const missing = await waitFor('Stripe’s fee is in the books', async () =>
    (await operator.get<{ items: Money[] }>('/settlement/own-money')).items.find(({ shortfallCents }) => shortfallCents > 0)?.shortfallCents);
  bank.receive({ amountCents: cents(missing), from: { name: 'COOPERATIVE', iban: fakeIban(4_040) }, text: 'APPORT' });
  await operator.post('/settlement/bank-statements', bank.closeDay());
  const { items } = await operator.get<{ items: Line[] }>('/settlement/bank-lines?kind=unknown_credit');
  const line = items.find(({ amountCents, identifiedAs }) => amountCents === missing && identifiedAs === null)!;
  await operator.post(`/settlement/bank-lines/${line.bankLineId}/identifications`, { kind: 'paid_in' });
  return missing;
}
