// Writes the references that are drawn from the code: docs/errors.md, docs/invariants.md, docs/openapi.json and one
// JSON Schema per message in docs/events/. `npm run generate`; a tidy test fails when what is committed differs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootDir } from '../root-dir.js';
import { references } from './references.js';

export async function generateCommand(): Promise<number> {
  const root = rootDir();
  for (const [file, text] of Object.entries(await references())) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    console.log(`wrote ${file}`);
  }
  return 0;
}
