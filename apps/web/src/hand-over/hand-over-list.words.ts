// What is wrong with a row of a list, so that whoever wrote the list can mend it; and why a whole list is not read.
import type { Say } from '../language.js';

const ROWS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  handed_over: ['Prêt.', 'Ready.'],
  handed_over_before: ['Déjà remis par vous : rien ne change.', 'Handed over by you already: nothing changes.'],
  row_repeated: ['Une ligne plus haut nomme déjà ces chèques.', 'An earlier row names these vouchers already.'],
  row_ragged: ['La ligne a plus de colonnes que l’en-tête : regardez les guillemets et les points-virgules.', 'The row has more columns than the header: look at quotes and semicolons.'],
  row_quote_open: ['Un guillemet n’est pas fermé sur cette ligne.', 'A quote is not closed in this row.'],
  row_too_long: ['La ligne est trop longue : regardez les guillemets.', 'The row is too long: look at its quotes.'],
  row_not_object: ['La ligne n’est pas lisible.', 'The row cannot be read.'],
  serial_missing: ['Aucun numéro : donnez celui de la couverture, ou du dos du chèque.', 'No number: give the one on the cover, or on the back of the voucher.'],
  serial_wrong: ['Ce n’est pas un numéro, ou un signe est faux.', 'This is no number, or a character is wrong.'],
  serial_unknown: ['Aucun carnet ni chèque n’a ce numéro.', 'No booklet and no voucher has this number.'],
  commune_wrong: ['La commune n’est pas un code INSEE de cinq signes.', 'The commune is no INSEE code of five characters.'],
  public_wrong: ['Le public n’est pas un des mots attendus.', 'The public is none of the expected words.'],
  pathway_wrong: ['Le parcours est un mot opaque de 12 à 64 signes, avec un chiffre ; jamais un nom.', 'The pathway is an opaque word of 12 to 64 characters, with a digit; never a name.'],
  not_in_stock: ['Pas, ou pas tout, dans votre stock.', 'Not, or not all, in your stock.'],
  ended: ['Le dernier jour du service est passé.', 'The last day of service is over.'],
  cancelled: ['La commande est annulée.', 'The order was cancelled.'],
  stopped: ['Arrêté, au moins en partie : à remplacer.', 'Stopped, at least in part: to be replaced.'],
};
export const rowWords = (code: string, say: Say): string => say(...ROWS[code] ?? [code, code]);

const LISTS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  table_malformed: ['La liste n’est pas lisible : donnez du CSV, une ligne par carnet.', 'The list cannot be read: give CSV, one row a booklet.'],
  table_empty: ['La liste n’a aucune ligne sous l’en-tête.', 'The list has no row below its header.'],
  table_too_long: ['La liste a plus de 20 000 lignes : coupez-la.', 'The list has more than 20,000 rows: cut it.'],
  table_columns_missing: ['Il manque la colonne « serial » dans l’en-tête.', 'The column "serial" is missing in the header.'],
  body_too_large: ['La liste est trop longue : coupez-la.', 'The list is too long: cut it.'],
  hand_over_file_known: ['Cette liste a déjà été prise. Cochez la case si elle est voulue une seconde fois.', 'This list was taken before. Tick the box if it is meant again.'],
  voucher_code: ['Une ligne porte un code secret de chèque. Rien n’est lu : remplacez-le par le numéro au dos ou sur la couverture.', 'A row holds a secret code of a voucher. Nothing is read: put the number on its back or cover in its place.'],
};
export const listWords = (code: string, say: Say): string | undefined => (LISTS[code] ? say(...LISTS[code]) : undefined);
