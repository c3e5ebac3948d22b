import type { Say } from '../language.js';

const WORDS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  place: ['Remboursement de lieux', 'Reimbursement of places'],
  refund: ['Remboursement de financeurs', 'Refunds to payers'],
  commons: ['Attributions du fonds commun', 'Allocations of the commons'],
  fees: ['Frais de l’opérateur', 'Fees of the operator'],
  early: ['Acomptes à des lieux', 'Early payments to places'],
};

/** Whom a run pays; one that a page does not know is shown as it is called. */
export const purposeText = (purpose: string, say: Say): string => (WORDS[purpose] ? say(...WORDS[purpose]) : purpose);
