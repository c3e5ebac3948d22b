// Why something was not done, in plain words: what a service refuses, and what to do next.
import type { Say } from '../language.js';
import { secondFactorRefusal } from '../second-factor/second-factor-words.js';
import { CONTROL_REFUSALS } from './control-refusals.js';
import { NETWORK_REFUSALS } from './network-refusals.js';
import { ORDER_REFUSALS } from './order-refusals.js';

type Words = Readonly<Record<string, readonly [french: string, english: string]>>;

const MONEY: Words = {
  checker_is_maker: ['Vous l’avez proposé : une autre personne décide.', 'You proposed it: another person decides.'],
  gives_to_own_account: [
    'Vous avez saisi ou approuvé un compte de ce bénéficiaire : une autre personne décide.',
    'You entered or approved an account of this payee: another person decides.',
  ],
  claim_line_unknown: ['Aucune ligne ne doit cet encaissement : cherchez-le dans un relevé.', 'No line owes this redemption: look for it in a statement.'],
  claim_line_not_stated: [
    'Cette ligne n’est dans aucun relevé clos : annulez l’encaissement, ou mettez-la en attente.',
    'This line is in no closed statement: undo the redemption, or hold the line.',
  ],
  claim_line_corrected: ['Une anomalie de cette ligne attend, ou a été validée.', 'An incident of this line waits, or was validated.'],
  incident_over_line: ['Au moins un centime, et pas plus que le montant de la ligne.', 'At least a cent, and no more than the amount of the line.'],
  fraud_is_whole: ['Une fraude reprend toute la ligne : laissez le montant vide.', 'A fraud takes the whole line back: leave the amount empty.'],
  incident_unknown: ['Cette anomalie n’existe pas.', 'This incident does not exist.'],
  incident_decided: ['Quelqu’un a déjà décidé de cette anomalie.', 'Somebody has decided this incident already.'],
  debit_note_unknown: ['Cette note de débit n’existe pas, ou vient d’un autre compte bancaire.', 'This debit note does not exist, or is on another bank account.'],
  debit_note_settled: ['Il ne reste rien à payer de cette note.', 'Nothing is left to pay of this note.'],
  debit_note_loss_open: ['Une perte est déjà proposée : confirmez-la ou retirez-la.', 'A loss is proposed already: confirm it or take it back.'],
  debit_note_loss_unknown: ['Cette proposition n’existe pas.', 'This proposal does not exist.'],
  debit_note_loss_decided: ['Quelqu’un a déjà décidé de cette proposition.', 'Somebody has decided this proposal already.'],
  debit_note_left_changed: [
    'Une partie a été payée depuis : retirez la proposition, et proposez ce qui reste.',
    'Some of it was paid since: take the proposal back, and propose what is left.',
  ],
  debit_note_overpaid: ['Le crédit dépasse ce qui reste de la note : dites que c’est un financeur, puis rendez-le.', 'The credit is more than is left of the note: say that it is a payer’s, then give it back.'],
  place_invoice_unknown: ['Cette facture n’existe pas.', 'This invoice does not exist.'],
  place_invoice_overpaid: ['Le crédit dépasse ce qui reste de la facture.', 'The credit is more than is left of the invoice.'],
  payout_stop_unknown: ['Cet arrêt n’existe pas.', 'This stop does not exist.'],
  payout_stop_lifted: ['Cet arrêt est déjà levé.', 'This stop is lifted already.'],
  invariant_still_broken: ['Ce qui a arrêté les virements est toujours faux : réparez d’abord, puis levez l’arrêt.', 'What stopped the payments is still wrong: mend it first, then lift the stop.'],
  allocation_unknown: ['Cette attribution n’existe pas.', 'This allocation does not exist.'],
  allocation_decided: ['Cette attribution est déjà votée ou écartée.', 'This allocation was voted or declined already.'],
  allocation_voice_given: ['Votre voix est déjà comptée : une autre personne doit parler.', 'Your voice is counted already: another person has to speak.'],
  allocation_to_operator: ['Le fonds commun ne donne jamais à l’opérateur.', 'The commons never give to the operator.'],
  allocation_without_account: [
    'Ce bénéficiaire n’a pas de compte bancaire approuvé par deux personnes : faites-en saisir un d’abord.',
    'This payee has no bank account that two people stand behind: have one entered first.',
  ],
  commons_short: ['Le fonds commun n’a pas autant sur ce compte bancaire.', 'The commons do not have as much on this bank account.'],
  early_payment_to_operator: ['Aucun acompte pour l’opérateur : choisissez un lieu.', 'No early payment to the operator: choose a place.'],
  early_payment_without_account: [
    'Aucun compte bancaire vérifié et valable : donnez-en un d’abord, ou attendez qu’il soit approuvé.',
    'No bank account that is approved and valid: give one first, or wait until it is approved.',
  ],
  early_payment_not_offered: ['Rien de ce qui est dû ne vient d’un programme qui paie des acomptes : cela vient avec le relevé.', 'Nothing that is due is of a programme that pays early: it comes with the statement.'],
  early_payment_under_review: ['Des lignes sont retenues, ou un lieu est suspendu : redemandez quand ce sera décidé.', 'Lines are held, or a place is suspended: ask again when that is decided.'],
  early_payment_history_short: [
    'Trop peu de mois ou d’encaissements payés sans constat : c’est possible plus tard, le relevé paie tout d’ici là.',
    'Too few months or redemptions paid without a finding: it is possible later, and the statement pays all until then.',
  ],
  early_payment_too_much: ['C’est plus que ce qui peut être payé maintenant : demandez moins, le reste vient avec le relevé.', 'It is more than may be paid now: ask for less, the rest comes with the statement.'],
  pool_unknown: ['Aucune règle de partage de ce programme n’est en vigueur : personne ne décide encore de sa caisse.', 'No sharing rule of this programme is in force: nobody decides about its pool yet.'],
  allocation_not_decider: ['La règle de cette caisse nomme d’autres personnes pour en décider.', 'The rule of this pool names other people to decide about it.'],
  sharing_rule_too_early: ['Une première règle vaut dès demain ; les suivantes trente jours après leur confirmation.', 'A first rule is for tomorrow on; a later one thirty days after it is confirmed.'],
  sharing_rule_unknown: ['Cette caisse n’a pas de règle de cette version.', 'This pool has no rule of this version.'],
  sharing_rule_decided: ['Cette règle a déjà été confirmée ou reprise.', 'This rule was confirmed or taken back already.'],
  sharing_rule_of_proposer: ['Vous l’avez proposée : une autre personne la confirme, ou la reprend une fois confirmée.', 'You proposed it: another person confirms it, or takes it back once it is confirmed.'],
  sharing_rule_begun: ['Le jour de cette règle est venu : proposez-en une autre.', 'The day of this rule has come: propose another one.'],
  sharing_rule_waits: ['Une autre règle de cette caisse attend : faites-la confirmer, ou reprenez-la d’abord.', 'Another rule of this pool waits: have it confirmed, or take it back first.'],
  operator_share_over_cap: ['L’opérateur prendrait plus que le plafond de la règle de partage.', 'The operator would take more than the cap of the sharing rule.'],
  early_payment_rule_too_early: ['Une règle vaut pour des jours à venir, et après la précédente.', 'A rule is for days to come, and after the one before.'],
  hold_unknown: ['Cette mise en attente n’existe pas.', 'This hold does not exist.'],
  hold_decided: ['Quelqu’un a déjà décidé de cette mise en attente.', 'Somebody has decided this hold already.'],
  reviewer_changed_iban: ['Vous avez saisi un compte de ce bénéficiaire : une autre personne décide.', 'You entered an account of this payee: another person decides.'],
  reviewer_upheld_alert: ['Vous avez confirmé l’alerte : une autre personne décide.', 'You upheld the alert: another person decides.'],
  alert_appeal_open: ['Le lieu a contesté l’alerte et attend une réponse : rien n’est rejeté avant.', 'The place has appealed and waits for an answer: nothing is rejected before.'],
  alert_overturned: ['Le recours contre l’alerte a été accepté : libérez les lignes.', 'The appeal against the alert was upheld: release the lines.'],
  statement_unknown: ['Ce relevé n’existe pas.', 'This statement does not exist.'],
  nothing_to_clear: ['Ce relevé n’attend aucune levée d’attente : le prochain virement le paie.', 'This statement waits for nothing: the next run pays it.'],
  closing_rule_too_early: ['Une règle vaut pour des jours à venir, et après la précédente.', 'A rule is for days to come, and after the one before.'],
  charge_rule_over_cap: ['C’est plus que le plafond de la plateforme, TVA comprise.', 'It is more than the cap of the platform, VAT included.'],
  charge_day_not_yearly: ['Ces frais reviennent chaque année : donnez un jour que chaque année a.', 'A charge comes each year: give a day that every year has.'],
  charge_rule_without_notice: ['Les lieux l’apprennent trente jours avant, pour pouvoir partir : donnez un jour plus tardif.', 'Places hear of it thirty days before, so that they can leave: give a later day.'],
  charge_rule_too_far: ['Ce jour est trop loin : deux ans au plus.', 'The day is too far: two years at most.'],
  charge_rule_too_early: ['Une règle plus tardive existe : donnez un jour après elle.', 'A later rule exists: give a day after it.'],
  charge_year_taken: ['La règle précédente vaut déjà pour cette année.', 'The rule before charges in this year already.'],
  card_payments_off: ['Cette installation n’a pas Stripe.', 'This installation has no Stripe.'],
  stripe_account_connected: ['Stripe verse déjà sur un compte, et n’en change pas.', 'Stripe pays out to an account already, and does not change.'],
  stripe_account_missing: ['Reliez d’abord Stripe à un compte bancaire.', 'Connect Stripe to a bank account first.'],
  stripe_balance_too_long: ['Trop de mouvements pour une lecture : prévenez la technique.', 'Too many movements for one reading: tell the engineers.'],
  stripe_currency_unsupported: ['Stripe a bougé une autre monnaie que l’euro : rien n’est écrit.', 'Stripe moved another currency than euros: nothing was posted.'],
  operator_not_named: ['L’installation ne dit pas qui l’exploite : voyez le guide d’exploitation.', 'The installation does not say who operates it: see the runbook.'],
  operator_unknown: ['Dites d’abord qui est l’opérateur.', 'Say first who the operator is.'],
  own_money_negative: ['Les coûts de l’opérateur dépassent ce qu’il a gagné : il verse d’abord le manque.', 'The operator’s costs are above what it earned: it pays the shortfall in first.'],
  own_money_short: ['C’est plus que l’argent propre de l’opérateur.', 'It is more than the operator’s own money.'],
  own_money_untold: ['L’émission n’a pas dit récemment ce qu’elle a gagné : demandez ses totaux.', 'Issuance has not said lately what it earned: ask for its totals.'],
  paid_in_over_shortfall: ['Le crédit dépasse le manque de l’opérateur.', 'The credit is more than the operator’s shortfall.'],
  bank_account_unknown: ['Ce compte bancaire n’est pas à nous.', 'This bank account is not ours.'],
  bank_account_not_at_stripe: ['Stripe verse sur un autre de nos comptes.', 'Stripe pays out to another of our accounts.'],
  nothing_to_close: ['Rien n’est totalisé encore : demandez d’abord le total de la période aux encaissements.', 'Nothing is totalled yet: have redemption total its period first.'],
  redemption_messages_missing: ['Des messages des encaissements sont en route : réessayez dans un moment.', 'Messages of redemption are on their way: try again in a moment.'],
  totals_differ: ['Les encaissements comptent autre chose que nous : voyez les messages en échec avant d’arrêter.', 'Redemption counts other things than we do: look at the dead letters before closing.'],
  fee_rule_missing: ['Des lignes nomment un barème jamais publié : publiez-le d’abord.', 'Lines name a fee rule that was never published: publish it first.'],
  period_out_of_order: ['Les mois sont arrêtés dans leur ordre.', 'Months are closed in their order.'],
  execution_day_past: ['Ce jour est passé.', 'This day is past.'],
  nothing_to_pay: ['Personne n’attend d’argent de ce compte, ou personne n’a de compte valable.', 'Nobody is owed anything on this account, or nobody has a valid one.'],
  bank_line_unknown: ['Cette ligne n’existe pas.', 'This line does not exist.'],
  bank_line_of_known_kind: ['On sait déjà ce qu’est cette ligne.', 'It is known what this line is.'],
  bank_line_given: ['Ce crédit a été donné à une caisse, d’où rien ne sort sans règle ni vote : proposez une attribution.', 'This credit was given to a pool, which nothing leaves but by a rule or a vote: propose an allocation.'],
  bank_line_identified: ['Quelqu’un a déjà dit ce qu’est cette ligne.', 'Somebody has said already what this line is.'],
  payout_unknown: ['Stripe n’a pas parlé de ce versement : lisez d’abord son solde.', 'Stripe told of no such payout: read its balance first.'],
  payout_arrived: ['Ce versement est arrivé par une autre ligne.', 'This payout arrived on another line.'],
  payout_amount_differs: ['Le versement n’a pas ce montant.', 'The payout has another amount.'],
};

