// What happens to the vouchers of an order: written out for the printer, received, shipped, made active. By whole booklets, or all.
import type { DecisionForm, FormField, Values } from '../decisions/decision-page.js';
import { amountText } from '../format.js';
import type { SignedInVisit } from '../visit.js';
import { availableOf, countAt, mayActivate, ROLES, toActivate, type DeskBatch, type OrderDesk } from './order-desk.data.js';

export function moveForms(desk: OrderDesk, visit: SignedInVisit): readonly DecisionForm[] {
  const { batches, distributors } = desk;
  const written = batches.filter(({ state, isWrittenOut }) => state === 'loaded' && isWrittenOut);
  const forms: readonly (readonly [readonly DeskBatch[], (found: readonly DeskBatch[]) => DecisionForm])[] = [
    [mayActivate(desk) ? batches.filter(({ state, replacedBatchId, activatedCount, count }) => state === 'loaded' && replacedBatchId === null && activatedCount < count) : [],
      (found) => activation(desk, found, visit)],
    [written.filter((batch) => countAt(batch, 'printer') > 0), (found) => receipt(found, visit)],
    [distributors.ok ? written.filter((batch) => countAt(batch, 'printer', 'operator') > 0) : [], (found) => shipment(desk, found, visit)],
    [batches.filter(({ state }) => state === 'loaded'), (found) => codes(desk, found, visit)],
  ];
  return forms.flatMap(([found, form]) => (found.length === 0 ? [] : [form(found)]));
}

const batchField = ({ say }: SignedInVisit, found: readonly DeskBatch[]): FormField => ({
  name: 'batchId', kind: 'choice', label: say('Lot', 'Batch'), choices: found.map(({ batchId, count, bookletSize }) => [batchId, `…${batchId.slice(-8)} : ${
    say(`${count} chèques`, `${count} vouchers`)}, ${bookletSize === 1 ? say('à l’unité', 'loose') : say(`carnets de ${bookletSize}`, `booklets of ${bookletSize}`)}`] as const),
});
const rangeFields = ({ say }: SignedInVisit): readonly FormField[] => [
  { name: 'firstBooklet', kind: 'whole', optional: true, seldom: true, label: say('Du carnet', 'From booklet'), hint: say('Le numéro sur sa couverture. Vide : tout le lot.', 'The number on its cover. Empty: the whole batch.') },
  { name: 'lastBooklet', kind: 'whole', optional: true, seldom: true, label: say('Au carnet', 'To booklet'), hint: say('Compris.', 'Included.') },
];

const foldedWord = ({ say }: SignedInVisit): string => say('Une partie du lot seulement', 'A part of the batch only');

/** One number alone names one booklet. */
function rangeOf({ firstBooklet: first, lastBooklet: last }: Values): object {
  return first === undefined && last === undefined ? {} : { booklets: { first: first ?? last, last: last ?? first } };
}

const codes = ({ printers }: OrderDesk, found: readonly DeskBatch[], visit: SignedInVisit): DecisionForm => {
  const { say, language } = visit;
  const keys = printers.ok ? printers.value.filter(({ withdrawnAt }) => withdrawnAt === null) : [];
  return {
    step: 'print-file', foldedWord: foldedWord(visit), title: say('Prendre le fichier d’impression', 'Take the print file'), roles: ROLES, file: true,
    says: say('Ce fichier porte les codes des chèques : il vaut de l’argent une fois les chèques actifs. Qui l’a pris est noté ; rechargez la page ensuite.',
      'This file has the codes of the vouchers: it is worth money once they are active. Who took it is noted; reload the page afterwards.'),
    fields: [batchField(visit, found), ...rangeFields(visit), {
      name: 'form', kind: 'choice', label: say('Pour qui', 'For whom'),
      choices: [...keys.map(({ printerKeyId, name }) => [printerKeyId, say(`${name}, chiffré avec sa clé`, `${name}, encrypted to its key`)] as const), ['pdf', say('À imprimer ici : planches A4 (PDF)', 'To print here: A4 sheets (PDF)')], ['letters', say('Lettres qui accompagnent les carnets (PDF)', 'Letters that go with the booklets (PDF)')]],
    }],
    button: say('Prendre le fichier', 'Take the file'),
    send: ({ batchId, form, ...range }) => ({ path: `/issuance/batches/${String(batchId)}/print-files`,
      body: { ...(String(form).startsWith('pky_') ? { format: 'pgp', printerKeyId: form } : form === 'letters' ? { format: form, language } : { format: form }), ...rangeOf(range) } }),
  };
};

const receipt = (found: readonly DeskBatch[], visit: SignedInVisit): DecisionForm => ({
  step: 'printed', foldedWord: foldedWord(visit), title: visit.say('Noter ce que l’imprimeur a livré', 'Note what the printer delivered'), roles: ROLES,
  says: visit.say('Les chèques sont alors chez vous. Ce que l’imprimeur envoie lui-même à un distributeur s’expédie sans cela.', 'The vouchers are then with you. What the printer sends to a distributor itself is shipped without this.'),
  fields: [batchField(visit, found), ...rangeFields(visit)], button: visit.say('Noter la livraison', 'Note the delivery'),
  send: ({ batchId, ...range }) => ({ path: `/issuance/batches/${String(batchId)}/printer-receipts`, body: rangeOf(range) }),
});

const shipment = ({ distributors }: OrderDesk, found: readonly DeskBatch[], visit: SignedInVisit): DecisionForm => ({
  step: 'ship', foldedWord: foldedWord(visit), title: visit.say('Expédier à un distributeur', 'Ship to a distributor'), roles: ROLES,
  says: visit.say('Le distributeur les verra en route, et confirme ce qu’il reçoit.', 'The distributor sees them under way, and confirms what it gets.'),
  fields: [{
    name: 'distributorId', kind: 'choice', label: visit.say('Distributeur', 'Distributor'), choices: distributors.ok ? distributors.value.map(({ distributorId, name }) => [distributorId, name] as const) : [],
  }, batchField(visit, found), ...rangeFields(visit)],
  button: visit.say('Expédier', 'Ship'),
  send: ({ distributorId, batchId, ...range }) => ({ path: `/issuance/batches/${String(batchId)}/deliveries`, body: { distributorId, ...rangeOf(range) } }),
});

const activation = (desk: OrderDesk, found: readonly DeskBatch[], visit: SignedInVisit): DecisionForm => {
  const { say, language } = visit;
  const [free, wanted] = [amountText(availableOf(desk.cover), language), amountText(toActivate(desk), language)];
  return {
    step: 'activate', foldedWord: foldedWord(visit), title: say('Rendre des chèques actifs', 'Make vouchers active'), roles: ROLES,
    says: say(`Couverture libre : ${free}. Pas encore actifs : ${wanted}. Une fois actifs, les lieux les prennent et l’argent leur est dû ; cela ne se défait pas.`,
      `Free cover: ${free}. Not active yet: ${wanted}. Once active, places take them and are owed the money; this is not undone.`),
    fields: [batchField(visit, found), ...rangeFields(visit)], button: say('Rendre actifs', 'Make them active'),
    send: ({ batchId, ...range }) => ({ path: `/issuance/batches/${String(batchId)}/activations`, body: rangeOf(range) }),
  };
};
