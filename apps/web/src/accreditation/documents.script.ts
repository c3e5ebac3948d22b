/**
 * Names a document by its digest without sending it: the file stays with the place, and the form says which bytes it was. Without this
 * script the same fields are typed by hand.
 */
export const DOCUMENTS_SCRIPT = `'use strict';
for (const chooser of document.querySelectorAll('input[type="file"][data-document]')) {
  chooser.closest('[data-script]').hidden = false;
  chooser.addEventListener('change', async () => {
    const [file] = chooser.files;
    if (!file) return;
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const field = (name) => document.getElementById(name + '-' + chooser.dataset.document);
    field('name').value = file.name.slice(0, 200);
    field('sha256').value = hex;
    field('bytes').value = String(file.size);
  });
}
`;
