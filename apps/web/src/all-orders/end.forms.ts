// How the vouchers of an order end: with later dates that its payers agree to, or with the account that all of them sign.
import type { DecisionForm, FormField } from '../decisions/decision-page.js';
import type { SignedInVisit } from '../visit.js';
import { isOver, ROLES, type OrderDesk } from './order-desk.data.js';

export const endForms = (desk: OrderDesk, visit: SignedInVisit): readonly DecisionForm[] =>
  [...statementForm(desk, visit), ...extensionForm(desk, visit)];

const dates = ({ say }: SignedInVisit, optional: boolean): readonly FormField[] => [
  { name: 'usableUntil', kind: 'day', ...(optional && { optional: true, seldom: true }), label: say('Utilisables jusqu’au', 'Usable until') },
  { name: 'claimableUntil', kind: 'day', ...(optional && { optional: true, seldom: true }), label: say('Les lieux demandent leur argent jusqu’au', 'Places claim until'),
    ...(optional && { hint: say('Les deux dates, ou aucune : elles remplacent ce que la règle dit de la valeur échue.', 'Both dates, or none: they stand in for what the rule says of expired value.') }) },
];

function statementForm({ order: { orderId, state }, statements }: OrderDesk, visit: SignedInVisit): readonly DecisionForm[] {
  const { say } = visit;
  if (state !== 'expired') return [];
  const waits = statements.ok && statements.value.some((one) => one.state === 'to_sign');
  return [{
    step: waits ? 'statement-again' : 'statement', title: waits ? say('Établir le compte à nouveau', 'Draw the account up again') : say('Établir le compte de la commande', 'Draw up the account of the order'), roles: ROLES,
    says: waits ? say('Une nouvelle version remplace celle qui attend : les signatures données ne comptent plus.', 'A new version replaces the one that waits: signatures given count no more.')
      : say('Il dit ce qui fut actif, utilisé et échu. Chaque financeur le signe, puis une autre personne que vous ; alors l’argent échu va où la règle le dit.',
        'It says what was active, used and expired. Each payer signs it, then another person than you; then expired money goes where the rule says.'),
    fields: dates(visit, true), foldedWord: say('Rendre la valeur échue aux porteurs, avec de nouvelles dates', 'Give expired value back to the holders, with later dates'), button: say('Établir le compte', 'Draw up the account'),
    send: ({ usableUntil: usable, claimableUntil: claimable }) => {
      const isAsked = usable !== undefined || claimable !== undefined;
      const extension = { usableUntil: usable ?? claimable, claimableUntil: claimable ?? usable };
      return { path: '/issuance/contradictory-statements', body: { orderId, ...(isAsked && { extension }) } };
    },
    then: (answer) => `/contradictory-statements/${(answer as { statementId: string }).statementId}`,
  }];
}

function extensionForm(desk: OrderDesk, visit: SignedInVisit): readonly DecisionForm[] {
  const { say } = visit;
  if (isOver(desk) || desk.order.mintedCount === 0) return [];
  return [{
    step: 'extension', title: say('Proposer des dates plus tardives', 'Propose later dates'), roles: ROLES,
    says: say('Rien ne change avant l’accord de tous ses financeurs, au plus tard le dernier jour d’utilisation.', 'Nothing changes before all its payers agree, on the last day of use at the latest.'),
    fields: dates(visit, false), button: say('Proposer ces dates', 'Propose these dates'),
    send: (values) => ({ path: '/issuance/extensions', body: { orderId: desk.order.orderId, ...values } }),
  }];
}
