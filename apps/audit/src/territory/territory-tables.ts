// The tables of territory, and what their columns mean (Table Schema), from one list as for open data.
import { idOf, showId } from '#libs/kernel';
import { AREA_KINDS, type AreaFacts, type AreasAsked } from './area-facts.store.js';
import { bandOf, BANDS, type PlaceEarned, type Range } from './place-earnings.decision.js';

type Column<Row> = Readonly<{
  name: string; type: 'string' | 'integer' | 'number' | 'yearmonth' | 'year'; description: string; required?: true; enum?: readonly string[];
  cell: (row: Row) => string | number | null;
}>;
export type Table<Row> = Readonly<{ title: string; description: string; columns: readonly Column<Row>[] }>;
export const TERRITORY_TABLES = ['areas', 'places'] as const;
export type TerritoryTable = (typeof TERRITORY_TABLES)[number];

export type AreaRow = AreaFacts & AreasAsked;
export const areasTable: Table<AreaRow> = {
  title: 'Services rendus d’un programme, par commune, EPCI et département',
  description: 'Chèques encaissés et non annulés, par la commune du lieu. Ce que personne n’a dit est vide, jamais zéro.',
  columns: [
    { name: 'programme', type: 'string', description: 'Identifiant du programme', required: true, cell: ({ programmeId }) => showId('programme', programmeId) },
    { name: 'from', type: 'yearmonth', description: 'Premier mois de service', required: true, cell: ({ from }) => from },
    { name: 'to', type: 'yearmonth', description: 'Dernier mois de service', required: true, cell: ({ to }) => to },
    { name: 'kind', type: 'string', description: 'Maille', required: true, enum: AREA_KINDS, cell: ({ kind }) => kind },
    { name: 'code', type: 'string', description: 'Code INSEE de la commune ou du département, SIREN de l’EPCI ; vide : inconnu, ou tout le programme', cell: ({ kind, code }) => (kind === 'programme' ? null : code) },
    { name: 'redemptions', type: 'integer', description: 'Services rendus', required: true, cell: ({ redemptions }) => redemptions },
    { name: 'amount_cents', type: 'integer', description: 'Leur montant, en centimes d’euro', required: true, cell: ({ redeemedCents }) => redeemedCents },
    { name: 'people_at_least', type: 'integer', description: 'Personnes, au moins : un carnet est une personne', required: true, cell: ({ people }) => people },
    { name: 'places', type: 'integer', description: 'Lieux qui ont encaissé', required: true, cell: ({ places }) => places },
    { name: 'minutes', type: 'integer', description: 'Durée déclarée ; vide : aucune ne l’a été', cell: ({ minutes }) => minutes },
  ],
};

export type PlaceRow = PlaceEarned & Readonly<{ year: number; range: Range | null }>;
export const placesTable: Table<PlaceRow> = {
  title: 'Ce que chaque lieu a encaissé en chèques dans l’année',
  description: 'Tous programmes confondus, par année de service ; comparé à la somme annuelle qui permettrait de rester ouvert.',
  columns: [
    { name: 'year', type: 'year', description: 'Année de service', required: true, cell: ({ year }) => year },
    { name: 'place', type: 'string', description: 'Identifiant du lieu', required: true, cell: ({ placeId }) => showId('place', idOf('place', placeId)) },
    { name: 'name', type: 'string', description: 'Nom du lieu ; vide : inconnu', cell: ({ name }) => name },
    { name: 'commune', type: 'string', description: 'Code INSEE ; vide : inconnu', cell: ({ commune }) => commune },
    { name: 'latitude', type: 'number', description: 'Vide : inconnue', cell: ({ latitude }) => latitude },
    { name: 'longitude', type: 'number', description: 'Vide : inconnue', cell: ({ longitude }) => longitude },
    { name: 'redemptions', type: 'integer', description: 'Services rendus', required: true, cell: ({ redemptions }) => redemptions },
    { name: 'taken_cents', type: 'integer', description: 'Leur montant, en centimes d’euro', required: true, cell: ({ takenCents }) => takenCents },
    { name: 'band', type: 'string', description: 'Au-dessous, dans ou au-dessus de la fourchette ; vide : aucune n’est publiée', enum: BANDS, cell: ({ takenCents, range }) => range && bandOf(takenCents, range) },
    { name: 'located_by', type: 'string', description: 'Événement qui dit où est le lieu', cell: ({ locatedBy }) => (locatedBy === null ? null : showId('event', idOf('event', locatedBy))) },
  ],
};

export const schemaOf = <Row>(name: TerritoryTable, { title, description, columns }: Table<Row>) => ({
  $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json', name, title, description,
  fields: columns.map(({ name: column, type, description: meaning, required, enum: values }) => ({
    name: column, type, description: meaning,
    ...((required || values) && { constraints: { ...(required && { required }), ...(values && { enum: [...values] }) } }),
  })),
  missingValues: [''],
});
