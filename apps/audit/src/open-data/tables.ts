// The tables that anybody may load, and what their columns mean: Table Schema (specs.frictionlessdata.io), which data.gouv.fr checks files
// against. One list makes both, so that none has a column that the other does not tell of.
import { SERVICE_CODES } from '#libs/contracts';
import {
  COEFFICIENT_CODES, MEASURES, PEOPLE_MIN, type CommuneRow, type ImpactRow, type OpenData, type ProgrammeRow, type ServiceRow,
} from '#libs/figures';
import { showId, idOf } from '#libs/kernel';
import { csvLine } from '#libs/tabular';

type Cell = string | number | null;
type Column<Row> = Readonly<{
  name: string; type: 'yearmonth' | 'string' | 'integer' | 'number'; description: string; required?: true; enum?: readonly string[];
  cell: (row: Row, month: string) => Cell;
}>;
type Table<Row> = Readonly<{
  title: string; description: string; columns: readonly Column<Row>[]; rows: (data: OpenData) => readonly Row[];
}>;

const small = `Vide : moins de ${PEOPLE_MIN} personnes, ou inconnu.`;
const programme = (programmeId: string): string => showId('programme', idOf('programme', programmeId));
const month = { name: 'month', type: 'yearmonth', description: 'Mois, à l’heure de Paris', required: true, cell: (_: unknown, of: string) => of } as const;
const programmeId = {
  name: 'programme', type: 'string', description: 'Identifiant du programme', required: true, cell: (row: { programmeId: string }) => programme(row.programmeId),
} as const;

const services: Table<ServiceRow> = {
  title: 'Services rendus, par programme, département et service',
  description: `Chèques encaissés et non annulés à la publication. Les groupes de moins de ${PEOPLE_MIN} personnes n’y sont pas, ni ceux qui s’en déduiraient ; un carnet est une personne.`,
  columns: [
    month, programmeId,
    { name: 'departement', type: 'string', description: 'Code du département du lieu ; vide : inconnu', cell: (row) => row.departement },
    { name: 'service', type: 'string', description: 'Code du service (GET /redemption/services) ; vide : non dit', enum: SERVICE_CODES, cell: (row) => row.service },
    { name: 'redemptions', type: 'integer', description: 'Nombre d’encaissements', required: true, cell: (row) => row.redemptions },
    { name: 'amount_cents', type: 'integer', description: 'Leur montant, en centimes d’euro', required: true, cell: (row) => row.amountCents },
    { name: 'places', type: 'integer', description: 'Lieux qui ont encaissé', required: true, cell: (row) => row.places },
    { name: 'minutes', type: 'integer', description: 'Durée déclarée ; vide : aucune ne l’a été', cell: (row) => row.minutes },
  ],
  rows: (data) => data.services,
};

const programmes: Table<ProgrammeRow> = {
  title: 'Programmes, mois par mois',
  description: 'Ce qui a été activé, remis, encaissé, expiré dans le mois, et le temps que les lieux ont attendu ce qui leur a été payé dans le mois.',
  columns: [
    month, programmeId,
    { name: 'name', type: 'string', description: 'Nom du programme', required: true, cell: (row) => row.name },
    { name: 'activated_cents', type: 'integer', description: 'Valeur activée, en centimes d’euro', required: true, cell: (row) => row.activatedCents },
    { name: 'handed_over', type: 'integer', description: `Chèques remis. ${small}`, cell: (row) => row.handedOver },
    { name: 'redemptions', type: 'integer', description: `Encaissements. ${small}`, cell: (row) => row.redemptions },
    { name: 'redeemed_cents', type: 'integer', description: `Leur montant, en centimes d’euro. ${small}`, cell: (row) => row.redeemedCents },
    { name: 'places', type: 'integer', description: `Lieux qui ont encaissé. ${small}`, cell: (row) => row.places },
    { name: 'expired_cents', type: 'integer', description: 'Valeur expirée, en centimes d’euro', required: true, cell: (row) => row.expiredCents },
    { name: 'paid_lines', type: 'integer', description: `Encaissements payés aux lieux dans le mois. ${small}`, cell: (row) => row.timeToPay?.lines ?? null },
    { name: 'median_days_to_pay', type: 'integer', description: 'Jours entre l’encaissement et le virement : la moitié a attendu au plus', cell: (row) => row.timeToPay?.medianDays ?? null },
    { name: 'ninth_decile_days_to_pay', type: 'integer', description: 'Neuf sur dix ont attendu au plus', cell: (row) => row.timeToPay?.ninthDecileDays ?? null },
    { name: 'longest_days_to_pay', type: 'integer', description: 'Le plus long', cell: (row) => row.timeToPay?.longestDays ?? null },
    { name: 'hidden_groups', type: 'integer', description: 'Groupes absents de la table des services', required: true, cell: (row) => row.hiddenGroups },
  ],
  rows: (data) => data.programmes,
};

