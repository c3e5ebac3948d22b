// The one text of a contradictory statement, which everybody signs and anybody can check against its digest: a CSV, in
// French, for the payer's accountant. The order of its lines is part of the format; a change is a new number in the first.
import { createHash } from 'node:crypto';
import { showId, toWire, type Cents, type ContradictoryStatementId, type OrderId, type PayerId } from '#libs/kernel';
import { csvLine } from '#libs/tabular';
import type { LaterDates } from '../extend-order/later-dates.decision.js';
import type { StatementOutcome } from '../on-expiry.decision.js';
import type { EndShare } from './draw-up-statement.decision.js';

type Counted = Readonly<{ count: number; amount: Cents }>;
export type DocumentHead = Readonly<{
  statementId: ContradictoryStatementId; version: number; orderId: OrderId; reference: string;
  programmeName: string; drawnUpAt: Date; outcome: StatementOutcome; extension: LaterDates | null;
  issued: Counted; activated: Counted; redeemed: Counted; /** Of what was redeemed. */ rejected: Counted; expired: Counted;
}>;
export type DocumentPayer = Readonly<{ payerId: PayerId; name: string; siren: string; basisPoints: number; share: EndShare }>;

export const OUTCOMES: Readonly<Record<StatementOutcome, string>> = {
  refund: 'remboursement', commons: 'fonds commun', roll_over: 'report', extension: 'prolongation',
};

export function statementDocument(head: DocumentHead, payers: readonly DocumentPayer[]): { content: string; sha256: string } {
  const lines: readonly (readonly (string | number)[])[] = [
    ['etat_contradictoire', 2],
    ['etat', showId('contradictoryStatement', head.statementId)],
    ['version', head.version],
    ['commande', showId('order', head.orderId)],
    ['reference', head.reference],
    ['programme', head.programmeName],
    ['etabli_le', head.drawnUpAt.toISOString()],
    ['issue', OUTCOMES[head.outcome]],
    ...(head.extension ? [['utilisable_jusqu_au', head.extension.usableUntil], ['remboursable_au_lieu_jusqu_au', head.extension.claimableUntil]] : []),
    ['devise', 'EUR'],
    ['valeur', 'nombre', 'centimes'],
    ['emise', ...cellsOf(head.issued)],
    ['activee', ...cellsOf(head.activated)],
    ['utilisee', ...cellsOf(head.redeemed)],
    ['utilisee_dont_rejetee', ...cellsOf(head.rejected)],
    ['perimee', ...cellsOf(head.expired)],
    ['financeur', 'nom', 'siren', 'part_points_de_base', 'activee_centimes', 'utilisee_centimes', 'dont_rejetee_centimes',
      'perimee_centimes'],
    ...payers.map(({ payerId, name, siren, basisPoints, share }) =>
      [showId('payer', payerId), name, siren, basisPoints, ...[share.activated, share.redeemed, share.rejected, share.expired].map(toWire)]),
  ];
  const content = lines.map((cells) => csvLine(cells, ';')).join('');
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}

const cellsOf = ({ count, amount }: Counted): [number, number] => [count, toWire(amount)];
