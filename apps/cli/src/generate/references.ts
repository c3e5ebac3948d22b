// The text of each generated reference. The platform is put together, and never started: no database is needed.
import { databaseClock } from '#libs/kernel';
import { MESSAGES } from '#libs/contracts';
import { errorsMarkdown } from '#libs/http';
import { SCHEMAS } from '#libs/persistence';
import { retentionMarkdown } from '#libs/retention';
import { createLogs, keyringFor, readProgramSettings, type SharedSettings } from '#libs/service';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { describePlatform } from '../../../platform/src/platform.js';
import { invariantsMarkdown } from '../inspect/inspect.command.js';

/** File name -> text, the same on every machine. */
export async function references(): Promise<Record<string, string>> {
  const dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-generate-'));
  try {
    const { openApi } = await describePlatform(settingsOf(dataDir));
    return {
      'docs/errors.md': errorsMarkdown(),
      'docs/invariants.md': invariantsMarkdown(),
      'docs/retention.md': retentionMarkdown(),
      'docs/openapi.json': asJson(openApi),
      ...Object.fromEntries(MESSAGES.map(({ type, from, to, postings, personalData, schema, sample }) =>
        [`docs/events/${type}.json`, asJson({ type, from, to: from === 'audit' ? to : [...to, 'audit'], postings, personalData, sample, schema: z.toJSONSchema(schema) })])),
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A database that nobody asks anything of. */
export function settingsOf(dataDir: string): SharedSettings {
  const env = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', MEREAU_DATA: dataDir, LOG_LEVEL: 'silent' };
  const program = readProgramSettings(env);
  return { env, program, keyring: keyringFor(SCHEMAS, program, env), clock: databaseClock, logs: createLogs(program, 'generate') };
}
