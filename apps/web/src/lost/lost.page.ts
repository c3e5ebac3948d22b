// Make it stop. With the code at once; with a number on paper, by whoever handed the voucher over.
import { longDay } from '../format.js';
import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import type { Problem } from '../services.js';
import type { Help } from '../settings.js';
import type { Visit } from '../visit.js';
import type { Mistyped } from '../voucher/code-typed.js';
import { askForHelp, codeField, notice, wentWrong } from '../voucher/holder-parts.js';

/** What was wrong in one of the two forms; `number` goes back into its field, for it is no secret. */
export type LostWrong = Readonly<{ code?: Mistyped; number?: Readonly<{ sentence: string; kept: string }>; problem?: Problem }>;

export function lostPage(visit: Visit, help: Help | undefined, { code, number, problem }: LostWrong = {}): Html {
  const { say } = visit;
  const title = say('Arrêter un chèque perdu ou volé', 'Stop a lost or stolen voucher');
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Personne ne pourra plus s’en servir. On ne peut pas revenir en arrière.', 'Nobody can use it then. This cannot be undone.')}</p>
${problem && lostProblem(visit, problem)}
<section class="section"><h2>${say('J’ai le code', 'I have the code')}</h2>
<p>${say('Une photo, une copie ? Le chèque est arrêté tout de suite.', 'A photo, a copy? The voucher is stopped at once.')}</p>
<form method="post" action="/lost">${codeField(say, code)}
<fieldset class="field choice"><legend>${say('Que s’est-il passé ?', 'What happened?')}</legend>
<label class="tick"><input type="radio" name="reason" value="lost" checked> ${say('Je l’ai perdu', 'I lost it')}</label>
<label class="tick"><input type="radio" name="reason" value="stolen"> ${say('On me l’a volé', 'It was stolen')}</label></fieldset>
<p class="field"><button class="button filled large">${say('Arrêter ce chèque', 'Stop this voucher')}</button></p></form></section>
<section class="section"><h2>${say('Je n’ai que le numéro', 'I have only the number')}</h2>
<p>${say('Il est sur la lettre ou sur le carnet. Qui vous l’a remis regarde, l’arrête et le remplace.', 'It is on the letter or on the booklet. Whoever gave it to you looks, stops and replaces it.')}</p>
<form method="post" action="/lost/number"><div class="field"><label for="number">${say('Numéro du chèque ou du carnet', 'Number of the voucher or booklet')}</label>
<input class="big" id="number" name="number" value="${number?.kept ?? ''}" maxlength="80" autocomplete="off" autocapitalize="characters" spellcheck="false" required
${number && html`aria-invalid="true" aria-describedby="number-wrong"`}>${number && html`<p class="wrong" id="number-wrong" role="alert">${number.sentence}</p>`}</div>
<p class="field"><button class="button wide">${say('Signaler la perte', 'Report the loss')}</button></p></form></section>
${askForHelp(say, help)}`, { reading: true });
}

function lostProblem({ say, language }: Visit, problem: Problem): Html {
  const { usedOn } = problem.details;
  if (problem.code === 'voucher_used') {
    return notice(typeof usedOn === 'string' ? say(`Ce chèque a déjà servi, le ${longDay(usedOn, language)}.`, `This voucher was used already, on ${longDay(usedOn, language)}.`)
      : say('Ce chèque a déjà servi.', 'This voucher was used already.'),
    say('Ce n’était pas vous ? Dites-le à qui vous l’a remis.', 'Was it not you? Tell whoever gave it to you.'), 'no');
  }
  if (problem.code === 'voucher_not_found') {
    return notice(say('Aucun chèque utilisable n’a ce code.', 'No usable voucher has this code.'),
      say('Rien n’a été arrêté. Relisez le code, ou signalez la perte par le numéro.', 'Nothing was stopped. Read the code again, or report the loss by its number.'), 'no');
  }
  if (problem.code === 'number_not_found') {
    return notice(say('Aucun chèque n’a ce numéro.', 'No voucher has this number.'),
      say('Relisez-le sur la lettre, ou demandez à qui vous l’a remis.', 'Read it again on the letter, or ask whoever gave it to you.'), 'no');
  }
  return wentWrong(say, problem);
}

export type StoppedVoucher = Readonly<{ serial: string; stoppedOn: string; stoppedBefore: boolean }>;

export function stoppedPage(visit: Visit, help: Help | undefined, { serial, stoppedOn, stoppedBefore }: StoppedVoucher): Html {
  const { say, language } = visit;
  const title = say('Le chèque est arrêté', 'The voucher is stopped');
  return publicPage(visit, title, html`<h1>${title}</h1>
${notice(stoppedBefore ? say(`Il l’était déjà, depuis le ${longDay(stoppedOn, language)}.`, `It was already, since ${longDay(stoppedOn, language)}.`)
    : say('Plus personne ne peut s’en servir.', 'Nobody can use it any more.'), say('Ce qu’il contenait n’est pas perdu.', 'What it held is not lost.'), 'ok')}
${reference(say('Notez ce numéro', 'Note this number'), serial)}
<section class="section"><h2>${say('Et maintenant ?', 'What now?')}</h2>
<p>${say('Donnez ce numéro à qui vous a remis le chèque. Vous en recevrez un autre.', 'Give this number to whoever gave you the voucher. You will get another one.')}</p></section>
${askForHelp(say, help)}`, { reading: true });
}

export function reportedPage(visit: Visit, help: Help | undefined, given: string): Html {
  const { say } = visit;
  const title = say('La perte est signalée', 'The loss is reported');
  return publicPage(visit, title, html`<h1>${title}</h1>
${notice(say('Rien n’est arrêté pour l’instant.', 'Nothing is stopped yet.'), say('Qui vous a remis le chèque doit d’abord regarder.', 'Whoever gave you the voucher has to look first.'), 'wait')}
${reference(say('Votre référence', 'Your reference'), given)}
<section class="section"><h2>${say('Et maintenant ?', 'What now?')}</h2>
<p>${say('Retournez où le chèque vous a été remis, avec cette référence. C’est plus rapide si vous appelez.', 'Go back to where you were given the voucher, with this reference. It is quicker if you call.')}</p></section>
${askForHelp(say, help)}`, { reading: true });
}

const reference = (label: string, text: string): Html =>
  html`<div class="panel"><span class="quiet">${label}</span><p class="code reference">${text}</p></div>`;
