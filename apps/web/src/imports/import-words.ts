// Why a file or a row of it was not taken, in plain words, and what to do next.
import type { Say } from '../language.js';

type Words = Readonly<Record<string, readonly [french: string, english: string]>>;

const FILES: Words = {
  file_missing: ['Choisissez un fichier, puis envoyez.', 'Choose a file, then send.'],
  body_too_large: ['Le fichier dépasse 32 Mo : coupez-le en deux.', 'The file is over 32 MB: cut it in two.'],
  body_malformed: ['Le fichier n’est pas arrivé entier : envoyez-le à nouveau.', 'The file did not arrive whole: send it again.'],
  table_malformed: ['Ce n’est ni un tableau CSV ni une liste JSON en UTF-8 : enregistrez-le ainsi, puis envoyez.', 'It is neither a CSV table nor a JSON list in UTF-8: save it so, then send.'],
  table_empty: ['Le fichier n’a aucune ligne.', 'The file has no rows.'],
  table_too_long: ['Le fichier a trop de lignes : coupez-le en deux.', 'The file has too many rows: cut it in two.'],
  table_columns_missing: ['Ses colonnes ne sont pas celles attendues.', 'Its columns are not those expected.'],
  mapping_field_unknown: ['Une colonne serait lue comme un champ inconnu : essayez le fichier à nouveau.', 'A column would be read as an unknown field: try the file again.'],
  mapping_header_missing: ['Le fichier n’a pas les colonnes de celui qui a été essayé : essayez-le d’abord.', 'The file lacks columns of the one that was tried: try it first.'],
  mapping_field_doubled: ['Deux colonnes diraient la même chose : renommez l’une d’elles.', 'Two columns would say the same: rename one of them.'],
  mapping_header_doubled: ['Deux colonnes ont le même nom : renommez l’une d’elles.', 'Two columns have one name: rename one of them.'],
  mapping_field_missing: ['Il manque une colonne sans laquelle rien ne peut être lu.', 'A column is missing without which nothing can be read.'],
  zone_columns_missing: ['Il manque une colonne : code_insee et classe pour la densité, code_quartier et communes pour les quartiers.', 'A column is missing: code_insee and classe for density, code_quartier and communes for quarters.'],
  role_missing: ['Votre rôle ne le permet pas : demandez à une personne qui tient les comptes.', 'Your role does not allow this: ask somebody who keeps the accounts.'],
  unavailable: ['Nous ne savons pas si c’est fini. Envoyez le même fichier à nouveau : rien n’est écrit deux fois.', 'We do not know whether it is done. Send the same file again: nothing is written twice.'],
};

const ROWS: Words = {
  row_ragged: ['Plus de cellules que de colonnes : vérifiez guillemets et séparateurs.', 'More cells than columns: check quotes and delimiters.'],
  row_quote_open: ['Un guillemet se ferme sur une autre ligne : vérifiez les guillemets.', 'A quote closes in another line: check the quotes.'],
  row_too_long: ['Ligne trop longue : vérifiez les guillemets.', 'The row is too long: check the quotes.'],
  row_not_object: ['Cet élément de la liste n’est pas un objet.', 'This entry of the list is no object.'],
  id_missing: ['Pas d’identifiant : donnez-en un qui reste.', 'No id: give it one that stays.'],
  id_too_long: ['Identifiant ou nom de source trop long.', 'The id or the name of the source is too long.'],
  name_missing: ['Pas de nom.', 'No name.'], name_too_long: ['Nom de plus de 200 signes.', 'The name is longer than 200 characters.'],
  commune_wrong: ['Code INSEE absent ou faux, ou plus de vingt communes.', 'The INSEE code is missing or wrong, or there are more than twenty.'],
  class_wrong: ['Classe inconnue : de 1 à 7.', 'Unknown class: 1 to 7.'], quarter_wrong: ['Code de quartier absent ou faux : QN ou QP et six signes.', 'The code of the quarter is missing or wrong: QN or QP and six characters.'],
  repeated: ['Une ligne d’avant parle déjà de la même commune ou du même quartier : gardez-en une.', 'An earlier row speaks of the same commune or quarter: keep one.'],
  postal_code_missing: ['Pas de code postal.', 'No postal code.'], postal_code_wrong: ['Ce n’est pas un code postal.', 'This is no postal code.'],
  territory_code_wrong: ['Code du territoire absent ou faux.', 'The code of the territory is missing or wrong.'],
  siren_missing: ['Ni SIREN ni SIRET : cherchez son numéro.', 'Neither SIREN nor SIRET: find its number.'],
  siren_wrong: ['SIREN faux : relisez-le.', 'The SIREN is wrong: read it again.'], siret_wrong: ['SIRET faux : relisez-le.', 'The SIRET is wrong: read it again.'],
  siret_of_another_body: ['Le SIRET n’est pas de ce SIREN.', 'The SIRET is not of this SIREN.'],
  territory_of_another_payer: ['Ce territoire est celui d’un autre financeur : une fusion se décide à la main.', 'This territory is of another payer: a merger is decided by a person.'],
};

/** As a heading that is understood: who names a column so has it read. */
const FIELDS: Words = {
  externalId: ['identifiant', 'id'], source: ['source', 'source'], siret: ['siret', 'SIRET'], name: ['nom', 'name'], street: ['adresse', 'address'],
  complement: ['complément d’adresse', 'rest of the address'], postalCode: ['code postal', 'postcode'], commune: ['commune', 'commune'], inseeCode: ['code insee', 'INSEE code'],
  latitude: ['latitude', 'latitude'], longitude: ['longitude', 'longitude'], position: ['coordonnées', 'coordinates'], kinds: ['type de lieu', 'kind of place'],
  telephone: ['téléphone', 'telephone'], emails: ['courriel', 'mail address'], websites: ['site web', 'website'], openingHours: ['horaires', 'opening hours'],
  summary: ['résumé', 'summary'], description: ['description', 'description'], roaming: ['itinérance', 'roaming'], parentBody: ['structure porteuse', 'parent body'],
  updatedOn: ['mis à jour le', 'updated'], services: ['services', 'services'], audiences: ['publics', 'audiences'], specificSupport: ['accueil spécifique', 'specific support'],
  accessFees: ['tarifs', 'fees'], programmes: ['dispositifs', 'national programmes'], trainings: ['formations', 'trainings'], otherLabels: ['autres labels', 'other labels'],
  accessModes: ['modalités d’accès', 'how to get there'], supportModes: ['modalités d’accompagnement', 'ways of support'],
  accessibilityPage: ['fiche acces libre', 'accessibility page'], appointmentPage: ['prise de rendez-vous', 'appointments'],
};

export const fileRefusal = (code: string, say: Say): string => say(...(FILES[code] ?? FILES['unavailable']!));
export const hasRowReason = (code: string): boolean => code in ROWS;
export const hasFileRefusal = (code: string): boolean => code in FILES;
export const hasFieldWord = (field: string): boolean => field in FIELDS;
export const rowReason = (code: string, say: Say): string => (ROWS[code] ? say(...ROWS[code]) : code);
export const fieldWord = (field: string, say: Say): string => (FIELDS[field] ? say(...FIELDS[field]) : field);
