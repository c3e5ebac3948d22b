// Every state of the services as a word in both languages, with its icon and colour: one table, so that one thing has one
// name on every page.
import { html, type Html } from './html.js';
import { icon, type IconName } from './icons.js';
import type { Say } from './language.js';

type Tone = 'ok' | 'wait' | 'no' | 'info' | 'mute';
const ICONS: Readonly<Record<Tone, IconName>> = { ok: 'done', wait: 'clock', no: 'refused', info: 'underway', mute: 'closed' };

const STATES: Readonly<Record<string, readonly [tone: Tone, french: string, english: string]>> = {
  awaiting_funds: ['wait', 'À payer', 'To pay'],
  part_funded: ['wait', 'Payée en partie', 'Partly paid'],
  funded: ['ok', 'Payée', 'Paid'],
  inactive: ['mute', 'Pas encore actifs', 'Not active yet'],
  part_active: ['info', 'Actifs en partie', 'Partly active'],
  active: ['ok', 'Actifs', 'Active'],
  draft: ['wait', 'Brouillon', 'Draft'],
  quoted: ['wait', 'Devis à accepter', 'Quote to accept'],
  accepted: ['info', 'Acceptée', 'Accepted'],
  proof_pending: ['wait', 'Épreuve à approuver', 'Proof to approve'],
  proof_approved: ['info', 'Épreuve approuvée', 'Proof approved'],
  in_production: ['info', 'En fabrication', 'Being made'],
  made: ['info', 'Fabriqués', 'Made'],
  shipped: ['info', 'Expédiée', 'Shipped'],
  partially_delivered: ['info', 'Livrée en partie', 'Partly delivered'],
  delivered: ['ok', 'Livrée', 'Delivered'],
  expired: ['wait', 'Arrivée à échéance', 'Expired'],
  reconciled: ['mute', 'Close', 'Closed'],
  minting: ['info', 'En fabrication', 'Being made'],
  minted: ['info', 'Fabriqué', 'Made'],
  loaded: ['ok', 'Prêt', 'Ready'],
  not_ordered: ['wait', 'À virer', 'To be paid'],
  set_off: ['ok', 'Compensé', 'Set off'],
  instructed: ['info', 'Virement préparé', 'Payment prepared'],
  released: ['info', 'Envoyé à la banque', 'Sent to the bank'],
  booked: ['ok', 'Viré', 'Paid'],
  returned: ['no', 'Rejeté par la banque', 'Returned by the bank'],
  rejected: ['no', 'Refusé par la banque', 'Rejected by the bank'],
  cancelled: ['mute', 'Annulé', 'Cancelled'],
  drafted: ['wait', 'Attend une seconde personne', 'Waits for a second person'],
  approved: ['wait', 'Approuvé, à envoyer', 'Approved, to be sent'],
  to_complete: ['wait', 'À compléter', 'To complete'],
  proposed: ['wait', 'À approuver', 'To approve'],
  blocked: ['no', 'Bloqué', 'Blocked'],
  none: ['wait', 'Sans compte', 'No account'],
  in_use: ['ok', 'En vigueur', 'In use'],
  replaced: ['mute', 'Remplacé', 'Replaced'],
  in_force: ['ok', 'En vigueur', 'In force'],
  to_come: ['info', 'À venir', 'To come'],
  letter_open: ['no', 'Non traité', 'Not handled'],
  letter_waiting: ['info', 'Nouvel essai demandé', 'Asked again'],
  letter_replayed: ['ok', 'Traité depuis', 'Handled since'],
  waiting: ['wait', 'Attend l’approbation', 'Waits for approval'],
  begun: ['info', 'Commencé', 'Begun'],
  past: ['mute', 'Passé', 'Past'],
  ended: ['mute', 'Terminé', 'Ended'],
  submitted: ['info', 'Déposée', 'Submitted'],
  under_review: ['info', 'En cours d’examen', 'Under review'],
  more_info: ['wait', 'À compléter', 'To complete'],
  provisional: ['ok', 'Agrément provisoire', 'Accredited for a while'],
  accredited: ['ok', 'Agréé', 'Accredited'],
  refused: ['no', 'Refusée', 'Refused'],
  complete: ['ok', 'Complet', 'Complete'],
  withdrawn: ['mute', 'Retiré', 'Withdrawn'],
  stated: ['wait', 'À valider', 'To validate'],
  validated: ['ok', 'Validée', 'Validated'],
  open: ['wait', 'À payer', 'To pay'],
  settled: ['ok', 'Soldée', 'Settled'],
  confirmed: ['ok', 'Confirmée', 'Confirmed'],
  voted: ['ok', 'Votée', 'Voted'],
  declined: ['mute', 'Écartée', 'Declined'],
  held: ['wait', 'En attente', 'On hold'],
  owed: ['wait', 'À rendre', 'To give back'],
  disputed: ['wait', 'Contesté', 'Disputed'],
  asked: ['info', 'Demandé à Stripe', 'Asked of Stripe'],
  refunded: ['ok', 'Rendu', 'Given back'],
  standing: ['no', 'En vigueur', 'In force'],
  set_aside: ['wait', 'Attend la prochaine campagne', 'Waits for the next run'],
  netted: ['ok', 'Payé et déduit', 'Paid and taken off'],
  lapsed: ['mute', 'Sans objet : payé avec le relevé', 'Lapsed: paid with the statement'],
  lifted: ['mute', 'Levé', 'Lifted'],
};

export function status(state: string, say: Say): Html {
  return pill(STATES[state]?.[0] ?? 'mute', statusWord(state, say));
}

/** For a file or a choice, where no pill can stand. An unknown state is shown as it is. */
export function statusWord(state: string, say: Say): string {
  const found = STATES[state];
  return found ? say(found[1], found[2]) : state;
}

/** An account that was approved is one that is paid to; an approved run still waits to be sent. */
export const accountStatus = (state: string, say: Say): Html => status(state === 'approved' ? 'in_use' : state, say);

export const pill = (tone: Tone, word: string): Html => html`<span class="pill ${tone}">${icon(ICONS[tone])}${word}</span>`;
