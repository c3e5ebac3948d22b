import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { basename, dirname, join } from 'node:path';
import { newMigration, nextStamp } from './db-new.mjs';

const root = mkdtempSync(join(os.tmpdir(), 'mereau-db-new-'));
mkdirSync(join(root, 'prisma', 'redemption', 'migrations', '29990101000000_far_ahead'), { recursive: true });
mkdirSync(join(root, 'prisma', 'generated'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a new migration', () => {
  it('is named by the moment', () => {
    expect(nextStamp(['20260101000010_first'], new Date('2026-11-22T21:00:05Z'))).toBe('20261122210005');
  });

  it('comes after the newest one, whatever the clock says', () => {
    const { path } = newMigration('redemption', 'add_place_phone', root);
    expect(basename(dirname(path))).toBe('29990101000001_add_place_phone');
    expect(existsSync(path)).toBe(true);
  });

  it.each([['generated', 'x'], ['nobody', 'x'], ['..', 'x'], [undefined, undefined]])('is refused for the service %s', (service, what) => {
    expect(newMigration(service, what, root).problem).toContain('usage: npm run db:new <redemption>');
  });

  it.each(['Add Phone', '../x', '', 'x-y'])('is refused with the name %j', (what) => {
    expect(newMigration('redemption', what, root).problem).toContain('small letters');
  });
});
