// Help for people with a voucher, and what these pages can and cannot do for people with a disability.
import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import type { Help } from '../settings.js';
import type { Visit } from '../visit.js';
import { askForHelp } from '../voucher/holder-parts.js';

export function helpPage(visit: Visit, help: Help | undefined): Html {
  const { say } = visit;
  const title = say('Aide', 'Help');
  const steps = [
    [say('Vérifiez votre chèque', 'Check your voucher'), say('Avec votre téléphone, lisez le carré. Ou tapez le code.', 'Read the square with your phone. Or type the code.'), '/v'],
    [say('Choisissez un lieu', 'Choose a place'), say('Appelez-le et prenez rendez-vous.', 'Call it and make an appointment.'), '/places'],
    [say('Venez avec le chèque', 'Come with the voucher'), say('Le lieu lit le code. Si le chèque suffit, vous ne payez rien.', 'The place reads the code. If the voucher is enough, you pay nothing.'), undefined],
    [say('Perdu ou volé ?', 'Lost or stolen?'), say('Arrêtez-le tout de suite. Il peut être remplacé.', 'Stop it at once. It can be replaced.'), '/lost'],
  ] as const;
  return publicPage(visit, title, html`<h1>${title}</h1>
<ol class="lines">${steps.map(([name, sentence, href]) => html`<li><span class="what"><b>${href ? html`<a class="target" href="${href}">${name}</a>` : name}</b>${sentence}</span></li>`)}</ol>
<section class="section"><h2>${say('Le lieu a dit non', 'The place said no')}</h2>
<p>${say('Demandez pourquoi. Vérifiez ensuite le chèque vous-même. Un lieu n’a pas à garder un chèque qu’il refuse.', 'Ask why. Then check the voucher yourself. A place need not keep a voucher that it refuses.')}</p></section>
<section class="section"><h2>${say('Ce que nous savons de vous', 'What we know of you')}</h2>
<p>${say('Rien de votre nom : le chèque ne le porte pas. Quand vous vérifiez un chèque, nous gardons deux heures une trace chiffrée de votre connexion, contre les abus.',
    'Nothing of your name: the voucher does not bear it. When you check a voucher we keep an encrypted trace of your connection for two hours, against abuse.')}</p></section>
${askForHelp(say, help)}`, { reading: true });
}

export function accessibilityPage(visit: Visit, help: Help | undefined): Html {
  const { say } = visit;
  const title = say('Accessibilité : partiellement conforme', 'Accessibility: partly conforming');
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Ces pages veulent servir à tout le monde, sans compte et sans JavaScript.', 'These pages are meant to serve everybody, without an account and without JavaScript.')}</p>
<section class="section"><h2>${say('Ce qui est vérifié', 'What is checked')}</h2>
<ul class="lines"><li>${say('Chaque page est examinée par un programme (axe) selon WCAG 2.2, niveaux A et AA : aucune erreur.', 'Each page is examined by a program (axe) against WCAG 2.2, levels A and AA: no error.')}</li>
<li>${say('Les contrastes sont calculés, en clair et en sombre.', 'Contrasts are computed, light and dark.')}</li>
<li>${say('Rien ne déborde à 320 pixels de large, ni agrandi deux fois.', 'Nothing overflows at 320 pixels, nor enlarged twice.')}</li>
<li>${say('« Gros caractères », en bas de page, agrandit tout de moitié.', '“Large print”, at the foot of the page, makes everything half as large again.')}</li></ul></section>
<section class="section"><h2>${say('Ce qui manque', 'What is missing')}</h2>
<ul class="lines"><li>${say('Aucun audit selon le RGAA n’a encore été fait par une personne.', 'No audit against the French RGAA was made by a person yet.')}</li>
<li>${say('Les pages n’existent ni en langue des signes ni en facile à lire.', 'The pages exist neither in sign language nor in easy-to-read.')}</li>
<li>${say('Les reçus et feuilles en PDF ne sont pas tous balisés.', 'Receipts and sheets in PDF are not all tagged.')}</li></ul></section>
<section class="section"><h2>${say('Quelque chose vous gêne ?', 'Is something in your way?')}</h2>
<p>${say('Dites-le à qui vous a remis le chèque, ou à l’aide. Sans réponse, le Défenseur des droits peut être saisi, gratuitement.',
    'Tell whoever gave you the voucher, or the help. Without an answer the French Défenseur des droits can be asked, for free.')}</p></section>
${askForHelp(say, help)}`, { reading: true });
}
