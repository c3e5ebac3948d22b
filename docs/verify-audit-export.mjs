// node verify-audit-export.mjs EXPORT KEY.pem: the least that proves an export of the log. It shares nothing with Méreau.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [exported, pem] = process.argv.slice(2).map((path) => readFileSync(path));
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const stack = []; // full subtrees from the left: [hash, leaves]
const rootOf = () => stack.map(([hash]) => hash).reduceRight((right, left) => sha256('\x01', left, right));
const fail = (line, why) => { console.log(`line ${line}: ${why}`); process.exit(1); };

let size = 0;
let signed = 0;
for (let at = 0, line = 1; at < exported.length; line += 1) {
  const end = exported.indexOf('\n', at);
  if (end < 0) fail(line, 'cut off');
  const bytes = exported.subarray(at, end);
  at = end + 1;
  if (line === 1) continue; // the header repeats what the last checkpoint says
  if (bytes.subarray(0, 9).toString() === '{"hash":"') {
    // A leaf: from the 83rd byte to the last but one. Join equal neighbours, as one adds 1 to a binary number.
    let node = [sha256('\x00', bytes.subarray(82, -1)), 1];
    if (node[0].toString('hex') !== bytes.subarray(9, 73).toString()) fail(line, 'the leaf is not what was sealed');
    while (stack.at(-1)?.[1] === node[1]) node = [sha256('\x01', stack.pop()[0], node[0]), node[1] * 2];
    stack.push(node);
    size += 1;
  } else if (bytes.subarray(0, 14).toString() === '{"checkpoint":') { // other lines tell what was published: `mereau verify` makes it again
    const { note } = JSON.parse(bytes).checkpoint;
    const [text, signature] = note.split('\n\n');
    const [, count, root] = text.split('\n');
    const isSigned = verify(null, Buffer.from(`${text}\n`), createPublicKey(pem), Buffer.from(signature.trim().split(' ')[2], 'base64').subarray(4));
    if (!isSigned) fail(line, 'not signed by this key');
    if (Number(count) !== size || root !== rootOf().toString('base64')) fail(line, 'the leaves above have another root');
    signed = size;
  }
}
if (size === 0 || signed !== size) fail('last', 'leaves follow that nobody signed');
console.log(`${size} leaves, root ${rootOf().toString('hex')}`);
