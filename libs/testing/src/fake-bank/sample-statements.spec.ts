import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { officialSchema } from './official-schema.js';
import { sampleStatements } from './sample-statements.js';

const folder = 'samples';
const schemas = { '02': await officialSchema('camt.053.001.02'), '08': await officialSchema('camt.053.001.08') };
const checked = schemas['02'] && schemas['08'] ? it : it.skip;

describe('the samples', () => {
  it('in the folder are what the fake bank writes (MEREAU_WRITE_SAMPLES=1 writes them again)', () => {
    const made = sampleStatements();
    if (process.env['MEREAU_WRITE_SAMPLES']) {
      for (const [name, content] of Object.entries(made)) writeFileSync(join(folder, name), content);
    }
    expect(readdirSync(folder).filter((name) => /^\d{4}-/.test(name)).sort()).toEqual(Object.keys(made).sort());
    for (const [name, content] of Object.entries(made)) expect(readFileSync(join(folder, name), 'utf8')).toBe(content);
  });

  checked.each(Object.entries(sampleStatements()).filter(([name]) => name.endsWith('.xml')))('%s is valid by the official schema of its version', (_, xml) => {
    const version = xml.includes('camt.053.001.02') ? '02' : '08';
    expect(schemas[version]?.(xml)).toEqual([]);
  });
});
