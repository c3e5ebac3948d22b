// The page to which the payer is sent, in the fake: three buttons in place of a card form.
import type { FakeAccount } from './fake-account.js';
import { FakeRefusal } from './fake-objects.js';

type Page = Readonly<{ status: number; headers: Readonly<Record<string, string>>; html: string }>;

/** GET `/c/pay/<session>` shows it; POST to `/pay`, `/decline` and `/cancel` below it are its buttons. */
export function paymentPage(account: FakeAccount, method: string, path: string): Page {
  const [, id = '', action = ''] = /^\/c\/pay\/(cs_test_\w+)(?:\/(pay|decline|cancel))?$/.exec(path) ?? [];
  try {
    if (method === 'POST' && action !== '') return press(account, id, action);
    const { amount_total: total, currency, status } = account.find('checkout.session', id);
    return html(200, status === 'open' ? form(id, `${(total / 100).toFixed(2)} ${currency.toUpperCase()}`) : `<p>Session: ${status}</p>`);
  } catch (error) {
    if (error instanceof FakeRefusal) return html(error.status, '<p>Paiement inconnu ou terminé / Unknown or finished payment</p>');
    throw error;
  }
}

function press(account: FakeAccount, id: string, action: string): Page {
  const found = account.find('checkout.session', id);
  const isCard = found.payment_method_types[0] === 'card';
  const session = action !== 'pay' ? found : isCard ? account.pay(id) : account.delayed.promise(id);
  if (action === 'decline') account.decline(id);
  const back = action === 'pay' ? session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', id)
    : action === 'cancel' && session.cancel_url ? session.cancel_url : `/c/pay/${id}`;
  return { status: 303, headers: { location: back }, html: '' };
}

const form = (id: string, amount: string) => `<p><strong>${amount}</strong></p>
${(['pay', 'decline', 'cancel'] as const).map((action) => `<form method="post" action="/c/pay/${id}/${action}"><button>${LABELS[action]}</button></form>`).join('\n')}`;

const LABELS = { pay: 'Payer / Pay', decline: 'Carte refusée / Card declined', cancel: 'Revenir / Go back' } as const;

const html = (status: number, body: string): Page => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  html: `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Faux Stripe / Fake Stripe</title>
<h1>Faux Stripe : aucun argent ne circule / Fake Stripe: no money moves</h1>${body}</html>`,
});
