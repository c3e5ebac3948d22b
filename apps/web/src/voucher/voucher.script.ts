/**
 * Runs in the browser of whoever read the QR of a voucher. The code stands after the # of the address, so that no server's address and no
 * log ever has it; this script puts it into the form and posts that, after taking it out of the address: who opens the history of a
 * borrowed phone does not find it.
 */
export const VOUCHER_SCRIPT = `'use strict';
const field = document.getElementById('code');
const ask = () => {
  const fragment = location.hash.slice(1);
  if (fragment === '' || !field) return;
  history.replaceState(null, '', location.pathname);
  field.value = fragment;
  field.form.requestSubmit();
};
ask();
// Another QR read in the same tab changes the fragment only.
addEventListener('hashchange', ask);
`;
