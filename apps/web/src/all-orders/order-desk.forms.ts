// What the operator decides about an order: only what its state allows, the next step first.
import type { DecisionForm } from '../decisions/decision-page.js';
import type { SignedInVisit } from '../visit.js';
import { isOver, ROLES, type OrderDesk } from './order-desk.data.js';
import { endForms } from './end.forms.js';
import { moveForms } from './move.forms.js';

/** What is next comes first and open; what may be done as well is folded. */
export function orderForms(desk: OrderDesk, visit: SignedInVisit): readonly DecisionForm[] {
  const begun = isOver(desk) ? [] : [...makingForms(desk, visit), ...moveForms(desk, visit), ...invoiceForm(desk, visit)];
  const forms = [...begun, ...endForms(desk, visit)];
  const isNext = ({ step }: DecisionForm): boolean => NEXT_OF[step] !== undefined && desk.order.nextSteps.includes(NEXT_OF[step]!);
  return [...forms.filter(isNext), ...forms.filter((form) => !isNext(form))]
    .map((form, at) => ({ ...form, ...(isNext(form) ? at === 0 && { filled: true as const } : { folded: true as const }) }));
}
/** Of a form, the next step that it takes. */
export const NEXT_OF: Readonly<Record<string, string>> = { proof: 'submit_proof', mint: 'mint', ship: 'ship', activate: 'activate', statement: 'sign_statement' };

function makingForms({ order }: OrderDesk, { say }: SignedInVisit): readonly DecisionForm[] {
  const { orderId, nextSteps, count, mintedCount } = order;
  const left = count - mintedCount;
  return [
    ...(!nextSteps.includes('submit_proof') ? [] : [{
      step: 'proof', title: say('Envoyer l’épreuve', 'Submit the proof'), roles: ROLES,
      says: say('Le premier financeur approuve exactement ce fichier, ou le renvoie. Rien n’est fabriqué avant.', 'The first payer approves exactly this file, or sends it back. Nothing is made before.'),
      fields: [
        { name: 'reference', kind: 'text' as const, max: 200, label: say('Où le financeur la lit', 'Where the payer reads it'), hint: say('Une adresse https://, ou le nom du fichier que vous lui avez envoyé.', 'An https:// address, or the name of the file that you sent.') },
        { name: 'sha256', kind: 'text' as const, max: 64, label: say('Empreinte SHA-256 du fichier', 'SHA-256 fingerprint of the file'), hint: say('64 signes, comme `sha256sum épreuve.pdf` les donne.', '64 characters, as `sha256sum proof.pdf` gives them.') },
      ],
      button: say('Envoyer l’épreuve', 'Submit the proof'),
      send: ({ reference, sha256 }: Readonly<Record<string, unknown>>) => ({ path: `/issuance/orders/${orderId}/proofs`, body: { reference, sha256: String(sha256).toLowerCase() } }),
    }]),
    ...(!nextSteps.includes('mint') ? [] : [{
      step: 'mint', title: say('Fabriquer un lot', 'Make a batch'), roles: ROLES,
      says: say(`Reste ${left} sur ${count}. Les chèques et leurs codes sont créés ; ils ne valent rien avant d’être rendus actifs.`, `${left} of ${count} are left. The vouchers and their codes are made; they are worth nothing before they are made active.`),
      fields: [
        { name: 'bookletSize', kind: 'choice' as const, label: say('Présentation', 'Presented as'), value: '10', choices: [['10', say('Carnets de 10', 'Booklets of 10')], ['5', say('Carnets de 5', 'Booklets of 5')], ['1', say('À l’unité', 'Loose')]] as const },
        { name: 'count', kind: 'whole' as const, optional: true as const, label: say('Combien de chèques', 'How many vouchers'), hint: say('Vide : tout ce qui reste.', 'Empty: all that are left.') },
      ],
      button: say('Fabriquer les chèques', 'Make the vouchers'),
      send: ({ bookletSize, count: asked }: Readonly<Record<string, unknown>>) => ({ path: `/issuance/orders/${orderId}/batches`, body: { bookletSize: Number(bookletSize), ...(asked !== undefined && { count: asked }) } }),
    }]),
  ];
}

function invoiceForm({ order: { orderId, shares }, invoices }: OrderDesk, { say }: SignedInVisit): readonly DecisionForm[] {
  const made = invoices.ok ? invoices.value.filter(({ kind }) => kind === 'invoice').length : shares.length;
  if (made >= shares.length) return [];
  return [{
    step: 'invoice', title: say('Facturer', 'Invoice'), roles: ROLES,
    says: say('Chaque financeur qui n’a pas encore de facture reçoit la sienne : sa part des chèques, des frais et de la TVA.', 'Each payer that has no invoice yet gets one: its share of the vouchers, of the fee and of the VAT.'),
    fields: [], button: say('Établir les factures', 'Make the invoices'), send: () => ({ path: `/issuance/orders/${orderId}/invoices`, body: {} }),
  }];
}
