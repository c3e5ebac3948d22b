// Who else would gain where something is missing: a declared list of reasons, each with its source. No number is made of it. `basis` says
// whether the source itself says so, or whether we conclude it from what the source rules: the reader may hold otherwise.

export const MISSING = ['places', 'vouchers', 'payers'] as const;
export type Missing = (typeof MISSING)[number];
export const THIRD_PARTIES = ['state', 'employer', 'family_fund', 'pension_fund', 'hospital', 'bank', 'energy_supplier', 'foundation'] as const;
export type ThirdParty = (typeof THIRD_PARTIES)[number];

export type Reason = Readonly<{
  thirdParty: ThirdParty;
  /** Where it applies: where places, vouchers or payers are missing. */
  where: readonly Missing[];
  reason: Readonly<{ fr: string; en: string }>;
  basis: 'source' | 'ours'; source: string; sourceYear: number;
}>;

const FRANCE_STRATEGIE = 'France Stratégie, Les bénéfices d’une meilleure autonomie numérique (https://strategie.gouv.fr/publications/benefices-dune-meilleure-autonomie-numerique)';
const IGAS = 'IGAS, rapport 2019-033R, Garantir un numérique inclusif : les réponses apportées par les opérateurs de la protection sociale';

export const REASONS: readonly Reason[] = [
  {
    thirdParty: 'state', where: ['places', 'payers'], basis: 'source', source: FRANCE_STRATEGIE, sourceYear: 2018,
    reason: { fr: 'Les démarches faites en ligne épargnent des coûts à l’administration.', en: 'Procedures done online save the administration costs.' },
  },
  {
    thirdParty: 'employer', where: ['vouchers', 'payers'], basis: 'source', source: FRANCE_STRATEGIE, sourceYear: 2018,
    reason: { fr: 'Qui sait se servir du numérique trouve plus vite un emploi et y est plus productif.', en: 'People at ease with digital tools find work sooner and are more productive in it.' },
  },
  {
    thirdParty: 'family_fund', where: ['places', 'vouchers', 'payers'], basis: 'source', source: IGAS, sourceYear: 2019,
    reason: { fr: 'La caisse a fait du recours en ligne un objectif ; qui n’y arrive pas revient au guichet ou perd ses droits.', en: 'The fund made online procedures an aim; whoever cannot follow comes back to the counter, or loses rights.' },
  },
  {
    thirdParty: 'pension_fund', where: ['places', 'vouchers', 'payers'], basis: 'source', source: IGAS, sourceYear: 2019,
    reason: { fr: 'Ses conventions d’objectifs visent l’inclusion numérique des assurés, souvent âgés.', en: 'Its agreements with the State aim at the digital inclusion of its insured, who are often old.' },
  },
  {
    thirdParty: 'hospital', where: ['places', 'payers'], basis: 'source', source: FRANCE_STRATEGIE, sourceYear: 2018,
    reason: { fr: 'La télémédecine évite des déplacements et des coûts, là surtout où tout est loin.', en: 'Telemedicine saves journeys and costs, most of all where everything is far.' },
  },
  {
    thirdParty: 'bank', where: ['vouchers', 'payers'], basis: 'ours', source: 'Code monétaire et financier, article L312-1-3 (offre à la clientèle en situation de fragilité)', sourceYear: 2013,
    reason: { fr: 'Elle doit une offre aux clients fragiles ; qui suit son compte en ligne a moins d’incidents.', en: 'It owes fragile customers an offer; whoever follows an account online has fewer incidents.' },
  },
  {
    thirdParty: 'energy_supplier', where: ['vouchers', 'payers'], basis: 'ours', source: 'Code de l’énergie, article L124-1 (chèque énergie)', sourceYear: 2015,
    reason: { fr: 'Qui sait faire valoir le chèque énergie et lire sa consommation a moins d’impayés.', en: 'Whoever can use the energy voucher and read a meter online has fewer unpaid bills.' },
  },
  {
    thirdParty: 'foundation', where: ['places', 'vouchers'], basis: 'ours', source: 'Loi n° 87-571 du 23 juillet 1987 sur le développement du mécénat, article 18', sourceYear: 1987,
    reason: { fr: 'Ouvrir un lieu où il n’y en a pas est une œuvre d’intérêt général que personne d’autre n’avance.', en: 'To open a place where there is none is of general interest, and nobody else advances the money.' },
  },
];
