// What the pages of people with a voucher in their hand share: the field of a code, whom to ask, and what goes wrong.
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Say } from '../language.js';
import type { Problem } from '../services.js';
import type { Help } from '../settings.js';
import type { Mistyped } from './code-typed.js';

export const codeField = (say: Say, wrong?: Mistyped): Html => html`<div class="field">
<label for="code">${say('Le code du chèque', 'The code of the voucher')}</label>
<p class="hint" id="code-hint">${say('18 chiffres et lettres, imprimés sous le carré.', '18 digits and letters, printed below the square.')}</p>
<input class="big" id="code" name="code" value="${wrong?.kept ?? ''}" maxlength="200" autocomplete="off" autocapitalize="characters" spellcheck="false" required
aria-describedby="code-hint${wrong && ' code-wrong'}" ${wrong && html`aria-invalid="true"`}>
${wrong && html`<p class="wrong" id="code-wrong" role="alert">${wrong.sentence}</p>`}</div>`;

export function askForHelp(say: Say, help: Help | undefined): Html {
  const title = say('Une question ?', 'A question?');
  if (!help) return html`<section class="section"><h2>${title}</h2><p>${say('Demandez à la personne qui vous a remis le chèque.', 'Ask the person who gave you the voucher.')}</p></section>`;
  return html`<section class="section"><h2>${title}</h2><p>${say('Appelez le', 'Call')} <a class="target" href="tel:${help.phone.replace(/[^+0-9]/g, '')}"><b>${help.phone}</b></a>${
    help.hours && html`<br>${help.hours}`}</p></section>`;
}

/** What became of a question that got no answer, and what to do; nothing of it is the person's fault. */
export function wentWrong(say: Say, { code, details }: Problem): Html {
  if (code === 'too_many_questions') {
    const minutes = Math.ceil(Number(details['retryAfterSeconds'] ?? 60) / 60);
    return notice(say('Trop d’essais depuis cette connexion.', 'Too many tries from this connection.'), say(
      `Attendez ${minutes} min, puis réessayez. Le chèque n’a rien perdu.`, `Wait ${minutes} min, then try again. The voucher has lost nothing.`), 'wait');
  }
  return notice(say('Nous n’avons pas pu répondre.', 'We could not answer.'),
    say('Rien n’a été fait. Réessayez dans un moment.', 'Nothing was done. Try again in a moment.'), 'wait');
}

export const notice = (title: string, sentence: string, tone: 'ok' | 'wait' | 'no'): Html =>
  html`<div class="notice ${tone}" role="alert">${icon(tone === 'no' ? 'refused' : tone === 'ok' ? 'done' : 'clock')}<p><b>${title}</b><br>${sentence}</p></div>`;
