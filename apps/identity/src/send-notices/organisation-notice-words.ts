// Mails to whoever answers for an organisation: somebody of the operator looks as it, a key was made or ended.
import { inLine } from './in-line.js';
import type { Language, OrganisationNoticeName } from './notice.decision.js';

export type OrganisationNoticeFacts = Readonly<{
  name: OrganisationNoticeName; organisationName: string;
  /** Who did it; of an impersonation why, and until when at most; of a key what it is for. */
  doneBy: string | null; reason: string | null; until: Date | null; keyLabel: string | null; keyPrefix: string | null;
}>;
type Words = Readonly<{ subject: string; text: string }>;
type Say = (facts: Readonly<{ organisation: string; who: string; why: string; until: string; key: string }>) => Words;

const FRENCH: Readonly<Record<OrganisationNoticeName, Say>> = {
  impersonation_begun: ({ organisation, who, why, until }) => ({
    subject: `L’opérateur consulte l’espace de ${organisation}`,
    text: `${who}, de l’opérateur, regarde l’espace de ${organisation} tel que vous le voyez, jusqu’à ${until} au plus tard. Rien ne peut y être changé.\n\nMotif donné : ${why}\n\nCe qui a été regardé se lit dans votre espace, page « Consultations ». Si vous n’avez rien demandé, écrivez à l’opérateur.`,
  }),
  api_key_made: ({ organisation, who, key }) => ({
    subject: `${organisation} : une clé d’accès a été créée`,
    text: `${who} a créé la clé d’accès ${key} : un logiciel peut demander au nom de ${organisation} ce qui a été coché.\n\nSi vous ne l’attendiez pas, terminez-la tout de suite dans votre espace, page « Clés d’accès ».`,
  }),
  api_key_ended: ({ organisation, who, key }) => ({
    subject: `${organisation} : une clé d’accès a pris fin`,
    text: `${who} a terminé la clé d’accès ${key}. Le logiciel qui s’en servait ne peut plus rien demander au nom de ${organisation}.`,
  }),
};

const ENGLISH: Readonly<Record<OrganisationNoticeName, Say>> = {
  impersonation_begun: ({ organisation, who, why, until }) => ({
    subject: `The operator looks at the pages of ${organisation}`,
    text: `${who}, of the operator, looks at the pages of ${organisation} as you see them, until ${until} at the latest. Nothing can be changed there.\n\nThe reason given: ${why}\n\nWhat was looked at stands on your pages, under "Looked at by the operator". If you asked for nothing, write to the operator.`,
  }),
  api_key_made: ({ organisation, who, key }) => ({
    subject: `${organisation}: an API key was made`,
    text: `${who} made the API key ${key}: a program may ask for ${organisation} what was ticked.\n\nIf you did not expect it, end it at once on your pages, under "API keys".`,
  }),
  api_key_ended: ({ organisation, who, key }) => ({
    subject: `${organisation}: an API key has ended`,
    text: `${who} ended the API key ${key}. The program that used it can ask nothing more for ${organisation}.`,
  }),
};

const clocks = { fr: clock('fr-FR'), en: clock('en-GB') };

export function organisationNoticeWords(facts: OrganisationNoticeFacts, language: Language): Words {
  const { name, organisationName, doneBy, reason, until, keyLabel, keyPrefix } = facts;
  return (language === 'fr' ? FRENCH : ENGLISH)[name]({
    organisation: inLine(organisationName), who: inLine(doneBy ?? ''), why: reason ?? '', until: until ? clocks[language].format(until) : '',
    key: language === 'fr' ? `« ${inLine(keyLabel ?? '')} » (mereau_${keyPrefix}…)` : `"${inLine(keyLabel ?? '')}" (mereau_${keyPrefix}…)`,
  });
}

function clock(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Paris' });
}
