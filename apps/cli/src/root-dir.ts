import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder (where prisma/ and tools/ are), from the sources as from dist/. */
export function rootDir(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { name?: string }).name === 'mereau') return folder;
    if (folder === dirname(folder)) throw new Error('the program does not lie in a folder of the project');
  }
}
