import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import { statementDocument, type DocumentHead } from './statement-document.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const head: DocumentHead = {
  statementId: idOf('contradictoryStatement', uuid('12')), version: 1, orderId: idOf('order', uuid('6')), reference: 'RF00MRO0000000000',
  programmeName: 'Numérique pour tous', drawnUpAt: new Date('2027-02-02T09:00:00Z'), outcome: 'refund', extension: null,
  issued: { count: 10, amount: cents(10_000) }, activated: { count: 10, amount: cents(10_000) },
  redeemed: { count: 2, amount: cents(2_000) }, rejected: { count: 1, amount: cents(1_000) }, expired: { count: 8, amount: cents(8_000) },
};
const payerId = idOf('payer', uuid('7'));
const payer = (name: string) => ({
  payerId, name, siren: '732829320', basisPoints: 10_000,
  share: { payerId, activated: cents(10_000), redeemed: cents(2_000), rejected: cents(1_000), expired: cents(8_000) },
});
const lastLine = (name: string) => statementDocument(head, [payer(name)]).content.split('\r\n').at(-2)!.split(';').slice(1, -6).join(';');

describe('the document of a contradictory statement', () => {
  it('says everything that is signed, and its digest is of exactly these bytes', () => {
    const { content, sha256 } = statementDocument(head, [payer('Département témoin')]);
    expect(content.split('\r\n')).toEqual([
      'etat_contradictoire;2', `etat;cst_${uuid('12')}`, 'version;1', `commande;ord_${uuid('6')}`, 'reference;RF00MRO0000000000',
      'programme;Numérique pour tous', 'etabli_le;2027-02-02T09:00:00.000Z', 'issue;remboursement', 'devise;EUR', 'valeur;nombre;centimes',
      'emise;10;10000', 'activee;10;10000', 'utilisee;2;2000', 'utilisee_dont_rejetee;1;1000', 'perimee;8;8000',
      'financeur;nom;siren;part_points_de_base;activee_centimes;utilisee_centimes;dont_rejetee_centimes;perimee_centimes',
      `pyr_${uuid('7')};Département témoin;732829320;10000;10000;2000;1000;8000`, '',
    ]);
    expect(sha256).toBe(createHash('sha256').update(content, 'utf8').digest('hex'));
  });

  it('says until when vouchers are good that are extended', () => {
    const extension = { usableUntil: localDate('2027-06-30'), claimableUntil: localDate('2027-07-31') };
    const { content } = statementDocument({ ...head, outcome: 'extension', extension }, []);
    expect(content.split('\r\n').slice(7, 10)).toEqual(['issue;prolongation', 'utilisable_jusqu_au;2027-06-30', 'remboursable_au_lieu_jusqu_au;2027-07-31']);
  });

  it.each([
    ['a;b', '"a;b"'], ['dit "le Fonds"', '"dit ""le Fonds"""'], ['=HYPERLINK(1)', '\'=HYPERLINK(1)'], ['+33', '\'+33'], ['a\nb', '"a\nb"'],
  ])('writes the name %j as %j', (name, cell) => {
    expect(lastLine(name)).toBe(cell);
  });
});
