// The vocabulary of the national standard v1.0.2, with what its older versions and published files write instead.
import { foldText } from '#libs/tabular';
import type { ListField } from '../import-places/place-listing.decision.js';

/** Value of the standard: what else stands for it. Of `Gratuit : Je peux …` only what is before the colon counts. */
type Vocabulary = Readonly<Record<string, readonly string[]>>;

const SERVICES: Vocabulary = {
  'Aide aux démarches administratives': [
    'Réaliser des démarches administratives avec un accompagnement', 'Devenir autonome dans les démarches administratives', 'Accompagner les démarches de santé',
  ],
  'Maîtrise des outils numériques du quotidien': [
    'Utiliser le numérique au quotidien', 'Prendre en main un smartphone ou une tablette', 'Prendre en main un ordinateur',
  ],
  'Insertion professionnelle via le numérique': ['Favoriser mon insertion professionnelle', 'Créer et développer mon entreprise'],
  'Utilisation sécurisée du numérique': [],
  'Parentalité et éducation avec le numérique': ['Soutenir la parentalité et l\'éducation avec le numérique'],
  'Loisirs et créations numériques': ['Créer avec le numérique'],
  'Compréhension du monde numérique': ['Approfondir ma culture numérique', 'Promouvoir la citoyenneté numérique'],
  'Accès internet et matériel informatique': ['Accéder à une connexion internet', 'Accéder à du matériel'],
  'Acquisition de matériel informatique à prix solidaire': ['S\'équiper en matériel informatique'],
};
const AUDIENCES: Vocabulary = {
  Jeunes: ['Jeunes (16-26 ans)'], Étudiants: [], 'Familles et/ou enfants': ['Familles/enfants'], Seniors: ['Seniors (+ 65 ans)'],
  Femmes: ['Uniquement femmes'],
};
const SPECIFIC_SUPPORT: Vocabulary = {
  Surdité: [], 'Handicaps moteurs': [], 'Handicaps mentaux': ['Handicaps psychiques'], Illettrisme: ['Personnes en situation d\'illettrisme'],
  'Langues étrangères (anglais)': [], 'Langues étrangères (autres)': ['Public langues étrangères'], 'Déficience visuelle': [],
};
const ACCESS_FEES: Vocabulary = { Gratuit: [], 'Gratuit sous condition': [], Payant: ['Adhésion'] };
const PROGRAMMES: Vocabulary = {
  'Aidants Connect': [], 'Bibliothèques numérique de référence': [], 'Certification PIX': [], 'Conseillers numériques': ['CNFS', 'Conseiller numérique'],
  'Emmaüs Connect': [], 'France Services': ['France Service'], 'Grande école du numérique': ['Grandes écoles du numérique'], 'La Croix Rouge': [],
  'Point d\'accès numérique CAF': ['Point relais CAF'], 'Promeneurs du net': [], 'Relais numérique (Emmaüs Connect)': [],
};
const TRAININGS: Vocabulary = {
  'Formé à « Mon Espace Santé »': [], 'Formé à « DUPLEX » (illettrisme)': [], 'Arnia/MedNum BFC (Bourgogne-Franche-Comté)': [],
  'Collectif ressources et acteurs réemploi (Normandie)': [], 'Étapes numériques(La Poste)': [], 'Fabriques de Territoire': [],
  'Les Éclaireurs du numérique (Drôme)': [], 'Mes Papiers (Métropole de Lyon)': [], 'ORDI 3.0': [], 'SUD LABS (PACA)': [],
};
const ACCESS_MODES: Vocabulary = {
  'Se présenter': [], Téléphoner: [], 'Contacter par mail': [], 'Prendre un RDV en ligne': [], 'Ce lieu n\'accueille pas de public': [],
  'Envoyer un mail avec une fiche de prescription': [],
};
const SUPPORT_MODES: Vocabulary = {
  'En autonomie': ['Seul'], 'Accompagnement individuel': ['Avec de l\'aide', 'A ma place'], 'Dans un atelier collectif': ['Dans un atelier'], 'À distance': [],
};
const ROAMING: Vocabulary = { Itinérant: [], Fixe: [] };

const VOCABULARIES = {
  services: SERVICES, audiences: AUDIENCES, specificSupport: SPECIFIC_SUPPORT, accessFees: ACCESS_FEES, programmes: PROGRAMMES,
  trainings: TRAININGS, accessModes: ACCESS_MODES, supportModes: SUPPORT_MODES, roaming: ROAMING,
} as const satisfies Partial<Record<ListField, Vocabulary>>;
export type VocabularyField = keyof typeof VOCABULARIES;

const TERMS = Object.fromEntries(Object.entries(VOCABULARIES).map(([field, vocabulary]) => [field, termsOf(vocabulary)])) as
  Record<VocabularyField, ReadonlyMap<string, string>>;

function termsOf(vocabulary: Vocabulary): ReadonlyMap<string, string> {
  return new Map(Object.entries(vocabulary).flatMap(([value, others]) => [value, ...others].map((term) => [foldText(term), value])));
}

/** Says nothing: a place for adults is a place for everybody. */
const EMPTY_TERMS: ReadonlySet<string> = new Set(['adultes', 'tout public'].map(foldText));
export const saysNothing = (text: string): boolean => EMPTY_TERMS.has(foldText(text));

/** The value of the standard, or undefined. */
export const termOf = (field: VocabularyField, text: string): string | undefined =>
  TERMS[field].get(foldText(text)) ?? TERMS[field].get(foldText(text.split(' : ', 1)[0]!));