const GENERAL: Words = {
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow this.'],
  second_factor_stale: ['Saisissez un code de votre second facteur : cette décision touche à l’argent ou aux droits.', 'Enter a code of your second factor: this decision is about money or rights.'],
  idempotency_key_reused: ['Ce formulaire est déjà parti avec d’autres valeurs. Rechargez la page.', 'This form was sent before with other values. Reload the page.'],
  request_malformed: ['Une valeur n’a pas la forme attendue : relisez le formulaire.', 'A value is not of the expected form: read the form again.'],
  installation_ceded: ['Cette installation a été cédée : plus rien n’y change.', 'This installation was ceded: nothing changes in it any more.'],
  unavailable: ['Le service n’a pas répondu. Renvoyez le formulaire : rien n’est fait deux fois.', 'The service did not answer. Send the form again: nothing is done twice.'],
};

/** A code of the second factor says its own; one that nobody wrote words for is shown as it is. */
export function decisionRefusal(code: string, say: Say): string {
  const words = MONEY[code] ?? NETWORK_REFUSALS[code] ?? ORDER_REFUSALS[code] ?? CONTROL_REFUSALS[code] ?? GENERAL[code];
  return words ? say(...words) : secondFactorRefusal(code, say);
}

export const hasWords = (code: string): boolean =>
  [MONEY, NETWORK_REFUSALS, ORDER_REFUSALS, CONTROL_REFUSALS, GENERAL].some((words) => code in words);
