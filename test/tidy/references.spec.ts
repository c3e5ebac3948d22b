// What is drawn from the code and committed is what the code says now; and what the code offers is closed unless it says
// who may use it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { references, settingsOf } from '../../apps/cli/src/generate/references.js';
import { describePlatform } from '../../apps/platform/src/platform.js';

type Document = { openapi: string; paths: Record<string, Record<string, { 'x-who'?: unknown; 'x-refusals'?: string[] }>> };

let dataDir: string;
let texts: Record<string, string>;
beforeAll(async () => {
  dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-references-'));
  texts = await references();
});
afterAll(() => { rmSync(dataDir, { recursive: true, force: true }); });

describe('a generated reference', () => {
  it('is what `npm run generate` would write now', () => {
    const stale = Object.entries(texts).filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text).map(([file]) => file);
    expect(stale).toEqual([]);
  });
});

describe('the verifier in one file', () => {
  it('is what `npm run generate` would write now', async () => {
    const { verifier, VERIFIER } = await import(pathToFileURL(resolve('tools/generate-verifier.mjs')).href) as { verifier(): Promise<string>; VERIFIER: string };
    expect(readFileSync(VERIFIER, 'utf8') === await verifier()).toBe(true);
  });
});

describe('a route', () => {
  it('says who may call it', async () => {
    expect((await describePlatform(settingsOf(dataDir))).routesWithoutWho).toEqual([]);
  });

  it('stands in the OpenAPI 3.1 document with who and how it refuses', () => {
    const document = JSON.parse(texts['docs/openapi.json']!) as Document;
    expect(document.openapi).toMatch(/^3\.1/);
    const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const));
    const services = operations.filter(([name]) => /\/(issuance|redemption|settlement|audit|identity)\//.test(name));
    expect(services.length).toBeGreaterThan(40);
    expect(services.filter(([, operation]) => operation['x-who'] === undefined).map(([name]) => name)).toEqual([]);
  });

  it('refuses only with codes that docs/errors.md explains', () => {
    const document = JSON.parse(texts['docs/openapi.json']!) as Document;
    const codes = new Set(Object.values(document.paths).flatMap((methods) => Object.values(methods).flatMap((operation) => operation['x-refusals'] ?? [])));
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => !texts['docs/errors.md']!.includes(`\`${code}\``))).toEqual([]);
  });
});
