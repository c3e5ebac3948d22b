// What a key may do, and why something about one was refused, in the words of who answers for an organisation.
import type { KeyScope, OrganisationKind } from '#libs/auth';
import type { Say } from '../language.js';
import type { Words } from '../lists/list.js';
import { teamRefusal } from '../team/team-words.js';

type Scope = Readonly<{ name: Words; /** What somebody who has the key can do. */ means: Words }>;
export const SCOPE_WORDS: Readonly<Record<KeyScope, Scope>> = {
  'vouchers.redeem': {
    name: ['Encaisser des chèques', 'Redeem vouchers'],
    means: ['Votre caisse encaisse pour votre lieu. Qui a la clé peut encaisser tout chèque dont il a le code.', 'Your till redeems for your place. Whoever has the key can redeem any voucher whose code they have.'],
  },
  'redemptions.read': { name: ['Lire les encaissements', 'Read redemptions'], means: ['La liste de ce que votre lieu a encaissé, sans aucun code.', 'The list of what your place redeemed, without any code.'] },
  'statements.read': { name: ['Lire les remboursements', 'Read reimbursements'], means: ['Les relevés, leurs lignes, frais et fichiers.', 'Statements, their lines, fees and files.'] },
  'orders.read': { name: ['Lire les commandes et factures', 'Read orders and invoices'], means: ['Vos commandes, où elles en sont, et vos factures.', 'Your orders, how far they are, and your invoices.'] },
  'stock.read': { name: ['Lire le stock', 'Read the stock'], means: ['Vos lots, réceptions et remises, sans aucun code.', 'Your batches, deliveries and hand-overs, without any code.'] },
};
export const scopeWord = (scope: string, say: Say): string => say(...(SCOPE_WORDS[scope as KeyScope]?.name ?? [scope, scope]));

const SENTENCES: Readonly<Record<string, Words>> = {
  api_keys_too_many: ['Vous avez déjà vingt clés en service : terminez d’abord celle qui ne sert plus.', 'You have twenty keys in force already: first end the one that nobody uses.'],
  api_key_not_found: ['Cette clé n’est plus en service.', 'This key is no longer in force.'],
  scope_not_of_organisation: ['Votre organisation ne peut pas donner ce droit.', 'Your organisation cannot give this right.'],
  second_factor_stale: ['Pour créer une clé, saisissez un code de votre second facteur.', 'To make a key, enter a code of your second factor.'],
  second_factor_missing: ['Pour créer une clé, activez d’abord un second facteur.', 'To make a key, first switch on a second factor.'],
  request_malformed: ['Donnez un nom à la clé et cochez au moins un droit.', 'Give the key a name and tick at least one right.'],
};

export function apiKeyRefusal(code: string, say: Say): string {
  const sentence = SENTENCES[code];
  return sentence ? say(...sentence) : teamRefusal(code, say);
}

/** Where the keys of each kind of organisation are used: each service keeps its own log. Who has no keys has none. */
export const LOGS_OF_KIND: Readonly<Partial<Record<OrganisationKind, readonly LoggedService[]>>> = {
  place: ['redemption', 'settlement', 'identity'], payer: ['issuance', 'identity'], distributor: ['issuance', 'identity'],
};
export type LoggedService = 'issuance' | 'redemption' | 'settlement' | 'identity';
export const LOG_WORDS: Readonly<Record<LoggedService, Words>> = {
  issuance: ['Commandes et stock', 'Orders and stock'], redemption: ['Encaissements', 'Redemptions'], settlement: ['Remboursements', 'Reimbursements'],
  identity: ['Jetons', 'Tokens'],
};
