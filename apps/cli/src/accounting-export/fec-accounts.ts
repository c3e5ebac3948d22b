// How the chart of accounts is written in a French accounting file: a number of six digits that begins with the PCG's, a
// label, and what is behind the colon as the auxiliary account. An accountant decides the numbers; these are the hints of
// libs/ledger, made longer so that two kinds with one hint stay apart.
import type { Ledger } from '#libs/ledger';

export type FecAccount = Readonly<{ number: string; label: string; auxiliary: string }>;

/** Written out and never changed: a number that moved would move a balance from one year to the next. */
const ACCOUNTS: Readonly<Record<string, readonly [number: string, label: string]>> = {
  'issuance receivable': ['411000', 'Financeurs'],
  'issuance unmatched': ['471000', 'Encaissements à identifier'],
  'issuance prefund': ['419100', 'Couverture reçue des financeurs'],
  'issuance expired': ['467000', 'Chèques périmés, en attente de l\'état contradictoire'],
  'issuance refund_due': ['419800', 'Financeurs, à rembourser'],
  'issuance fee_income': ['706000', 'Frais facturés aux financeurs'],
  'issuance vat_collected': ['445710', 'TVA collectée, financeurs'],
  'issuance losses': ['654000', 'Pertes sur créances, financeurs'],
  'redemption outstanding': ['467001', 'Chèques en circulation'],
  'settlement bank': ['512000', 'Banque'],
  'settlement psp': ['517000', 'Prestataire de paiement'],
  'settlement cash_in_transit': ['580000', 'Virements internes'],
  'settlement bank_unknown': ['471001', 'Encaissements de nature inconnue'],
  'settlement accrued': ['408000', 'Lieux, prestations à relever'],
  'settlement held': ['467002', 'Lieux, lignes retenues'],
  'settlement payable': ['467003', 'Lieux, relevés à payer'],
  'settlement allocated': ['467004', 'Dotations de la caisse commune'],
  'settlement refund_payable': ['467005', 'Remboursements à virer'],
  'settlement transit': ['580001', 'Virements émis, non débités'],
  'settlement commons': ['467006', 'Caisse commune'],
  'settlement commons_lent': ['467007', 'Caisse commune, avancé'],
  'settlement advance': ['409100', 'Lieux, acomptes versés'],
  'settlement place_receivable': ['411001', 'Lieux débiteurs'],
  'settlement fee_income': ['706001', 'Frais retenus aux lieux'],
  'settlement vat_collected': ['445711', 'TVA collectée, lieux'],
  'settlement psp_fees': ['627000', 'Frais du prestataire de paiement'],
  'settlement bank_fees': ['627001', 'Frais bancaires'],
  'settlement gestures': ['671800', 'Gestes commerciaux'],
  'settlement losses': ['654001', 'Pertes sur créances, lieux'],
  'issuance clearing': ['180000', 'Liaison de l\'émission'],
  'redemption clearing': ['180001', 'Liaison de l\'utilisation'],
  'settlement clearing': ['180002', 'Liaison de la trésorerie'],
};

/** Throws on an account that the chart does not have: a file with a gap would still look whole. */
export function fecAccount(ledger: Ledger, account: string): FecAccount {
  const [kind = '', ...keys] = account.split(':');
  const name = `${ledger} ${kind}`;
  const found = ACCOUNTS[name];
  if (!found) throw new Error(`account ${name} has no number in the accounting export`);
  const [number, label] = found;
  return { number, label, auxiliary: keys.join(':') };
}

/** Classes 6 and 7 of the PCG: closed into the result at the end of a year. The others are carried over. */
export const isResult = ({ number }: FecAccount): boolean => number.startsWith('6') || number.startsWith('7');

export const PROFIT: FecAccount = { number: '120000', label: 'Résultat de l\'exercice (bénéfice)', auxiliary: '' };
export const LOSS: FecAccount = { number: '129000', label: 'Résultat de l\'exercice (perte)', auxiliary: '' };
