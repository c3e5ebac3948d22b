// What is said of a document to a payee: which, what it comes to and by when. The document itself is read where one signs in: a mail is
// read by others too, and a file or an account number in it would teach people to believe mails that bear them.
import { dayInWords, type LocalDate } from '#libs/kernel';
import type { DocumentNoticeName, Language } from './notice.decision.js';

type Told = Readonly<{ number: string | null; period: string | null; amountCents: number; dueOn: LocalDate | null }>;
export type DocumentNoticeFacts = Readonly<{ name: DocumentNoticeName; payeeName: string; document: Told }>;
type Words = Readonly<{ subject: string; text: string }>;
type Say = (facts: Readonly<{ payee: string; number: string; period: string; amount: string; due: string | null }>) => Words;

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;
const DISAGREE = {
  fr: 'Si vous n’êtes pas d’accord, écrivez à l’opérateur, à l’adresse que vous connaissez déjà.',
  en: 'If you do not agree, write to the operator, at the address that you know already.',
};
const HOW_TO_PAY = {
  fr: 'Le document, dans votre espace, dit sur quel compte et avec quelle référence payer. Ce message ne contient, exprès, aucun numéro de compte.',
  en: 'The document, on your page, says to which account and with which reference to pay. On purpose this message bears no account number.',
};

const FRENCH: Readonly<Record<DocumentNoticeName, Say>> = {
  statement_closed: ({ payee, period, amount }) => ({
    subject: `${payee} : relevé ${period}`,
    text: `Le relevé ${period} de « ${payee} » est arrêté : ${amount} net.\n\nIl se lit et se télécharge dans votre espace, avec ce qui en est payé ou compensé. ${DISAGREE.fr}`,
  }),
  place_invoice_issued: ({ payee, number, period, amount, due }) => ({
    subject: `${payee} : facture ${number}`,
    text: `La facture ${number} (${period}) de « ${payee} » est émise : ${amount} TTC.\n\n${due === null ? 'Rien n’est à payer : elle est acquittée.' : `À régler au plus tard le ${due}, sauf ce qui en est compensé avec vos relevés. ${HOW_TO_PAY.fr}`}\n\n${DISAGREE.fr}`,
  }),
  place_credit_note_issued: ({ payee, number, period, amount }) => ({
    subject: `${payee} : avoir ${number}`,
    text: `L’avoir ${number} (${period}) de « ${payee} » est émis : ${amount} TTC vous sont crédités.\n\nIl se lit dans votre espace.`,
  }),
  debit_note_issued: ({ payee, number, amount, due }) => ({
    subject: `${payee} : note de débit ${number}`,
    text: `Des corrections dépassent ce qui était dû à « ${payee} » depuis quatre-vingt-dix jours : la note de débit ${number} demande ${amount}, à régler au plus tard le ${due}.\n\n${HOW_TO_PAY.fr}\n\n${DISAGREE.fr}`,
  }),
};

const ENGLISH: Readonly<Record<DocumentNoticeName, Say>> = {
  statement_closed: ({ payee, period, amount }) => ({
    subject: `${payee}: statement ${period}`,
    text: `Statement ${period} of "${payee}" is closed: ${amount} net.\n\nIt can be read and downloaded on your page, with what is paid or set off of it. ${DISAGREE.en}`,
  }),
  place_invoice_issued: ({ payee, number, period, amount, due }) => ({
    subject: `${payee}: invoice ${number}`,
    text: `Invoice ${number} (${period}) of "${payee}" is issued: ${amount} with VAT.\n\n${due === null ? 'Nothing is to be paid: it is settled.' : `To be paid by ${due}, but for what is set off against your statements. ${HOW_TO_PAY.en}`}\n\n${DISAGREE.en}`,
  }),
  place_credit_note_issued: ({ payee, number, period, amount }) => ({
    subject: `${payee}: credit note ${number}`,
    text: `Credit note ${number} (${period}) of "${payee}" is issued: you are credited ${amount} with VAT.\n\nIt can be read on your page.`,
  }),
  debit_note_issued: ({ payee, number, amount, due }) => ({
    subject: `${payee}: debit note ${number}`,
    text: `For ninety days corrections have been more than "${payee}" was owed: debit note ${number} asks for ${amount}, to be paid by ${due}.\n\n${HOW_TO_PAY.en}\n\n${DISAGREE.en}`,
  }),
};

/** `payee` is its name as it may stand in a header. */
export function documentNoticeWords({ name, document }: DocumentNoticeFacts, payee: string, language: Language): Words {
  const { number, period, amountCents, dueOn } = document;
  const amount = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR' }).format(amountCents / 100);
  const due = dueOn === null ? null : dayInWords(dueOn, language);
  return (language === 'fr' ? FRENCH : ENGLISH)[name]({ payee, number: number ?? '', period: period ?? '', amount, due });
}
