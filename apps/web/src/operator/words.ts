// Kinds and reasons of the services as words, each once.
import type { Words } from '../lists/list.js';
import type { Say } from '../language.js';
import type { SignedInVisit } from '../visit.js';

export type WordsOf = Readonly<Record<string, Words>>;

/** What no page has words for is shown as it is called. */
export const wordOf = (words: WordsOf, code: string, say: Say): string => (words[code] ? say(...words[code]) : code);
export const choicesOf = (words: WordsOf) => ({ say }: SignedInVisit): (readonly [value: string, label: string])[] =>
  Object.entries(words).map(([value, word]) => [value, say(...word)] as const);

export const INCIDENT_KINDS: WordsOf = { overpaid: ['Trop payé', 'Overpaid'], fraud: ['Fraude', 'Fraud'], gesture: ['Geste de l’opérateur', 'Gesture of the operator'] };
export const PURPOSES: WordsOf = {
  place: ['Remboursement de lieux', 'Reimbursement of places'], refund: ['Rendu à un financeur', 'Refund to a payer'],
  commons: ['Attribution du fonds commun', 'Allocation of the commons'], fees: ['Frais de l’opérateur', 'Fees of the operator'],
  early: ['Acompte à un lieu', 'Early payment to a place'],
};
export const RAILS: WordsOf = { sepa: ['Virement bancaire', 'Bank transfer'], stripe: ['Stripe', 'Stripe'] };
export const LINE_KINDS: WordsOf = {
  payer_receipt: ['Argent d’un financeur', 'Money of a payer'], payout_return: ['Virement revenu', 'Payment returned'], psp_payout: ['Versement de Stripe', 'Payout of Stripe'],
  debit_note_paid: ['Note de débit payée', 'Debit note paid'], place_invoice_paid: ['Facture au lieu payée', 'Invoice to a place paid'], gift: ['Don au fonds commun', 'Gift to the commons'], payment_debit: ['Nos virements', 'Our payments'],
  bank_charge: ['Frais bancaires', 'Bank charge'], unknown_credit: ['Crédit inconnu', 'Unknown credit'], unknown_debit: ['Débit inconnu', 'Unknown debit'], zero: ['Sans montant', 'Of zero'],
};
/** What came of a status that the bank told of a payment before its debit, and why nothing came of it. */
export const REPORT_OUTCOMES: WordsOf = { noted: ['Noté', 'Noted'], rejected: ['Refusé, à nouveau dû', 'Rejected, owed again'], known: ['Déjà connu', 'Known already'], finding: ['Inexpliqué', 'Not explained'] };
export const REPORT_FINDINGS: WordsOf = {
  unknown_file: ['Fichier qui n’est pas le nôtre', 'A file that is not ours'], unknown_part: ['Partie inconnue du fichier', 'Unknown part of the file'],
  unknown_payment: ['Virement inconnu', 'Unknown payment'], other_file: ['Virement d’un autre fichier', 'Payment of another file'], amount_differs: ['Autre montant', 'Other amount'],
  status_unknown: ['Statut inconnu', 'Unknown status'], statuses_contradict: ['Statuts contradictoires', 'Statuses that contradict'], not_released: ['Jamais envoyé', 'Never sent'],
  booked_before: ['Déjà débité', 'Debited already'], rejected_before: ['Déjà refusé', 'Rejected already'],
};
export const IDENTITIES: WordsOf = {
  payer_receipt: ['l’argent d’un financeur', 'money of a payer'], psp_payout: ['un versement de Stripe', 'a payout of Stripe'], debit_note: ['le paiement d’une note de débit', 'the payment of a debit note'],
  place_invoice: ['le paiement d’une facture au lieu', 'the payment of an invoice to a place'], gift: ['un don au fonds commun', 'a gift to the commons'], paid_in: ['ce que l’opérateur verse', 'what the operator pays in'],
};
export const SIDES: WordsOf = { credit: ['Crédit', 'Credit'], debit: ['Débit', 'Debit'] };
export const YES_NO: WordsOf = { yes: ['Oui', 'Yes'], no: ['Non', 'No'] };
export const HOLD_REASONS: WordsOf = {
  first_remittance: ['Première remise', 'First remittance'], place_suspended: ['Lieu suspendu', 'Place suspended'], place_withdrawn: ['Agrément retiré', 'Accreditation withdrawn'],
  alert_upheld: ['Alerte confirmée', 'Alert upheld'],
};
export const FREQUENCIES: WordsOf = { weekly: ['Chaque semaine', 'Every week'], twice_monthly: ['Deux fois par mois', 'Twice a month'], monthly: ['Chaque mois', 'Every month'] };
export const VERIFICATIONS: WordsOf = {
  match: ['Le titulaire est le bon', 'The holder is right'], close_match: ['Le titulaire est presque le bon', 'The holder is nearly right'],
  no_match: ['Ce n’est pas le titulaire', 'It is not the holder'], not_possible: ['La banque n’a pas pu répondre', 'The bank could not answer'],
};
export const MEASURE_REASONS: WordsOf = {
  fraud_suspected: ['Fraude soupçonnée', 'Fraud suspected'], conditions_not_met: ['Conditions non remplies', 'Conditions not met'], documents_missing: ['Pièces manquantes', 'Documents missing'],
  not_reachable: ['Injoignable', 'Not reachable'], place_closed: ['Lieu fermé', 'Place closed'], asked_by_place: ['Demandé par le lieu', 'Asked by the place'], other: ['Autre', 'Other'],
};
export const MEASURE_KINDS: WordsOf = { suspension: ['Suspension', 'Suspension'], withdrawal: ['Retrait d’agrément', 'Withdrawal'] };
export const PARTS: WordsOf = { place: ['Le lieu', 'The place'], operator: ['L’opérateur', 'The operator'], state: ['La TVA (État)', 'VAT (the State)'], commons: ['Le fonds commun', 'The commons'] };

