import type { Say } from '../language.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  billing_reference_missing: ['Il manque votre code de service ou votre numéro d’engagement : donnez-le à votre opérateur.', 'Your service code or engagement number is missing: give it to your operator.'],
  cancellation_not_yours: ['Seul le premier financeur, ou l’opérateur, peut l’annuler.', 'Only its first payer, or the operator, can cancel it.'],
  card_account_missing: ['L’opérateur n’a pas encore ouvert le paiement par carte. Payez par virement.', 'The operator has not opened card payment yet. Pay by transfer.'],
  card_account_other: ['Ce programme ne prend pas la carte. Payez par virement.', 'This programme takes no cards. Pay by transfer.'],
  card_amount_not_chargeable: ['La carte ne peut pas payer ce montant. Payez par virement.', 'A card cannot pay this amount. Pay by transfer.'],
  card_payments_off: ['Le paiement par carte est fermé ici. Payez par virement.', 'Card payment is closed here. Pay by transfer.'],
  card_payments_too_many: ['Trop de pages de paiement sont ouvertes. Terminez-en une, ou payez par virement.', 'Too many payment pages are open. Finish one, or pay by transfer.'],
  sepa_debit_off: ['Le prélèvement est fermé ici. Payez par carte ou par virement.', 'Direct debit is closed here. Pay by card or by transfer.'],
  sepa_exposure_exceeded: ['C’est plus que ce que l’opérateur prend par prélèvement. Payez par virement.', 'It is more than the operator takes by direct debit. Pay by transfer.'],
  face_not_allowed: ['Ce programme ne permet pas cette valeur de chèque.', 'This programme does not allow this value of a voucher.'],
  order_accepted: ['Ce brouillon est déjà une commande.', 'This draft is an order already.'],
  order_cancelled: ['C’est annulé : rien ne change plus.', 'It is cancelled: nothing changes any more.'],
  order_count_not_allowed: ['Ce programme ne permet pas ce nombre de chèques.', 'This programme does not allow this number of vouchers.'],
  order_fully_funded: ['Votre part est déjà payée.', 'Your share is paid already.'],
  order_not_found: ['Cette commande n’est pas connue.', 'This order is not known.'],
  order_too_large: ['C’est plus qu’une commande ne peut porter : faites-en plusieurs.', 'It is more than one order may be: make several.'],
  payer_billing_missing: ['Votre adresse de facturation manque : donnez-la à votre opérateur.', 'Your billing address is missing: give it to your operator.'],
  payer_not_found: ['Un des cofinanceurs n’est pas connu. Vérifiez son identifiant.', 'One of the co-funders is not known. Check its identifier.'],
  payer_not_leading: ['Le premier financeur de la commande approuve l’épreuve.', 'The first payer of the order approves the proof.'],
  programme_ended: ['Ce programme est terminé.', 'This programme has ended.'],
  programme_limit_reached: ['Le plafond du programme est atteint.', 'The limit of the programme is reached.'],
  programme_not_found: ['Ce programme n’est pas connu.', 'This programme is not known.'],
  programme_not_open: ['Ce programme n’est pas encore ouvert.', 'This programme is not open yet.'],
  proof_approved: ['L’épreuve est déjà approuvée.', 'The proof is approved already.'],
  proof_hash_differs: ['Une autre épreuve a été envoyée depuis. Relisez.', 'Another proof was sent since. Read it again.'],
  proof_not_needed: ['Cette commande n’a pas besoin d’épreuve.', 'This order needs no proof.'],
  proof_not_submitted: ['Aucune épreuve n’attend.', 'No proof waits.'],
  quote_answered: ['Vous avez déjà répondu à ce devis.', 'You have answered this quote already.'],
  quote_lapsed: ['Ce devis n’est plus valable. Demandez-en un autre à votre opérateur.', 'This quote is no longer valid. Ask your operator for another.'],
  quote_not_found: ['Ce devis n’est pas connu.', 'This quote is not known.'],
  quote_open: ['Un devis attend des réponses : le brouillon ne change pas avant.', 'A quote waits for answers: the draft does not change before.'],
  quote_outdated: ['Un devis plus récent a été fait. Relisez.', 'A later quote was made. Read it again.'],
  quote_refused: ['Un financeur a refusé ce devis.', 'A payer has refused this quote.'],
  request_malformed: ['Un champ n’a pas la forme attendue. Rien n’a été fait.', 'A field is not of the expected form. Nothing was done.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow this.'],
  seller_not_configured: ['L’opérateur ne peut pas encore facturer. Prévenez-le.', 'The operator cannot invoice yet. Tell it.'],
  shares_short: ['Les parts ne couvrent pas toute la commande.', 'The shares do not cover the whole order.'],
  unavailable: ['Le service n’a pas répondu. Rechargez : la page dira si c’est fait.', 'The service did not answer. Reload: the page will say whether it is done.'],
  vintage_hash_differs: ['Les chiffres ont changé depuis que vous les avez lus. Relisez, puis signez.', 'The figures changed since you read them. Read them again, then sign.'],
  vintage_not_found: ['Aucun de vos chèques ne finit ce jour-là, ou l’étape n’est pas encore due.', 'No vouchers of yours end on this day, or the step is not due yet.'],
  vintage_signed_off: ['Votre organisation a déjà signé cette étape.', 'Your organisation has signed this step already.'],
  vintage_step_before: ['Signez d’abord l’étape du quinzième jour.', 'Sign the step of the fifteenth day first.'],
};

/** What stands on a payer's page when issuance said no. An unknown code is shown as it is. */
export function payerRefusal(code: string, say: Say): string {
  const sentence = SENTENCES[code];
  return sentence ? say(...sentence) : say(`Refusé : ${code}`, `Refused: ${code}`);
}
