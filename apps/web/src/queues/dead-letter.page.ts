// One message that could not be handled: why, who tried what, and trying it again.
import { headline } from '../components.js';
import { count } from '../format.js';
import type { DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { oneOf } from '../decisions/one-of.js';
import { facts, timeline } from '../decisions/timeline.js';
import { html } from '../html.js';
import { wordOf } from '../operator/words.js';
import type { SignedInVisit } from '../visit.js';
import { letter, type Letter } from './dead-letters.list.js';
import { ADVICE, ERRORS, lettersOf, SERVICE_WORDS, type ServiceOf } from './queue-words.js';

const NOTE_MAX = 500;

export const deadLetterPage = (service: ServiceOf): DecisionPage<Letter> => ({
  route: `dead-letters/${service}/:id`, prefix: 'dlt',
  back: ({ say }) => ({ href: `/dead-letters/${service}`, word: say(...lettersOf(service)) }),
  load: (ask, id) => oneOf(ask, `/${service}/dead-letters?limit=1&deadLetterId=${id}`, letter),
  title: ({ type }, { say }) => say(`Message non traité : ${type}`, `Message not handled: ${type}`),
  show: (one, visit) => {
    const { say, language } = visit;
    const advice = ADVICE[one.errorCode] ?? ADVICE['fault']!;
    return html`${answerOf(one, visit)}
<section class="section">${facts([
    [say('Message', 'Message'), html`<code>${one.type}</code>`],
    [say('De', 'From'), html`${wordOf(SERVICE_WORDS, one.sender, say)}, ${say('numéro', 'number')} ${count(one.seq, language)}`],
    [say('Pour', 'For'), say(...SERVICE_WORDS[service])],
    [say('Ce qui a échoué', 'What failed'), wordOf(ERRORS, one.errorCode, say)],
    [say('Ce qui manque', 'What is missing'), say('Seulement ce que ce message devait faire ici ; tout le reste a continué.', 'Only what this message should have done here; everything else went on.')],
    [say('Que faire', 'What to do'), say(...advice)],
  ])}</section>
${timeline(visit, [
    { what: say('Trois essais ont échoué', 'Three tries failed'), at: one.failedAt },
    ...one.asked.map(({ note, askedBy, askedAt }) => ({ what: say('Nouvel essai demandé', 'Another try asked for'), at: askedAt, who: askedBy, more: note })),
    one.replayedAt !== null ? { what: say('Traité', 'Handled'), at: one.replayedAt }
      : { what: one.state === 'waiting' ? say('Le service l’essaie', 'The service tries it') : say('Réparer, puis réessayer', 'Mend, then try again'), isToCome: true as const },
  ])}`;
  },
  forms: (one, visit) => (one.state === 'open' ? [replayForm(service, one, visit)] : []),
});

function answerOf({ state, asked, errorCode }: Letter, { say }: SignedInVisit) {
  if (state === 'replayed') return headline(say('Traité', 'Handled'), say('ce qu’il devait faire est fait, une seule fois.', 'what it should do is done, once.'));
  if (state === 'waiting') return headline(say('En cours d’essai', 'Being tried'), say('rechargez la page dans quelques secondes.', 'reload the page in a few seconds.'));
  return headline(wordOf(ERRORS, errorCode, say), asked.length === 0 ? say('ce message attend une personne.', 'this message waits for a person.')
    : say('le dernier essai a échoué aussi : ce message attend une personne.', 'the last try failed too: this message waits for a person.'));
}

/** What will happen stands before the button: the try is made elsewhere, and cannot be taken back once it was taken. */
function replayForm(service: ServiceOf, { deadLetterId, type, sender, seq }: Letter, { say, language }: SignedInVisit): DecisionForm {
  const [to, from, number] = [say(...SERVICE_WORDS[service]), wordOf(SERVICE_WORDS, sender, say), count(seq, language)];
  return {
    step: 'replays', title: say('Réessayer', 'Try again'), filled: true, roles: ['operator'],
    says: html`<span class="preview">${say(`${to} reprend le message ${number} de ${from} (`, `${to} takes message ${number} of ${from} (`)}<code>${type}</code>${say(
      ') comme s’il arrivait maintenant. S’il passe, ses effets sont faits une seule fois, et il n’est plus jamais repris. S’il échoue encore, rien ne change et il reste ici avec la nouvelle cause.',
      ') as if it came now. Where it passes, its effects are done once, and it is never taken again. Where it fails again, nothing changes and it stays here with the new cause.')}</span>`,
    fields: [{ name: 'note', kind: 'long', max: NOTE_MAX, label: say('Qu’est-ce qui a été réparé ?', 'What was mended?'),
      hint: say('Gardé avec votre nom. Ni nom de personne, ni code, ni IBAN.', 'Kept with your name. No person’s name, no code, no IBAN.') }],
    button: say('Réessayer ce message', 'Try this message again'),
    send: (values) => ({ path: `/${service}/dead-letters/${deadLetterId}/replays`, body: values }),
  };
}
