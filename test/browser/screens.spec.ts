// `npm run screens`: a picture of every page of every role, to be looked at. On a phone and on a desktop, in French; the telling ones in
// English and in the dark, too.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromiumPath, DESKTOP, OpenedPages, PHONE, type View } from '../pages/open-pages.js';
import { PAGES, type PageRow } from '../pages/pages.js';

const folder = process.env['MEREAU_SCREENS'];
/** Of `npm run screens -- WORD`: pages whose name has it. */
const word = process.env['MEREAU_SCREENS_OF'] ?? '';
const why = !folder ? ' (skipped: `npm run screens` takes the pictures)' : !chromiumPath ? ' (skipped: no chromium on the PATH)' : '';

const SIZES: readonly [string, View][] = [['phone', PHONE], ['desktop', DESKTOP]];

function viewsOf({ telling }: PageRow): readonly [string, View][] {
  if (!telling) return SIZES;
  return SIZES.flatMap(([name, size]): [string, View][] => [
    [name, size], [`${name}-en`, { ...size, language: 'en' }], [`${name}-dark`, { ...size, scheme: 'dark' }],
  ]);
}

(why ? describe.skip : describe)(`the picture of${why}`, () => {
  let pages: OpenedPages;
  beforeAll(async () => {
    mkdirSync(folder!, { recursive: true });
    pages = await OpenedPages.open('screens');
  }, 300_000);
  afterAll(async () => { await pages?.close(); }, 60_000);

  it.each(PAGES.filter(({ name }) => name.includes(word)).map((row): [string, PageRow] => [row.name, row]))('%s is taken', async (_, row) => {
    for (const [view, options] of viewsOf(row)) {
      const context = await pages.browserOf(row.who, options);
      const page = await context.newPage();
      await pages.show(page, row);
      const path = join(folder!, `${row.name}-${view}.png`);
      await page.screenshot({ path, fullPage: true });
      await context.close();
      expect(statSync(path).size).toBeGreaterThan(1_000);
    }
  }, 60_000);
});
