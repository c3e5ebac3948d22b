// A payer pays its share by card, through Stripe's own SDK against the fake. Stripe keeps its fee, and days later pays out
// what is left to the custody account, as one line that names nobody.
import { cents } from '#libs/kernel';
import type { FakeStripe } from '#libs/stripe';
import { euros } from '../../demo/life.js';
import { waitFor } from '../../world/wait.js';
import { operatorOf, type Year } from '../year.js';
import type { FundingPayer } from './open-scheme.js';

const WEBHOOK_SECRET = 'whsec_year';
const DESCRIPTOR = 'MEREAU';

/** What services are started with, to speak with the fake. */
export const cardSettings = ({ baseUrl }: FakeStripe): Readonly<Record<string, string>> =>
  ({ STRIPE_SECRET_KEY: 'sk_test_year', STRIPE_API_BASE: baseUrl, STRIPE_WEBHOOK_SECRETS: WEBHOOK_SECRET });

export const connectStripe = (year: Year, bankAccountId: string): Promise<unknown> =>
  operatorOf(year).post('/settlement/stripe-accounts', { bankAccountId });

/** False when the share is more than a card takes. */
export async function payByCard(year: Year, { person }: FundingPayer, orderId: string): Promise<boolean> {
  const { status, body } = await person.tryPost(`/issuance/orders/${orderId}/card-payments`);
  if ((body as { code?: string }).code === 'card_amount_not_chargeable') return false;
  if (status >= 300) throw new Error(JSON.stringify(body));
  const { url } = body as { url: string };
  // Stripe's page, which the payer sees and we do not.
  const page = await fetch(`${url}/pay`, { method: 'POST', redirect: 'manual' });
  if (page.status >= 400) throw new Error(`the card was not charged: ${page.status}`);
  await tellOf(year, 'issuance', ['checkout.session.']);
  await tellOf(year, 'settlement', ['charge.']);
  await waitFor('the card payment is read at Stripe and posted', async () => {
    const { statedCents, ledgerCents } = await balance(year);
    return statedCents > 0 && statedCents === ledgerCents;
  });
  return true;
}

/** What Stripe holds goes to the bank, whose statement brings it. */
export async function payOut(year: Year): Promise<void> {
  const { bank, stripe, tell } = year;
  const { id, amount } = stripe.account.payOut({ arrivesOn: bank.day, descriptor: DESCRIPTOR });
  stripe.account.payoutPaid(id);
  await tellOf(year, 'settlement', ['payout.']);
  await waitFor('the payout is on its way', async () => (await balance(year)).inTransitCents === amount);
  bank.receivePspPayout({ amountCents: cents(amount), descriptor: DESCRIPTOR });
  tell(`Stripe keeps ${euros((await balance(year)).feesCents)} and pays ${euros(amount)} out`);
}

const balance = (year: Year) =>
  operatorOf(year).get<{ statedCents: number; ledgerCents: number; inTransitCents: number; feesCents: number }>('/settlement/stripe-balance');

/** Each twice and the latest first, as Stripe allows itself. */
async function tellOf({ stage, stripe }: Year, service: 'issuance' | 'settlement', types: readonly string[]): Promise<void> {
  const url = `${stage.platform.url}/${service}/stripe-webhooks`;
  const answers = await stripe.deliverWebhooks({ url, secret: WEBHOOK_SECRET, types }, { copies: 2, reversed: true });
  for (const { status, type } of answers) if (status !== 200) throw new Error(`${service} answered ${status} to ${type}`);
}
