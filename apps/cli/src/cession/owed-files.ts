// The list of what is owed as three files that say the same: for a program, for a spreadsheet, and on paper.
import { cents } from '#libs/kernel';
import { leaving, mm, newDocument, nextPage, write } from '#libs/pdf';
import { csvLine } from '#libs/tabular';
import type { Owed, OwedLine, OwedTo } from './owed.js';

const TO: Readonly<Record<OwedTo, string>> = {
  payee: 'organisme bénéficiaire', payer: 'financeur', holders: 'porteurs de chèques (lot)', pool: 'fonds commun', sender: 'expéditeur inconnu', order: 'financeurs de la commande',
};
const KIND: Readonly<Record<string, string>> = {
  unmatched: 'versement non rattaché', bank_unknown: 'crédit bancaire inconnu', prefund: 'couverture disponible', refund_due: 'à rembourser',
  refund_payable: 'remboursement à payer', expired: 'reliquat expiré', outstanding: 'chèques en circulation', accrued: 'prestations non relevées', held: 'retenu',
  payable: 'relevé à payer', allocated: 'attribué', transit: 'paiement en cours', commons: 'fonds commun', commons_lent: 'fonds commun prêté',
};
const COLUMNS = ['Créancier', 'Nom', 'SIREN', 'Nature', 'Identifiant', 'Montant (EUR)'];
const WIDTHS = [38, 48, 18, 34, 28, 20];
const [LEFT, TOP, LAST_LINE, ROW_HEIGHT] = [12, 14, 272, 4.8];

export function owedCsv({ lines }: Owed): string {
  const head = ['to', 'id', 'name', 'siren', 'ledger', 'kind', 'cents'];
  return [head, ...lines.map(({ to, id, name, siren, ledger, kind, cents: amount }) => [to, id, name, siren, ledger, kind, BigInt(amount)])]
    .map((cells) => csvLine(cells, ';')).join('');
}

/** The same list gives the same bytes. */
export function owedPdf(owed: Owed, giver: string): Buffer {
  const document = newDocument({ title: 'Ce qui est dû, et à qui', language: 'fr-FR', at: new Date(owed.at) });
  nextPage(document);
  let y = TOP;
  const row = (cells: readonly string[], font: 'bold' | 'plain'): void => {
    if (y > LAST_LINE) {
      nextPage(document);
      y = TOP;
    }
    let x = LEFT;
    cells.forEach((text, at) => {
      write(document, text, { x, y, width: WIDTHS[at]! - 1, size: 7.5, font, align: at === cells.length - 1 ? 'right' : 'left' });
      x += WIDTHS[at]!;
    });
    y += ROW_HEIGHT;
    document.lineWidth(0.2).strokeColor('#bbbbbb').moveTo(mm(LEFT), mm(y - 1)).lineTo(mm(LEFT + 186), mm(y - 1)).stroke();
  };
  const line = (text: string, size: number, font: 'bold' | 'plain'): void => {
    write(document, text, { x: LEFT, y, width: 186, size, font });
    y += size / 2 + 1.5;
  };
  line('Ce qui est dû, et à qui', 18, 'bold');
  line(`Établi le ${owed.at} par l'exploitant dont la clé de contrôle est ${giver}`, 8, 'plain');
  line(`Total dû : ${euros(owed.totalCents)} EUR ; avoirs en banque et chez le prestataire de paiement : ${euros(owed.atBankCents)} EUR`, 9, 'bold');
  row(COLUMNS, 'bold');
  for (const owing of owed.lines) row(cellsOf(owing), 'plain');
  row(['', 'Total', '', '', '', euros(owed.totalCents)], 'bold');
  document.end();
  return Buffer.concat([...leaving(document)]);
}

const cellsOf = ({ to, name, siren, kind, id, cents: amount }: OwedLine): string[] =>
  [TO[to], name, siren, KIND[kind] ?? kind, id.slice(0, 18), euros(amount)];

/** Two decimals and a comma, from the integer: no float touches it. */
export function euros(text: string): string {
  const amount = cents(text);
  const [sign, size] = amount < 0n ? ['-', -amount] : ['', amount];
  return `${sign}${(size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, '\u202f')},${(size % 100n).toString().padStart(2, '0')}`;
}
