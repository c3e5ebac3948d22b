// What a page shows where a passkey can be used. Hidden until the script has found that the browser can.
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Say } from '../language.js';
import { PASSKEYS_SCRIPT_PATH } from './passkeys.script.js';

export const passkeysScript = (): Html => html`<script src="${PASSKEYS_SCRIPT_PATH}" type="module"></script>`;

export const failedNotice = (say: Say): Html => html`<div class="notice no" data-slot="failed" role="alert" hidden>${icon('refused')}<p>${say(
  'L’appareil n’a donné aucune clé d’accès qui serve ici, ou vous avez annulé. Rien n’est fait.',
  'The device gave no passkey that is good here, or you cancelled. Nothing is done.')}</p></div>`;

export const showPasskey = (say: Say): string => say('Utiliser une clé d’accès', 'Use a passkey');

/** Beside a field for a code. `then`: where to go once it was shown; without it the form around goes again, without a code. */
export const provePart = (say: Say, then = ''): Html => html`<div data-passkey="prove" ${then !== '' && html`data-then="${then}"`} hidden>${failedNotice(say)}
<p class="field"><button class="button" type="button" data-act>${showPasskey(say)}</button></p></div>${passkeysScript()}`;
