// Mails about somebody's own account. A link opens something once; nobody asks for a password or a code by mail.
import type { AccountNoticeName, Language } from './notice.decision.js';

export type AccountNoticeFacts = Readonly<{ name: AccountNoticeName; organisationName?: string | null }>;
type Words = Readonly<{ subject: string; text: string }>;
type Say = (facts: Readonly<{ organisation: string; link: string }>) => Words;

const FRENCH: Readonly<Record<AccountNoticeName, Say>> = {
  invited: ({ organisation, link }) => ({
    subject: `${organisation} vous invite`,
    text: `Vous êtes invité(e) à agir pour ${organisation} dans Méreau.\n\nChoisissez votre mot de passe ici ; personne d’autre ne le connaît :\n${link}\n\nLe lien sert une fois, pendant sept jours. Passé ce délai, demandez une nouvelle invitation à la personne qui vous invite. Si vous n’attendiez pas cette invitation, ne faites rien.`,
  }),
  member_added: ({ organisation }) => ({
    subject: `Vous pouvez agir pour ${organisation}`,
    text: `Vous pouvez désormais agir aussi pour ${organisation}, avec votre compte et votre mot de passe habituels.`,
  }),
  password_forgotten: ({ link }) => ({
    subject: 'Choisir un nouveau mot de passe',
    text: `Quelqu’un, sans doute vous, a demandé à choisir un nouveau mot de passe. C’est ici, une fois, pendant trente minutes :\n${link}\n\nSi ce n’est pas vous, ne faites rien : votre mot de passe reste le même.`,
  }),
  sign_in_asked: ({ link }) => ({
    subject: 'Votre lien de connexion',
    text: `Quelqu’un, sans doute vous, a demandé à se connecter par lien. C’est ici, une fois, pendant quinze minutes :\n${link}\n\nSi ce n’est pas vous, ne faites rien, et ne transmettez ce lien à personne.`,
  }),
  password_changed: () => ({
    subject: 'Votre mot de passe a changé',
    text: 'Le mot de passe de votre compte vient d’être changé. Toutes vos connexions ouvertes ont pris fin.\n\nSi ce n’est pas vous, choisissez-en un autre tout de suite (« Mot de passe oublié ? » à la connexion) et écrivez à l’opérateur, à l’adresse que vous connaissez déjà et non en répondant à ce message.',
  }),
  passkey_added: () => ({
    subject: 'Une clé d’accès a été ajoutée à votre compte',
    text: 'Une clé d’accès a été ajoutée à votre compte : elle permet de se connecter sans mot de passe, depuis l’appareil qui la porte.\n\nSi ce n’est pas vous, choisissez tout de suite un nouveau mot de passe (« Mot de passe oublié ? » à la connexion), regardez sur la page Réglages si la clé a bien disparu, et écrivez à l’opérateur, à l’adresse que vous connaissez déjà et non en répondant à ce message.',
  }),
  passkey_ended: () => ({
    subject: 'Une clé d’accès de votre compte a pris fin',
    text: 'Une clé d’accès a été retirée de votre compte : elle n’ouvre plus rien, et les connexions faites avec elle ont pris fin.\n\nSi ce n’est ni vous ni une personne que vous avez appelée, changez votre mot de passe tout de suite et écrivez à l’opérateur, à l’adresse que vous connaissez déjà et non en répondant à ce message.',
  }),
};

const ENGLISH: Readonly<Record<AccountNoticeName, Say>> = {
  invited: ({ organisation, link }) => ({
    subject: `${organisation} invites you`,
    text: `You are invited to act for ${organisation} in Méreau.\n\nChoose your password here; nobody else knows it:\n${link}\n\nThe link opens once, for seven days. After that, ask whoever invites you for another invitation. If you did not expect this, do nothing.`,
  }),
  member_added: ({ organisation }) => ({
    subject: `You may act for ${organisation}`,
    text: `From now on you may act for ${organisation} too, with your account and your usual password.`,
  }),
  password_forgotten: ({ link }) => ({
    subject: 'Choose a new password',
    text: `Somebody, probably you, asked to choose a new password. Do it here, once, within thirty minutes:\n${link}\n\nIf it was not you, do nothing: your password stays what it is.`,
  }),
  sign_in_asked: ({ link }) => ({
    subject: 'Your link to sign in',
    text: `Somebody, probably you, asked to sign in by a link. It is here, once, for fifteen minutes:\n${link}\n\nIf it was not you, do nothing, and pass this link on to nobody.`,
  }),
  password_changed: () => ({
    subject: 'Your password was changed',
    text: 'The password of your account was changed just now. All your open sign-ins have ended.\n\nIf it was not you, choose another at once ("Forgotten password?" at the sign-in) and write to the operator, at the address that you know already and not by answering this message.',
  }),
  passkey_added: () => ({
    subject: 'A passkey was added to your account',
    text: 'A passkey was added to your account: it signs in without a password, from the device that holds it.\n\nIf it was not you, choose a new password at once ("Forgotten password?" at the sign-in), look on the settings page whether the passkey is gone, and write to the operator, at the address that you know already and not by answering this message.',
  }),
  passkey_ended: () => ({
    subject: 'A passkey of your account has ended',
    text: 'A passkey was removed from your account: it opens nothing any more, and the sign-ins made with it have ended.\n\nIf it was neither you nor somebody whom you called, change your password at once and write to the operator, at the address that you know already and not by answering this message.',
  }),
};

/** `linkUrl`: of those that bear a link; it is computed when the mail is written. */
export function accountNoticeWords(
  { name, organisationName, linkUrl }: AccountNoticeFacts & Readonly<{ linkUrl: string | undefined }>, language: Language,
): Words {
  return (language === 'fr' ? FRENCH : ENGLISH)[name]({ organisation: organisationName ?? '', link: linkUrl ?? '' });
}
