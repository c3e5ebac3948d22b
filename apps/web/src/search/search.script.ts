/**
 * Ctrl+K, and / where nothing is being typed and nothing is scanned, go to the search: to its field where the page has one, else to its
 * page. Without it the link at the top does the same.
 */
export const SEARCH_SCRIPT = `'use strict';
const isTyping = (at) => at instanceof HTMLElement && (at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName));
addEventListener('keydown', (event) => {
  const isAsked = event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    || event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)
      && document.querySelector('a[data-slash]') !== null;
  if (!isAsked) return;
  event.preventDefault();
  const field = document.getElementById('q');
  if (!field) return location.assign('/search');
  field.focus();
  field.select();
});
`;
