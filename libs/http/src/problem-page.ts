// The page behind a problem's `type`, for people who follow the link and for browsers that ran into it.
import { titleOf, problemKind } from './problem-catalogue.js';
import type { ProblemDocument } from './problem.js';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Undefined for a code that does not exist. With an occurrence, the page names the request. */
export function problemPage(code: string, occurrence?: ProblemDocument): string | undefined {
  const kind = problemKind(code);
  if (!kind) return undefined;
  const advice = kind.retryable ? 'The same request may succeed later.' : 'The same request will be answered the same way.';
  const request = occurrence ? `<p>Request <code>${escaped(occurrence.instance)}</code></p>` : '';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(titleOf(code))} – Méreau</title>
<link rel="stylesheet" href="/assets/mereau.css"></head>
<body class="plain"><main>
<h1>${escaped(titleOf(code))}</h1>
<p class="lead">${escaped(kind.sentence)}</p>
<p>Status ${kind.status}, code <code>${escaped(code)}</code>. ${advice}</p>
${request}<p><a href="/">Méreau</a></p>
</main></body></html>
`;
}
