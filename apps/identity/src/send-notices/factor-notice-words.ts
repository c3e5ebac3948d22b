// What a person is told of each step of their second factor. No code, no link: the mail that a thief would copy has both.
import type { FactorNoticeName, Language } from './notice.decision.js';

export type FactorNoticeFacts = Readonly<{ name: FactorNoticeName }>;
type Words = Readonly<{ subject: string; text: string }>;

const NOT_YOU = {
  fr: 'Si ce n’est pas vous, changez votre mot de passe et écrivez tout de suite à l’opérateur, à l’adresse que vous connaissez déjà et non en répondant à ce message.',
  en: 'If it was not you, change your password and write to the operator at once, at the address that you know already and not by answering this message.',
};
const NEVER = {
  fr: 'Nous ne demandons jamais de code par message.',
  en: 'We never ask for a code by mail.',
};

const FRENCH: Readonly<Record<FactorNoticeName, Words>> = {
  second_factor_begun: {
    subject: 'Un second facteur a été commencé pour votre compte',
    text: 'Quelqu’un qui connaît votre mot de passe a commencé un second facteur (une application qui montre des codes) pour votre compte. Il ne sert qu’après son premier code.',
  },
  second_factor_confirmed: {
    subject: 'Votre second facteur est en service',
    text: 'Un second facteur est en service pour votre compte. Celui d’avant, s’il y en avait un, ne sert plus.',
  },
  second_factor_reset: {
    subject: 'Votre second facteur a été retiré',
    text: 'Une personne de l’opérateur a retiré le second facteur de votre compte. Vous pouvez en commencer un autre avec votre mot de passe.',
  },
};

const ENGLISH: Readonly<Record<FactorNoticeName, Words>> = {
  second_factor_begun: {
    subject: 'A second factor was begun for your account',
    text: 'Somebody who knows your password began a second factor (an app that shows codes) for your account. It counts from its first code on.',
  },
  second_factor_confirmed: {
    subject: 'Your second factor is in force',
    text: 'A second factor is in force for your account. The one before, if there was one, counts no more.',
  },
  second_factor_reset: {
    subject: 'Your second factor was taken away',
    text: 'Somebody of the operator took the second factor of your account away. You can begin another with your password.',
  },
};

export function factorNoticeWords({ name }: FactorNoticeFacts, language: Language): Words {
  const { subject, text } = (language === 'fr' ? FRENCH : ENGLISH)[name];
  return { subject, text: `${text}\n\n${NOT_YOU[language]} ${NEVER[language]}` };
}
