// What is said of the account that a payee is paid to, at its bank or at Stripe. Never a number of it, nor a button to press: the mail that
// a thief would copy asks people to sign in from it, or to answer it, and ours does neither.
import type { Language, PayeeNoticeName } from './notice.decision.js';

export type PayeeNoticeFacts = Readonly<{ name: PayeeNoticeName; rail: 'sepa' | 'stripe'; payeeName: string; coolingOffHours: number }>;
type Words = Readonly<{ subject: string; text: string }>;
type Say = (facts: Readonly<{ payee: string; account: string; hours: string | null }>) => Words;

const ACCOUNTS = { fr: { sepa: 'compte bancaire', stripe: 'compte Stripe' }, en: { sepa: 'bank account', stripe: 'Stripe account' } } as const;

const AT_ONCE = {
  fr: 'écrivez tout de suite à l’opérateur, à l’adresse que vous connaissez déjà et non en répondant à ce message.',
  en: 'write to the operator at once, at the address that you know already and not by answering this message.',
};
const WHERE_TO_LOOK = {
  fr: 'Votre espace montre ce qui vous est dû et ce qui vous a été payé. Ce message ne contient, exprès, aucun numéro de compte, et nous n’en demandons jamais par message.',
  en: 'Your page shows what you are owed and what you were paid. On purpose this message bears no account number, and we never ask for one by mail.',
};
const paragraphs = (...texts: readonly string[]): string => texts.join('\n\n');

const FRENCH: Readonly<Record<PayeeNoticeName, Say>> = {
  bank_change_proposed: ({ payee, account, hours }) => ({
    subject: `${payee} : changement de ${account} demandé`,
    text: paragraphs(
      `Quelqu’un a demandé de changer le ${account} sur lequel « ${payee} » est payé.`,
      `Si cette demande ne vient ni de vous ni de vos collègues, ${AT_ONCE.fr}`,
      `Une deuxième personne doit l’approuver. ${hours ? `Ensuite, aucun virement ne part vers ce compte pendant ${hours}.` : 'Ensuite, un virement peut partir vers ce compte sans délai.'}`,
      WHERE_TO_LOOK.fr),
  }),
  bank_changed: ({ payee, account, hours }) => ({
    subject: `${payee} : ${account} changé`,
    text: paragraphs(
      `Le ${account} sur lequel « ${payee} » est payé a été changé.`,
      `Si ce changement ne vient ni de vous ni de vos collègues, ${AT_ONCE.fr}`,
      hours ? `Aucun virement ne part vers ce compte pendant les ${hours} qui suivent le changement.` : 'Un virement peut partir vers ce compte dès maintenant.',
      WHERE_TO_LOOK.fr),
  }),
  bank_account_approved: ({ payee, account, hours }) => ({
    subject: `${payee} : ${account} enregistré`,
    text: paragraphs(
      `Un ${account} a été enregistré par une personne et approuvé par une autre : « ${payee} » peut être payé.`,
      `Si ni vous ni vos collègues n’avez donné de compte, ${AT_ONCE.fr}`,
      hours ? `Aucun virement ne part vers ce compte pendant les ${hours} qui suivent.` : 'Un virement peut partir vers ce compte dès maintenant.',
      WHERE_TO_LOOK.fr),
  }),
};

const ENGLISH: Readonly<Record<PayeeNoticeName, Say>> = {
  bank_change_proposed: ({ payee, account, hours }) => ({
    subject: `${payee}: a change of ${account} was asked for`,
    text: paragraphs(
      `Somebody asked to change the ${account} to which "${payee}" is paid.`,
      `If it was neither you nor a colleague, ${AT_ONCE.en}`,
      `A second person has to approve it. ${hours ? `After that no payment leaves to that account for ${hours}.` : 'After that a payment may leave to that account at once.'}`,
      WHERE_TO_LOOK.en),
  }),
  bank_changed: ({ payee, account, hours }) => ({
    subject: `${payee}: ${account} changed`,
    text: paragraphs(
      `The ${account} to which "${payee}" is paid was changed.`,
      `If it was neither you nor a colleague, ${AT_ONCE.en}`,
      hours ? `No payment leaves to that account within ${hours} of the change.` : 'A payment may leave to that account from now on.',
      WHERE_TO_LOOK.en),
  }),
  bank_account_approved: ({ payee, account, hours }) => ({
    subject: `${payee}: ${account} registered`,
    text: paragraphs(
      `A ${account} was registered by one person and approved by another: "${payee}" can be paid.`,
      `If neither you nor a colleague gave an account, ${AT_ONCE.en}`,
      hours ? `No payment leaves to that account within ${hours}.` : 'A payment may leave to that account from now on.',
      WHERE_TO_LOOK.en),
  }),
};

const hours = { fr: hourFormat('fr-FR'), en: hourFormat('en-GB') };

/** `payee` is its name as it may stand in a header. */
export function payeeNoticeWords({ name, rail, coolingOffHours }: PayeeNoticeFacts, payee: string, language: Language): Words {
  const say = (language === 'fr' ? FRENCH : ENGLISH)[name];
  return say({ payee, account: ACCOUNTS[language][rail], hours: coolingOffHours > 0 ? hours[language].format(coolingOffHours) : null });
}

function hourFormat(locale: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'long' });
}