/** The words of states, for filters; pages show them by `status`. */
export const PAYMENT_STATES: WordsOf = {
  instructed: ['Virement préparé', 'Payment prepared'], released: ['Envoyé à la banque', 'Sent to the bank'], booked: ['Viré', 'Paid'], returned: ['Rejeté par la banque', 'Returned by the bank'],
  rejected: ['Refusé par la banque', 'Rejected by the bank'], cancelled: ['Annulé', 'Cancelled'],
};
/** What became of what a returned or rejected payment paid. */
export const PAID_AGAIN: WordsOf = {
  owed: ['À refaire', 'To be paid again'], failed_again: ['Refait, revenu aussi', 'Paid again, came back too'], ordered: ['Refait, en cours', 'Paid again, under way'],
  paid: ['Refait et viré', 'Paid again, arrived'], nothing_left: ['Plus rien à virer', 'Nothing left to pay'],
};
export const INCIDENT_STATES: WordsOf = { stated: ['À valider', 'To validate'], validated: ['Validée', 'Validated'], cancelled: ['Annulée', 'Cancelled'] };
export const NOTE_STATES: WordsOf = { open: ['À payer', 'To pay'], settled: ['Soldée', 'Settled'] };
export const ALLOCATION_STATES: WordsOf = {
  proposed: ['À approuver', 'To approve'], voted: ['Votée', 'Voted'], declined: ['Écartée', 'Declined'], instructed: ['Virement préparé', 'Payment prepared'],
  released: ['Envoyé à la banque', 'Sent to the bank'], booked: ['Viré', 'Paid'],
};
/** Of an order to refund, as issuance knows it: the bank's steps between are settlement's. */
export const PAYER_REFUND_STATES: WordsOf = { requested: ['Demandé', 'Ordered'], paid: ['Rendu', 'Given back'], returned: ['Revenu', 'Came back'] };
export const REFUND_WAYS: WordsOf = { bank: ['Virement bancaire', 'Bank transfer'], stripe: ['Carte, par Stripe', 'Card, by Stripe'] };
export const REFUND_STATES: WordsOf = {
  owed: ['À rendre', 'To give back'], disputed: ['Contesté', 'Disputed'], instructed: ['Virement préparé', 'Payment prepared'], released: ['Envoyé à la banque', 'Sent to the bank'],
  booked: ['Viré', 'Paid'], asked: ['Demandé à Stripe', 'Asked of Stripe'], refunded: ['Rendu', 'Given back'],
};
