import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { REFUSALS } from './refusals.js';

const folder = join(process.cwd(), 'apps/settlement/src');
const textOf = (ending: RegExp) => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => ending.test(file) && !file.endsWith('refusals.spec.ts')).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');

describe('the catalogue of refusals', () => {
  const reached = textOf(/\.int\.spec\.ts$/);
  const announced = textOf(/\.controller\.ts$/);

  it.each(Object.keys(REFUSALS))('has %s reached through a route in an integration spec, and announced by that route', (code) => {
    expect(reached).toContain(`'${code}'`);
    expect(announced).toContain(`'${code}'`);
  });

  it.each(Object.entries(REFUSALS))('says of %s in one sentence what to do', (_code, { sentence }) => {
    expect(sentence).toMatch(/^[A-Z].{20,160}\.$/);
  });
});
