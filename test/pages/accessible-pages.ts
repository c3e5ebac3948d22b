// Every page of every role in a real browser: nothing that axe finds under WCAG 2.0 to 2.2, A and AA; nothing asked of another origin; no
// page heavier than a phone on a slow line should carry. The telling ones in both languages, light and dark, narrow and enlarged.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { DESKTOP, PHONE, type OpenedPages, type View } from './open-pages.js';
import { PAGES, type PageRow } from './pages.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Compressed, as a proxy in front sends it: what somebody without an account loads first, and what a portal may. */
const BYTES_MAX = { citizen: 30_000, portal: 230_000 } as const;
const VIEWS: readonly [name: string, view: View][] = (['fr', 'en'] as const).flatMap((language) => (['light', 'dark'] as const).flatMap(
  (scheme): [string, View][] => [
    [`${language}, ${scheme}, 320 px wide`, { language, scheme, width: 320, height: 640 }],
    [`${language}, ${scheme}, enlarged twice`, { language, scheme, ...DESKTOP, zoom: 2 }],
  ]));

type Found = Readonly<{ id: string; help: string; nodes: readonly Readonly<{ html: string; failureSummary: string }>[] }>;

/** Given to the browser beside the page, so that the page's own policy on scripts stays as it is. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate<Found[]>(`axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`);
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join(' | ')}`);
}

const overflowOf = (page: Page): Promise<number> => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

export function accessiblePages(pages: () => OpenedPages): void {
  /** Shows it to a browser that knows nothing yet, and lets `look` see the page. */
  async function look<T>(row: PageRow, view: View, see: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
    const context = await pages().browserOf(row.who, view);
    try {
      const page = await context.newPage();
      return await see(page, context);
    } finally {
      await context.close();
    }
  }

  it.each(PAGES.map((row): [string, PageRow] => [row.name, row]))('%s has nothing that axe finds, asks nobody else, and is light', async (_, row) => {
    const seen = await look(row, PHONE, async (page, context) => {
      const asked: string[] = [];
      const sizes: Promise<number>[] = [];
      context.on('request', (request) => asked.push(request.url()));
      page.on('response', (response) => sizes.push(response.body().then((body) => gzipSync(body).length, () => 0)));
      await pages().show(page, { ...row, then: undefined });
      const bytes = (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
      await row.then?.(page, pages().shown);
      const elsewhere = asked.filter((url) => !url.startsWith(`${pages().origin}/`) && !/^(data|blob):/.test(url));
      return { violations: await violationsOf(page), overflow: await overflowOf(page), elsewhere, bytes, asked: asked.length };
    });
    expect(seen).toMatchObject({ violations: [], overflow: 0, elsewhere: [] });
    expect(seen.asked).toBeGreaterThan(1);
    expect(seen.bytes).toBeGreaterThan(1_000);
    expect(seen.bytes).toBeLessThanOrEqual(BYTES_MAX[row.who === 'nobody' && row.name !== 'till' ? 'citizen' : 'portal']);
  }, 60_000);

  describe.each(PAGES.filter(({ telling }) => telling).map((row): [string, PageRow] => [row.name, row]))('%s', (_, row) => {
    it.each(VIEWS)('in %s has nothing that axe finds and no sideways scroll', async (__, view) => {
      const seen = await look(row, view, async (page) => {
        await pages().show(page, row);
        return { violations: await violationsOf(page), overflow: await overflowOf(page) };
      });
      expect(seen).toEqual({ violations: [], overflow: 0 });
    }, 60_000);
  });
}
