// What notices say, in the language of their reader. Plain text: it is read everywhere, and there is nothing to track.
import { dayInWords, type LocalDate } from '#libs/kernel';
import { accountNoticeWords, type AccountNoticeFacts } from './account-notice-words.js';
import { chargeNoticeWords, type ChargeNoticeFacts } from './charge-notice-words.js';
import { documentNoticeWords, type DocumentNoticeFacts } from './document-notice-words.js';
import { factorNoticeWords, type FactorNoticeFacts } from './factor-notice-words.js';
import { feeNoticeWords, type FeeNoticeFacts } from './fee-notice-words.js';
import { findingNoticeWords, type FindingNoticeFacts } from './finding-notice-words.js';
import { ACCOUNT_NOTICES, DOCUMENT_NOTICES, ORGANISATION_NOTICES, PAYEE_NOTICES, type Language, type VintageNotice } from './notice.decision.js';
import { inLine } from './in-line.js';
import { organisationNoticeWords, type OrganisationNoticeFacts } from './organisation-notice-words.js';
import { payeeNoticeWords, type PayeeNoticeFacts } from './payee-notice-words.js';

type VintageNoticeFacts = Readonly<{
  name: VintageNotice['notice']; programmeName: string; usableUntil: LocalDate; claimableUntil: LocalDate;
}>;
export type NoticeFacts =
  | VintageNoticeFacts | PayeeNoticeFacts | FeeNoticeFacts | DocumentNoticeFacts | ChargeNoticeFacts | FactorNoticeFacts
  | FindingNoticeFacts | AccountNoticeFacts | OrganisationNoticeFacts;
type Words = Readonly<{ subject: string; text: string }>;
type Say = (facts: Readonly<{ programme: string; until: string; claims: string }>) => Words;

const FRENCH: Readonly<Record<VintageNotice['notice'], Say>> = {
  ends_in_thirty_days: ({ programme, until, claims }) => ({
    subject: `${programme} : vos chèques prennent fin dans 30 jours`,
    text: `Les chèques « ${programme} » s’utilisent jusqu’au ${until} inclus. Les lieux peuvent les encaisser jusqu’au ${claims} inclus.\n\nVotre espace indique ce qui est émis, remis, non remis et entamé.`,
  }),
  sign_off_due: ({ programme, until }) => ({
    subject: `${programme} : à valider, fin des chèques dans 15 jours`,
    text: `Les chèques « ${programme} » s’utilisent jusqu’au ${until} inclus.\n\nVeuillez valider dans votre espace l’état des chèques émis, remis, non remis et entamés. Dès votre validation, les distributeurs sont priés de ne plus en remettre.`,
  }),
  charge_to_acknowledge: ({ programme, until }) => ({
    subject: `${programme} : à reconnaître, fin des chèques dans 7 jours`,
    text: `Les chèques « ${programme} » s’utilisent jusqu’au ${until} inclus.\n\nVeuillez reconnaître dans votre espace que les chèques remis depuis votre validation restent à votre charge.`,
  }),
  stop_handing_over: ({ programme, until }) => ({
    subject: `${programme} : ne remettez plus ces chèques`,
    text: `Les chèques « ${programme} » s’utilisent jusqu’au ${until} inclus. Leurs financeurs vous prient de ne plus en remettre. Ceux qui sont déjà remis restent utilisables jusqu’à cette date.`,
  }),
  use_ended: ({ programme, until, claims }) => ({
    subject: `${programme} : les chèques ne s’utilisent plus`,
    text: `Le dernier jour d’utilisation des chèques « ${programme} » était le ${until}. Les lieux peuvent encore encaisser les services rendus jusque-là, jusqu’au ${claims} inclus.`,
  }),
  claims_ended: ({ programme, claims }) => ({
    subject: `${programme} : état contradictoire à venir`,
    text: `Les lieux pouvaient encaisser les chèques « ${programme} » jusqu’au ${claims}. Ce qui n’a pas été utilisé est périmé ; un état contradictoire vous sera soumis à signature dans votre espace.`,
  }),
};

