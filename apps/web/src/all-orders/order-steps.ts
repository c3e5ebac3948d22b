// What is to be done next of an order, as issuance names it, and who does it.
import type { Say } from '../language.js';

type Step = Readonly<{ words: readonly [french: string, english: string]; who: 'operator' | 'payer' | 'distributor' }>;

const STEPS: Readonly<Record<string, Step>> = {
  submit_proof: { words: ['Envoyer l’épreuve', 'Submit the proof'], who: 'operator' },
  answer_proof: { words: ['Répondre à l’épreuve', 'Answer the proof'], who: 'payer' },
  mint: { words: ['Fabriquer les chèques', 'Make the vouchers'], who: 'operator' },
  ship: { words: ['Expédier à un distributeur', 'Ship to a distributor'], who: 'operator' },
  confirm_delivery: { words: ['Confirmer la réception', 'Confirm the delivery'], who: 'distributor' },
  pay: { words: ['Payer', 'Pay'], who: 'payer' },
  activate: { words: ['Rendre les chèques actifs', 'Make the vouchers active'], who: 'operator' },
  sign_statement: { words: ['Signer le compte de la commande', 'Sign the account of the order'], who: 'operator' },
};
const WHO: Readonly<Record<Step['who'], readonly [french: string, english: string]>> = {
  operator: ['Vous', 'You'], payer: ['Le financeur', 'The payer'], distributor: ['Le distributeur', 'The distributor'],
};

/** A step that this version does not know is shown as it is called. */
export function nextWord(step: string, say: Say): string {
  const found = STEPS[step];
  return found ? say(...found.words) : step;
}

export function whoDoes(step: string, say: Say): string {
  const found = STEPS[step];
  return found ? say(...WHO[found.who]) : '';
}
export const isOurs = (step: string): boolean => STEPS[step]?.who === 'operator';
