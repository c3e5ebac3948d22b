// What is said of a step of a finding: that there is one, how grave, and until when an answer is asked for. Its text is read at audit.
import { dayInWords, type LocalDate } from '#libs/kernel';
import type { FindingNotice, Language } from './notice.decision.js';

export type FindingNoticeFacts = Readonly<{ name: FindingNotice['notice']; findingSeverity: FindingNotice['severity']; replyDue: LocalDate }>;
type Words = Readonly<{ subject: string; text: string }>;
type Say = (facts: Readonly<{ severity: string; due: string }>) => Words;

const SEVERITIES = {
  fr: { minor: 'mineur', major: 'majeur', critical: 'critique' }, en: { minor: 'minor', major: 'major', critical: 'critical' },
} as const;

const FRENCH: Readonly<Record<FindingNotice['notice'], Say>> = {
  finding_raised: ({ severity, due }) => ({
    subject: `Un constat d’audit (${severity}) vous est adressé`,
    text: `Un auditeur vous adresse un constat, de gravité : ${severity}. Vous pouvez y répondre dans votre espace, de préférence jusqu’au ${due} inclus ; une réponse plus tardive est gardée aussi. Votre réponse reste à côté du constat.`,
  }),
  finding_noted: ({ due }) => ({
    subject: 'Une suite à un constat d’audit', text: `Un auditeur a écrit une suite à un constat qui vous est adressé. Réponse souhaitée jusqu’au ${due} inclus, dans votre espace.`,
  }),
  finding_replied: () => ({ subject: 'Une réponse à votre constat', text: 'La personne ou l’organisation à qui vous avez adressé un constat a répondu. La réponse se lit dans votre espace.' }),
  finding_closed: () => ({ subject: 'Un constat d’audit est clos', text: 'Un constat qui vous était adressé est clos. Son issue se lit dans votre espace, avec tout ce qui a été écrit.' }),
};

const ENGLISH: Readonly<Record<FindingNotice['notice'], Say>> = {
  finding_raised: ({ severity, due }) => ({
    subject: `An audit finding (${severity}) is addressed to you`,
    text: `An auditor addresses a finding to you, severity: ${severity}. You can answer it on your page, please until ${due}, that day included; a later answer is kept as well. Your answer stays beside the finding.`,
  }),
  finding_noted: ({ due }) => ({
    subject: 'An audit finding goes on', text: `An auditor added to a finding that is addressed to you. Please answer until ${due}, that day included, on your page.`,
  }),
  finding_replied: () => ({ subject: 'Your finding was answered', text: 'Whom you addressed a finding to has answered. You can read the answer on your page.' }),
  finding_closed: () => ({ subject: 'An audit finding is closed', text: 'A finding that was addressed to you is closed. Its outcome is on your page, with all that was written.' }),
};

export function findingNoticeWords({ name, findingSeverity, replyDue }: FindingNoticeFacts, language: Language): Words {
  const say = (language === 'fr' ? FRENCH : ENGLISH)[name];
  return say({ severity: SEVERITIES[language][findingSeverity], due: dayInWords(replyDue, language) });
}
