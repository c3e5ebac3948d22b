// The columns of the table of communes, told as they are made (Table Schema).
import { COMMUNE_STATES } from './deserts.decision.js';
import type { ZonedCommune } from './show-deserts.query.js';

type Column = Readonly<{
  name: string; type: 'string' | 'integer' | 'number'; description: string; required?: true; enum?: readonly string[];
  cell: (row: ZonedCommune) => string | number | null;
}>;

export const DESERT_COLUMNS: readonly Column[] = [
  { name: 'code_insee', type: 'string', description: 'Code INSEE de la commune', required: true, cell: ({ code }) => code },
  { name: 'nom', type: 'string', description: 'Nom, d’après l’annuaire des lieux ; vide : aucun lieu connu n’y est', cell: ({ name }) => name },
  { name: 'departement', type: 'string', description: 'Code du département', required: true, cell: ({ departement }) => departement },
  { name: 'lieux_annuaire', type: 'integer', description: 'Lieux de l’annuaire, agréés ou non', required: true, cell: ({ listedPlaces }) => listedPlaces },
  { name: 'lieux_agrees', type: 'integer', description: 'Lieux qui prennent aujourd’hui les chèques du programme', required: true, cell: ({ accreditedPlaces }) => accreditedPlaces },
  { name: 'km_plus_proche', type: 'number', description: 'À vol d’oiseau, du milieu des lieux connus de la commune au lieu agréé le plus proche ; vide : inconnu', cell: ({ nearest }) => nearest && Math.round(nearest.km * 10) / 10 },
  { name: 'etat', type: 'string', description: 'served : un lieu y est ; neighbour : le plus proche n’est pas loin ; far : loin ; unknown : inconnu', required: true, enum: COMMUNE_STATES, cell: ({ state }) => state },
  { name: 'classe_densite', type: 'string', description: 'Classe de la grille de densité, 1 à 7, d’après la liste importée ; vide : inconnue', cell: ({ zones }) => zones?.densityClass ?? null },
  { name: 'quartiers_prioritaires', type: 'string', description: 'Codes des quartiers prioritaires qui sont dans la commune, en tout ou partie, d’après la liste importée ; vide : inconnu', cell: ({ zones }) => zones?.quarters.join(' ') || null },
];

export const desertSchema = () => ({
  $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json', name: 'communes', title: 'Communes du territoire d’un programme, et le lieu le plus proche',
  description: 'Communes que le territoire nomme, ou dans lesquelles l’annuaire connaît un lieu. D’une commune sans position, la distance est inconnue.',
  fields: DESERT_COLUMNS.map(({ name, type, description, required, enum: values }) => ({
    name, type, description,
    ...((required || values) && { constraints: { ...(required && { required }), ...(values && { enum: [...values] }) } }),
  })),
  missingValues: [''],
});
