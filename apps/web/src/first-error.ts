// Where something was not right, the page says so before anything else: first in its title, which is read out when a page opens, and by the
// focus, which is on the first field to mend, or on what is said where no field is named. No script:
// a browser does it when it opens the page.
import type { Say } from './language.js';

const FIELD = ' aria-invalid="true"';
const NOTICE = '<div class="notice no" role="alert">';
const FOCUSED = /<(?:input|textarea|select)[^>]*\sautofocus[\s>]/;
const REFUSED = 400;

/** A page of a counter keeps the focus in the field that a scanner writes into. */
export function toFirstError(page: string, status: number, say: Say): string {
  const isWrong = page.includes(FIELD) || (status >= REFUSED && page.includes(NOTICE));
  if (!isWrong) return page;
  const titled = page.replace('<title>', `<title>${say('Erreur : ', 'Error: ')}`);
  if (FOCUSED.test(titled)) return titled;
  if (titled.includes(FIELD)) return titled.replace(FIELD, `${FIELD} autofocus`);
  return titled.replace(NOTICE, NOTICE.replace('>', ' tabindex="-1" autofocus>'));
}