const communes: Table<CommuneRow> = {
  title: 'Services rendus, par programme et commune',
  description: `Par la commune du lieu. Seulement dans les départements dont chaque service est dit ; ni les communes de moins de ${PEOPLE_MIN} personnes, ni celles qui s’en déduiraient.`,
  columns: [
    month, programmeId,
    { name: 'commune', type: 'string', description: 'Code INSEE de la commune du lieu', required: true, cell: (row) => row.commune },
    { name: 'redemptions', type: 'integer', description: 'Nombre d’encaissements', required: true, cell: (row) => row.redemptions },
    { name: 'amount_cents', type: 'integer', description: 'Leur montant, en centimes d’euro', required: true, cell: (row) => row.amountCents },
    { name: 'places', type: 'integer', description: 'Lieux qui ont encaissé', required: true, cell: (row) => row.places },
  ],
  // Months of the first format had none.
  rows: (data) => data.communes ?? [],
};

type ImpactOf = ImpactRow & Readonly<{ programmeId: string }>;
const impact: Table<ImpactOf> = {
  title: 'Impact estimé, par programme et mois',
  description: 'Quatre regards sur les mêmes services, qui ne s’additionnent pas. Chacun nomme la version de son coefficient (GET /audit/impact-coefficients) ; inconnu reste vide, avec sa raison.',
  columns: [
    month, programmeId,
    { name: 'measure', type: 'string', description: 'Ce qui est estimé', required: true, enum: MEASURES, cell: (row) => row.measure },
    { name: 'low', type: 'number', description: 'Au moins ; vide : inconnu', cell: (row) => row.estimate?.low ?? null },
    { name: 'value', type: 'number', description: 'Vide : inconnu', cell: (row) => row.estimate?.value ?? null },
    { name: 'high', type: 'number', description: 'Au plus ; vide : inconnu', cell: (row) => row.estimate?.high ?? null },
    { name: 'coefficient', type: 'string', description: 'Coefficient ; vide : aucun n’est publié', enum: COEFFICIENT_CODES, cell: (row) => row.coefficient?.code ?? null },
    { name: 'coefficient_version', type: 'integer', description: 'Sa version', cell: (row) => row.coefficient?.version ?? null },
    { name: 'unknown', type: 'string', description: 'Pourquoi l’estimation est inconnue', cell: (row) => row.unknown },
  ],
  rows: (data) => data.programmes.flatMap((row) => (row.impact ?? []).map((one) => ({ ...one, programmeId: row.programmeId }))),
};

/** With the two things that are made of each. */
const made = <Row>(table: Table<Row>) => ({
  csv: (data: readonly OpenData[]) => csvOf(table, data), schema: (name: string) => schemaOf(name, table),
});
const TABLES = { services: made(services), programmes: made(programmes), communes: made(communes), impact: made(impact) };
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as [TableName, ...TableName[]];

/** UTF-8, commas; the oldest month first, each in the order of its release. */
export const tableCsv = (name: TableName, data: readonly OpenData[]): string => TABLES[name].csv(data);

export const tableSchema = (name: TableName) => TABLES[name].schema(name);

const csvOf = <Row>({ columns, rows }: Table<Row>, data: readonly OpenData[]): string => [
  columns.map(({ name }) => name),
  ...data.flatMap((one) => rows(one).map((row) => columns.map(({ cell }) => cell(row, one.month)))),
].map((row) => csvLine(row, ',')).join('');

const schemaOf = <Row>(name: string, { title, description, columns }: Table<Row>) => ({
  $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json', name, title, description,
  fields: columns.map(({ name: column, type, description: meaning, required, enum: values }) => ({
    name: column, type, description: meaning,
    ...((required || values) && { constraints: { ...(required && { required }), ...(values && { enum: [...values] }) } }),
  })),
  missingValues: [''],
});
