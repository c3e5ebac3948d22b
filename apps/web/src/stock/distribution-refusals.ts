// Why a move of vouchers was not made, in the words of whoever stands at the counter or in the store room.
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Problem } from '../services.js';
import type { Visit } from '../visit.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  voucher_not_found: ['Ce numéro n’est pas connu. Relisez-le au dos du chèque ou sur la couverture.', 'This number is not known. Read it again on the back of the voucher or on the cover.'],
  batch_not_found: ['Ce lot n’est pas connu.', 'This batch is not known.'],
  range_outside_batch: ['Ces numéros ne sont pas dans le lot. Relisez les couvertures.', 'These numbers are not in the batch. Read the covers again.'],
  vouchers_ended: ['Le dernier jour de service de ces chèques est passé.', 'The last day of service of these vouchers is over.'],
  vouchers_expired: ['Ces chèques ont expiré : ils ne se remplacent plus.', 'These vouchers have expired: they are not replaced any more.'],
  order_cancelled: ['La commande de ces chèques est annulée : ils ne se remettent plus.', 'The order of these vouchers was cancelled: they are not handed over any more.'],
  range_not_in_stock: ['Une partie de ces chèques n’est pas dans votre stock. Regardez où ils sont.', 'Some of these vouchers are not in your stock. Look where they are.'],
  range_stopped: ['Une partie de ces chèques est arrêtée : aucun lieu ne les prend.', 'Some of these vouchers are stopped: no place takes them.'],
  hand_over_not_found: ['Cette remise n’est pas de votre organisme.', 'This hand-over is not of your organisation.'],
  hand_over_returned: ['Cette remise est déjà reprise.', 'This hand-over was taken back already.'],
  delivery_not_found: ['Cet envoi n’est pas pour vous, ou n’est pas de vous.', 'This delivery is not for you, or not of you.'],
  range_not_in_transit: ['Une partie de ces carnets n’est plus en chemin. Rechargez la page.', 'Some of these booklets are not under way any more. Reload the page.'],
  agent_not_found: ['Ce guichet n’est pas de votre organisme.', 'This desk is not of your organisation.'],
  agent_exists: ['Un guichet porte déjà ce nom.', 'A desk has this name already.'],
  distributor_not_found: ['Ce distributeur n’est pas connu.', 'This distributor is not known.'],
  transfer_within_stock: ['Ils y sont déjà.', 'They are there already.'],
  batch_not_loaded: ['Ce lot n’est pas encore prêt. Réessayez dans un moment.', 'This batch is not ready yet. Try again in a moment.'],
  serial_not_in_batch: ['Ce numéro n’est pas dans le lot.', 'This number is not in the batch.'],
  range_not_held: ['Ces chèques ne sont pas, ou plus, chez vous. Appelez l’opérateur.', 'These vouchers are not, or no longer, with you. Call the operator.'],
  range_already_replaced: ['Ces chèques sont déjà remplacés.', 'These vouchers were replaced already.'],
  range_not_spendable: ['Il ne reste rien sur ces chèques.', 'Nothing is left on these vouchers.'],
  range_not_stopped: ['L’arrêt n’est pas encore arrivé partout. Réessayez dans un moment.', 'The stop has not arrived everywhere yet. Try again in a moment.'],
  range_too_large: ['C’est trop à la fois : faites-le en plusieurs fois.', 'This is too much at once: do it in several parts.'],
  range_not_yours: ['Ces chèques ne sont pas passés par vous : l’opérateur les remplace.', 'These vouchers did not pass through you: the operator replaces them.'],
  replacement_count_differs: ['Donnez autant de chèques que vous en remplacez.', 'Give as many vouchers as you replace.'],
  replacement_quota_exceeded: ['Votre nombre de remplacements du mois est atteint : l’opérateur les remplace.', 'Your number of replacements for this month is used: the operator replaces them.'],
  request_malformed: ['Un champ n’a pas la forme attendue. Relisez ce que vous avez saisi.', 'A field is not of the expected form. Read again what you entered.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow it.'],
  idempotency_key_reused: ['Ce formulaire a déjà servi. Rechargez la page.', 'This form was used already. Reload the page.'],
  unavailable: ['La réponse n’est pas venue. Réessayez : rien ne sera fait deux fois.', 'The answer did not come. Try again: nothing will be done twice.'],
  // Of the pages themselves.
  voucher_code: ['C’est le code secret du chèque : il n’est pas lu ici. Tapez le numéro au dos, ou celui de la couverture.', 'This is the secret code of the voucher: it is not read here. Type the number on its back, or the one on the cover.'],
  booklets_wrong: ['Donnez le premier et le dernier numéro de carnet, dans cet ordre.', 'Give the first and the last number of a booklet, in this order.'],
  commune_wrong: ['La commune est un code INSEE de cinq signes, pas un code postal.', 'The commune is an INSEE code of five characters, not a postal code.'],
  goal_missing: ['Dites où vous les envoyez.', 'Say where you send them.'],
};

export const distributionRefusal = (code: string, { say }: Visit): string => say(...SENTENCES[code] ?? [`Refusé : ${code}. Rien n’est fait.`, `Refused: ${code}. Nothing was done.`]);

/** Beside the form; what was typed stands in it still. */
export function refusedNotice(visit: Visit, { code, status }: Pick<Problem, 'code' | 'status'>): Html {
  const isOutage = status >= 500;
  return html`<div class="notice ${isOutage ? 'wait' : 'no'}" role="alert">${icon(isOutage ? 'clock' : 'refused')}<p>${distributionRefusal(isOutage ? 'unavailable' : code, visit)}</p></div>`;
}
