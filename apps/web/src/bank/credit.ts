// A credit of which something is not matched to an order: what it may pay, and what else may become of it.
import { z } from 'zod';
import type { DecisionForm } from '../decisions/decision-page.js';
import { amountText, shortId } from '../format.js';
import type { WordsOf } from '../operator/words.js';
import { wordOf } from '../operator/words.js';
import type { SignedInVisit } from '../visit.js';

export const credit = z.object({
  bankLineId: z.string(), bookedOn: z.string(), amountCents: z.int(), leftCents: z.int(), outcome: z.string(),
  setAside: z.object({ reason: z.string() }).nullable(),
  candidates: z.array(z.object({ orderId: z.string(), payerId: z.string(), reference: z.string(), dueCents: z.int(),
  why: z.array(z.string()) })),
});
export type Credit = z.output<typeof credit>;

export const OUTCOMES: WordsOf = {
  matched: ['Rapproché', 'Matched'], matched_by_payer: ['Rapproché par le financeur', 'Matched by payer'], overpaid: ['Trop payé', 'Overpaid'], unknown_reference: ['Référence inconnue', 'Unknown reference'],
  other_account: ['Autre compte', 'Other account'], nothing_due: ['Rien n’était dû', 'Nothing was due'], ambiguous: ['Plusieurs commandes possibles', 'Several orders possible'],
};
const WHY: WordsOf = { reference: ['référence', 'reference'], payer: ['financeur', 'payer'], amount: ['montant', 'amount'], date: ['date', 'date'] };
const GIVE_BACK: WordsOf = { not_ours: ['Ce n’est pas à nous', 'It is not ours'], paid_twice: ['Payé deux fois', 'Paid twice'], overpaid: ['Trop payé', 'Overpaid'], order_cancelled: ['Commande annulée', 'Order cancelled'] };

export function creditForms(waiting: Credit | undefined, { say, language }: SignedInVisit): readonly DecisionForm[] {
  if (!waiting) return [];
  const [path, sum] = [`/issuance/credits/${waiting.bankLineId}`, amountText(waiting.leftCents, language)];
  const candidates = waiting.candidates.map(({ orderId, payerId, reference, dueCents, why }): readonly [string, string] => [
    `${orderId} ${payerId}`, `${reference} · ${amountText(dueCents, language)} · ${why.map((one) => wordOf(WHY, one, say)).join(', ')}`,
  ]);
  const pays = (values: Readonly<Record<string, unknown>>) => {
    const [orderId, payerId] = String(values['order']).split(' ');
    return { path: `${path}/matches`, body: { orderId, ...(payerId && { payerId }) } };
  };
  return [
    ...(candidates.length === 0 ? [] : [{
      step: 'match', title: say('Rapprocher d’une commande proposée', 'Match to a suggested order'), filled: true as const, roles: ['operator'],
      says: say(`${sum} paient la commande choisie, jusqu’à ce qu’elle demande. La plus probable est la première, avec ce qui y ressemble.`, `${sum} pay the order chosen, up to what it asks. The likeliest is first, with what is alike.`),
      fields: [{ name: 'order', kind: 'choice' as const, label: say('Commande', 'Order'), choices: candidates }], button: say(`Rapprocher ${sum}`, `Match ${sum}`), send: pays,
    }]),
    {
      step: 'match-other', title: say('Rapprocher d’une autre commande', 'Match to another order'), roles: ['operator'], says: say(`Le financeur a écrit autre chose : dites quelle commande il paie.`, 'The payer wrote something else: say which order it pays.'),
      fields: [{ name: 'order', kind: 'text', max: 40, label: say('Commande', 'Order'), hint: 'ord_…' }], button: say('Rapprocher', 'Match'), send: pays,
    },
    {
      step: 'give-back', title: say('Rendre', 'Give back'), roles: ['operator'], confirms: waiting.leftCents,
      says: say(`${sum} repartiront au compte d’où ils viennent, par une campagne de remboursements.`, `${sum} will go back to the account that they came from, by a run of refunds.`),
      fields: [{ name: 'reason', kind: 'choice', label: say('Pourquoi ?', 'Why?'), choices: Object.entries(GIVE_BACK).map(([value, words]) => [value, say(...words)] as const) }],
      button: say(`Rendre ${sum}`, `Give ${sum} back`), send: (values) => ({ path: `${path}/give-backs`, body: values }),
    },
    waiting.setAside === null ? {
      step: 'set-aside', title: say('Mettre de côté', 'Set aside'), roles: ['operator'], says: say('Le crédit quitte la file ; rien ne bouge.', 'The credit leaves the work-list; nothing moves.'),
      fields: [{ name: 'reason', kind: 'long', max: 200, label: say('Pourquoi ?', 'Why?') }], button: say('Mettre de côté', 'Set aside'), send: (values) => ({ path: `${path}/set-asides`, body: values }),
    } : {
      step: 'take-up', title: say('Reprendre', 'Take up again'), roles: ['operator'], says: say(`Mis de côté : ${waiting.setAside.reason}`, `Set aside: ${waiting.setAside.reason}`), fields: [],
      button: say('Remettre dans la file', 'Back to the work-list'), send: () => ({ path: `${path}/take-ups`, body: {} }),
    },
  ];
}

export const candidateWord = (one: Credit['candidates'][number] | undefined, { say, language }: SignedInVisit): string | null =>
  (one === undefined ? null : `${one.reference} · ${amountText(one.dueCents, language)} (${one.why.map((why) => wordOf(WHY, why, say)).join(', ')}) ${shortId(one.orderId)}`);
