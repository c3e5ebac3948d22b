/**
 * Runs in the browser of whoever read the QR of a voucher. The code stands after the # of the address, so no server and
 * no log ever sees it; this script sends it nowhere either. Look-alikes are read as on the till (O is 0, I and L are 1).
 */
export const VOUCHER_SCRIPT = `'use strict';
const show = () => {
  const fragment = location.hash.slice(1);
  const code = fragment.normalize('NFKC').replace(/[^0-9A-Za-z]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  const found = /^[0-9A-HJKMNP-TV-Z]{18}$/.test(code);
  document.getElementById('without-code').hidden = fragment !== '';
  document.getElementById('with-code').hidden = !found;
  document.getElementById('wrong-code').hidden = fragment === '' || found;
  document.getElementById('code').textContent = found ? code.replace(/(.{4})(?=.)/g, '$1-') : '';
};
show();
// Another QR read in the same tab changes the fragment only.
addEventListener('hashchange', show);
`;
