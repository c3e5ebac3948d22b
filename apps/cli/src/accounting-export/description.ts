// The description that has to go with the file (art. A47 A-1, II): each column, each code, and how the file is written. French:
// it goes to a tax auditor in France.
import { COLUMNS, JOURNALS } from './fec-line.js';

const MEANINGS: Readonly<Record<typeof COLUMNS[number], readonly [nature: string, meaning: string]>> = {
  JournalCode: ['alphanumérique', 'code du journal'], JournalLib: ['alphanumérique', 'libellé du journal'],
  EcritureNum: ['alphanumérique', 'numéro de l\'écriture, séquence continue de 1 sur tout le fichier'],
  EcritureDate: ['date', 'jour de l\'événement comptabilisé, à Paris'], CompteNum: ['alphanumérique', 'numéro de compte (PCG, six chiffres)'],
  CompteLib: ['alphanumérique', 'libellé du compte'], CompAuxNum: ['alphanumérique', 'identifiant du tiers ; à blanc si non utilisé'],
  CompAuxLib: ['alphanumérique', 'nom du tiers, à défaut son identifiant ; à blanc si non utilisé'],
  PieceRef: ['alphanumérique', 'identifiant de l\'événement, scellé dans le journal d\'audit'], PieceDate: ['date', 'jour de l\'événement'],
  EcritureLib: ['alphanumérique', 'libellé de l\'écriture, avec le type de l\'événement'], Debit: ['numérique', 'montant au débit, en euros'],
  Credit: ['numérique', 'montant au crédit, en euros'], EcritureLet: ['alphanumérique', 'lettrage, unique par compte auxiliaire et par exercice ; à blanc si non lettré'],
  DateLet: ['date', 'jour de la dernière ligne du groupe lettré ; à blanc si non lettré'],
  ValidDate: ['date', 'jour de validation : une écriture est définitive dès qu\'elle est passée'],
  Montantdevise: ['numérique', 'à blanc : tout est en euros'], Idevise: ['alphanumérique', 'à blanc : tout est en euros'],
};

export const description = (name: string): string => [
  `Description du fichier ${name} (article A47 A-1, II, du Livre des procédures fiscales)`, '',
  'Fichier à plat, séquentiel, monostructure. Première ligne : noms des zones. Longueur des enregistrements variable.',
  'Séparateur de zone : tabulation. Séparateur d\'enregistrement : retour chariot et fin de ligne. Jeu de caractères : ISO 8859-15.',
  'Dates : AAAAMMJJ. Montants : virgule décimale, aucun séparateur de milliers, jamais de signe.', '',
  ...COLUMNS.map((column, at) => `${String(at + 1).padStart(2)}  ${column.padEnd(14)} ${MEANINGS[column][0].padEnd(15)} ${MEANINGS[column][1]}`), '',
  'Codes des journaux :', ...Object.values(JOURNALS).map(([code, label]) => `${code}  ${label}`), '',
].join('\r\n');
