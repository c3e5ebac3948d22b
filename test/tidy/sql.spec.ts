// A service reads and writes its own schema only. The database refuses the rest; this finds it before it runs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SERVICES = ['issuance', 'redemption', 'settlement', 'audit', 'identity'];
const NAMED = /\b(?:from|join|into|update|only|table)\s+(issuance|redemption|settlement|audit|identity)\.[a-z_]+/gi;

function strangers(service: string, text: string): string[] {
  return [...text.matchAll(NAMED)].filter(([, schema]) => schema !== service).map(([found]) => found);
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => join(folder, file));
}

describe.each(SERVICES)('the SQL of %s', (service) => {
  it('names no schema but its own', () => {
    const found = sources(`apps/${service}/src`).flatMap((file) => strangers(service, readFileSync(file, 'utf8')).map((what) => `${file}: ${what}`));
    expect(found).toEqual([]);
  });
});

describe('the search itself', () => {
  it('finds what it looks for', () => {
    expect(strangers('issuance', 'select 1 from settlement.payment join issuance.payer')).toEqual(['from settlement.payment']);
  });
});
