// Shows the code of the voucher whose QR was read. The code stands after the # of the address, so no server and no log
// ever sees it; this script sends it nowhere either.
const code = decodeURIComponent(location.hash.slice(1)).normalize('NFKC').replace(/[^0-9A-Za-z]/g, '').toUpperCase()
  .replaceAll('O', '0').replace(/[IL]/g, '1');
const found = /^[0-9A-HJKMNP-TV-Z]{18}$/.test(code);

document.getElementById('without-code').hidden = found || location.hash.length > 1;
document.getElementById('with-code').hidden = !found;
document.getElementById('wrong-code').hidden = found || location.hash.length <= 1;
if (found) document.getElementById('code').textContent = code.replace(/(.{4})(?=.)/g, '$1-');

// Another QR read in the same tab changes the fragment only.
addEventListener('hashchange', () => location.reload());