const ENGLISH: Readonly<Record<VintageNotice['notice'], Say>> = {
  ends_in_thirty_days: ({ programme, until, claims }) => ({
    subject: `${programme}: your vouchers end in 30 days`,
    text: `Vouchers of "${programme}" can be used until ${until}, that day included. Places can claim them until ${claims}.\n\nYour page shows what was issued, handed over, not handed over and started.`,
  }),
  sign_off_due: ({ programme, until }) => ({
    subject: `${programme}: please sign off, vouchers end in 15 days`,
    text: `Vouchers of "${programme}" can be used until ${until}, that day included.\n\nPlease sign off on your page what was issued, handed over, not handed over and started. Once you have, distributors are asked to stop handing them over.`,
  }),
  charge_to_acknowledge: ({ programme, until }) => ({
    subject: `${programme}: please acknowledge, vouchers end in 7 days`,
    text: `Vouchers of "${programme}" can be used until ${until}, that day included.\n\nPlease acknowledge on your page that vouchers handed over since you signed off stay at your charge.`,
  }),
  stop_handing_over: ({ programme, until }) => ({
    subject: `${programme}: please hand over no more of these vouchers`,
    text: `Vouchers of "${programme}" can be used until ${until}, that day included. Their payers ask you to hand over no more of them. Those that people have can be used until that day.`,
  }),
  use_ended: ({ programme, until, claims }) => ({
    subject: `${programme}: the vouchers can be used no more`,
    text: `The last day for using vouchers of "${programme}" was ${until}. Places can still claim services rendered by then, until ${claims}.`,
  }),
  claims_ended: ({ programme, claims }) => ({
    subject: `${programme}: a statement will follow`,
    text: `Places could claim vouchers of "${programme}" until ${claims}. What was not used has expired; a contradictory statement will be submitted to your signature on your page.`,
  }),
};

const FOOT = {
  fr: (url: string) => `Votre espace : ${url}\nCe message ne demande pas de réponse. Vos choix de messages et de langue sont dans votre espace.`,
  en: (url: string) => `Your page: ${url}\nThis message needs no reply. Your choice of messages and language is on your page.`,
};

/** `linkUrl`: what a mail that bears a link leads to. */
type Addresses = Readonly<{ baseUrl: string; linkUrl?: string | undefined }>;

export function noticeWords({ baseUrl, linkUrl, ...facts }: NoticeFacts & Addresses, language: Language): Words {
  const { subject, text } = isOfAccount(facts)
    ? accountNoticeWords({ ...facts, organisationName: inLine(facts.organisationName ?? ''), linkUrl }, language) : wordsOf(facts, language);
  return { subject, text: `${text}\n\n${FOOT[language](baseUrl)}\n` };
}

function wordsOf(facts: Exclude<NoticeFacts, AccountNoticeFacts>, language: Language): Words {
  if (isOfOrganisation(facts)) return organisationNoticeWords(facts, language);
  if (isOfPayee(facts)) return payeeNoticeWords(facts, inLine(facts.payeeName), language);
  if (isOfDocument(facts)) return documentNoticeWords(facts, inLine(facts.payeeName), language);
  if (facts.name === 'place_charge_changed') return chargeNoticeWords(facts, language);
  if (isOfFactor(facts)) return factorNoticeWords(facts, language);
  if (isOfFinding(facts)) return findingNoticeWords(facts, language);
  return facts.name === 'fee_rule_changed' ? feeNoticeWords(facts, inLine(facts.programmeName), language) : vintageNoticeWords(facts, language);
}

const isOfDocument = (facts: NoticeFacts): facts is DocumentNoticeFacts => DOCUMENT_NOTICES.some((name) => name === facts.name);
const isOfPayee = (facts: NoticeFacts): facts is PayeeNoticeFacts => PAYEE_NOTICES.some((name) => name === facts.name);

const isOfAccount = (facts: NoticeFacts): facts is AccountNoticeFacts => ACCOUNT_NOTICES.some((name) => name === facts.name);
const isOfOrganisation = (facts: NoticeFacts): facts is OrganisationNoticeFacts => ORGANISATION_NOTICES.some((name) => name === facts.name);
const isOfFactor = (facts: NoticeFacts): facts is FactorNoticeFacts => facts.name.startsWith('second_factor_');
const isOfFinding = (facts: NoticeFacts): facts is FindingNoticeFacts => facts.name.startsWith('finding_');

function vintageNoticeWords({ name, programmeName, usableUntil, claimableUntil }: VintageNoticeFacts, language: Language): Words {
  const say = (language === 'fr' ? FRENCH : ENGLISH)[name];
  return say({ programme: inLine(programmeName), until: dayInWords(usableUntil, language), claims: dayInWords(claimableUntil, language) });
}
