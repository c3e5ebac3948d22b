// What a distributor handed over, newest first, and what it took back.
import { handOverShape, PUBLICS, type HandOver } from '../hand-over/hand-over.data.js';
import { takeBackForm } from '../hand-over/hand-over.page.js';
import { html } from '../html.js';
import { pill } from '../status.js';
import { rangeText } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';
import type { List } from './list.js';

const publicName = ({ publicCategory }: HandOver, { say }: SignedInVisit): string | null =>
  (publicCategory === null ? null : say(...PUBLICS[publicCategory] ?? [publicCategory, publicCategory]));
const stateWord = ({ returnedAt }: HandOver, { say }: SignedInVisit): string => (returnedAt === null ? say('Remis', 'Handed over') : say('Repris', 'Taken back'));

export const handOversList: List<HandOver> = {
  path: '/hand-overs', api: '/issuance/hand-overs', item: handOverShape, title: ['Remises', 'Hand-overs'],
  counted: [['remise', 'hand-over'], ['remises', 'hand-overs']],
  empty: { sentence: ['Ici se liront vos remises.', 'Here you will read your hand-overs.'], next: { href: '/hand-over', words: ['Remettre un carnet', 'Hand a booklet over'] } },
  columns: [
    { name: 'handedOverAt', head: ['Remis le', 'Handed over'], kind: 'moment', value: ({ handedOverAt }) => handedOverAt },
    { name: 'label', head: ['Lot', 'Batch'], kind: 'text', value: ({ label }) => label, cell: ({ label }) => html`<code>${label}</code>` },
    { name: 'what', head: ['Quoi', 'What'], kind: 'text', value: rangeText },
    { name: 'vouchers', head: ['Chèques', 'Vouchers'], kind: 'whole', value: ({ first, last }) => last - first + 1 },
    { name: 'inseeCode', head: ['Commune', 'Commune'], kind: 'text', value: ({ inseeCode }) => inseeCode },
    { name: 'publicCategory', head: ['Public', 'Public'], kind: 'text', value: publicName },
    { name: 'returnedAt', head: ['Repris le', 'Taken back'], kind: 'moment', value: ({ returnedAt }) => returnedAt, extra: true },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: stateWord, cell: (one, visit) => html`${pill(one.returnedAt === null ? 'ok' : 'mute', stateWord(one, visit))}${one.returnedAt === null && takeBackForm(visit, one)}` },
  ],
  filters: [{ name: 'batchId', words: ['Lot', 'Batch'], kind: 'text' }], totals: false,
};
