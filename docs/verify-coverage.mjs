// Checks statements of coverage without believing anybody: node verify-coverage.mjs coverage.json key.pem
// coverage.json is what GET /audit/coverage?limit=200 answers (its pages joined), key.pem a key of GET /audit/keys.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [file, keyFile] = process.argv.slice(2);
const statements = JSON.parse(readFileSync(file, 'utf8')).items.sort((a, b) => a.number - b.number);
const key = createPublicKey(readFileSync(keyFile));

let before;
for (const { number, content, sha256, signature } of statements) {
  const said = JSON.parse(content);
  const bytes = Buffer.from(content);
  const wrong =
    createHash('sha256').update(bytes).digest('hex') !== sha256 || said.number !== number ? 'says something else than its hash'
      : !verify(null, bytes, key, Buffer.from(signature, 'base64')) ? 'is not signed by this key'
        : (before ? said.previous !== before.sha256 || said.number !== before.number + 1 : number === 1 && said.previous !== null)
          ? 'does not name the one before' : undefined;
  if (wrong) {
    console.log(`statement ${number} ${wrong}`);
    process.exit(1);
  }
  before = { number, sha256 };
}
console.log(`${statements.length} statements, each signed and naming the one before`);
