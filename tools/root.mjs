import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: every tool may be called from anywhere. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
