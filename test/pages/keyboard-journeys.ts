// Seven people work without a mouse, in a real browser against the whole platform: a focus that is seen at each stop, in the order of the
// page, on the first field to mend where something was not right, and a title that says so. Needs Debian's chromium on the PATH.
import { afterAll, expect, it } from '@jest/globals';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { until } from '#libs/testing';
import { html } from '../../apps/web/src/html.js';
import { progressPart } from '../../apps/web/src/progress/progress.part.js';
import type { SignedInVisit } from '../../apps/web/src/visit.js';
import { closeStatements, redeem, type Run } from '../../apps/cli/src/world/money-out.js';
import { DESKTOP, PHONE, type OpenedPages, type View } from './open-pages.js';
import type { Who } from './pages.js';

/** What the part of a page asks of a visit. */
const FRENCH = { say: (french: string) => french, language: 'fr', path: '/being-made', question: '', person: {} } as unknown as SignedInVisit;

/** More than any page has before its first form. */
const STOPS_MAX = 120;

type Stop = Readonly<{ what: string; isSeen: boolean; follows: boolean }>;
/**
 * Kept in the page: whether this stop comes after the one before it, and whether one sees that it has the focus. A date has several
 * stops, of which the browser shows those behind the first itself.
 */
const STOP = `(() => {
  const at = document.activeElement;
  const before = window.stopBefore;
  window.stopBefore = at;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  return {
    what: at.tagName + ' ' + (at.id || at.textContent.trim().slice(0, 40)),
    isSeen: before === at || (at.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2),
    follows: !before || !before.isConnected || before === at || (before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  };
})()`;

/** The next day that has the number of its month, as it is typed: a browser asks for the one or the other first. */
function sameDayAndMonth(): string {
  const today = new Date().toISOString().slice(0, 10);
  const [year] = today.split('-').map(Number) as [number];
  const days = [year, year + 1].flatMap((each) => Array.from({ length: 12 }, (_, index) => `${each}-${String(index + 1).padStart(2, '0')}-${String(index + 1).padStart(2, '0')}`));
  const [of, month, day] = days.find((each) => each > today)!.split('-');
  return `${day}${month}${of}`;
}

export function keyboardJourneys(pages: () => OpenedPages): void {
  const contexts: BrowserContext[] = [];
  afterAll(async () => { for (const context of contexts) await context.close(); }, 60_000);

  async function open(who: Who, path: string, view: View = DESKTOP): Promise<Page> {
    const context = await pages().browserOf(who, view);
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(path, { waitUntil: 'load' });
    return page;
  }

  const hasFocus = (what: Locator) => what.evaluate((element) => element === element.ownerDocument.activeElement);

  /** By Tab, from where the focus is: every stop on the way is seen, and comes after the one before. */
  async function tabTo(page: Page, what: Locator): Promise<void> {
    await page.evaluate('window.stopBefore = document.activeElement');
    for (let stops = 0; stops < STOPS_MAX; stops += 1) {
      if (await hasFocus(what)) return;
      await page.keyboard.press('Tab');
      const stop = await page.evaluate<Stop>(STOP);
      expect(stop).toEqual({ what: stop.what, isSeen: true, follows: true });
    }
    throw new Error(`Tab does not lead to ${String(what)}`);
  }

  async function enter(page: Page, button: string | RegExp): Promise<void> {
    await tabTo(page, page.getByRole('button', { name: button }));
    await send(page);
  }

  const send = (page: Page) => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);

  async function type(page: Page, label: string | RegExp, text: string): Promise<void> {
    await tabTo(page, page.getByLabel(label));
    await page.keyboard.type(text);
  }

  it('a place takes what a hand scanner writes into the field that has the focus, twice', async () => {
    const page = await open('till', '/home', PHONE);
    await page.waitForLoadState('networkidle');
    const scan = async (says: RegExp) => {
      expect(await hasFocus(page.locator('#code'))).toBe(true);
      await page.keyboard.type(`https://pass.example/v#${pages().shown.code(5)}`);
      await page.keyboard.press('Enter');
      await page.locator('.answer .word', { hasText: says }).waitFor();
      await until('the field is free again', () => hasFocus(page.locator('#code')));
    };
    await scan(/^Oui/);
    // The same voucher a second time.
    await scan(/^Non/);
  }, 60_000);

  it('a counsellor mends a number that was mistyped, and hands the booklet over', async () => {
    const { life } = pages().shown;
    const { operator } = life.people;
    const { items } = await operator.get<{ items: { distributorId: string; name: string }[] }>('/issuance/distributors');
    const { distributorId } = items.find(({ name }) => name === 'Bibliothèque du Val')!;
    const last = life.vouchers.length - 1;
    const { deliveryId } = await operator.post<{ deliveryId: string }>(`/issuance/batches/${life.batchId}/deliveries`, { distributorId, first: last, last });
    await operator.post(`/issuance/deliveries/${deliveryId}/receipts`);
    const page = await open('distributor', '/hand-over');
    expect(await hasFocus(page.locator('#serial'))).toBe(true);
    await page.keyboard.type('NOTHING-B000001-0');
    await send(page);
    expect(await page.title()).toMatch(/^Erreur : Remettre/);
    expect(await hasFocus(page.locator('#serial'))).toBe(true);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(life.vouchers[last]!.serial);
    await send(page);
    expect(await page.title()).toMatch(/^Remettre/);
    expect(await page.locator('main').innerText()).toMatch(/remis/i);
  }, 60_000);

  it('a payer mends a count, and asks for a quote at the end of four steps', async () => {
    const page = await open('payer', '/orders/new');
    await tabTo(page, page.locator('input[name=programmeId]').first());
    await enter(page, 'Continuer');
    await type(page, 'Combien de chèques ?', 'beaucoup');
    await enter(page, 'Continuer');
    expect(await page.title()).toMatch(/^Erreur : /);
    expect(await hasFocus(page.getByLabel('Combien de chèques ?'))).toBe(true);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('12');
    await enter(page, 'Continuer');
    await enter(page, 'Continuer');
    expect(await page.locator('.headline').innerText()).toContain('120');
    await enter(page, /^Demander un devis/);
    expect(new URL(page.url()).pathname).toMatch(/^\/drafts\//);
  }, 60_000);

  it('an approver reads a run, and lets it go on', async () => {
    const { life } = pages().shown;
    const { places, people: { operator }, vouchers, scheme, bank, dates } = life;
    await redeem(places[0]!.till, vouchers[places.length + 7]!, dates.today);
    await closeStatements(operator, life.redeemed.length + 1);
    const run = await operator.post<Run>('/settlement/settlement-runs', { bankAccountId: scheme.bankAccountId, executionOn: bank.day });
    const page = await open('approver', `/runs/${run.runId}`);
    await enter(page, /^Approuver/);
    await until('it is approved', async () => (await operator.get<{ state: string }>(`/settlement/settlement-runs/${run.runId}`)).state === 'approved');
    expect(await page.getByText('Approuvé par').count()).toBe(1);
  }, 60_000);

  it('a manager reads what happens before a place leaves, and comes to the code that would say so', async () => {
    const page = await open('manager', '/accreditation');
    await tabTo(page, page.locator('#leaving'));
    await tabTo(page, page.locator('#leaving-from'));
    await page.keyboard.type(sameDayAndMonth());
    await enter(page, 'Voir ce qui se passe');
    expect(new URL(page.url()).pathname).toBe('/accreditation/departures/new');
    expect(await page.locator('main').innerText()).toContain('Partir est gratuit');
    await type(page, /^Pourquoi/, 'Les frais augmentent.');
    await tabTo(page, page.locator('#code'));
    await tabTo(page, page.getByRole('button', { name: /^Quitter à partir du/ }));
  }, 60_000);

  it('an auditor raises a finding, from the fold that it is behind', async () => {
    const page = await open('auditor', '/desk');
    await tabTo(page, page.locator('summary', { hasText: 'constat' }));
    await page.keyboard.press('Enter');
    const form = page.locator('form[action="/findings"]');
    await tabTo(page, form.locator('[name=title]'));
    await page.keyboard.type('Un relevé sans signature');
    await tabTo(page, form.locator('[name=observation]'));
    await page.keyboard.type('Le relevé de mars ne porte pas de signature.');
    await tabTo(page, form.locator('[name=replyDue]'));
    await page.keyboard.type(sameDayAndMonth());
    await tabTo(page, form.getByRole('button'));
    await send(page);
    expect(new URL(page.url()).pathname).toMatch(/^\/findings\/fnd_/);
    expect(await page.title()).toContain('Un relevé sans signature');
  }, 60_000);

  it('a citizen mends a code, and reads what is left', async () => {
    const page = await open('nobody', '/v', PHONE);
    await tabTo(page, page.locator('#code'));
    await page.keyboard.type('DWVA');
    await send(page);
    expect(await page.title()).toMatch(/^Erreur : /);
    expect(await hasFocus(page.locator('#code'))).toBe(true);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(pages().shown.code(6));
    await send(page);
    expect((await page.locator('main').innerText()).replaceAll('\u00A0', ' ')).toContain('10,00 €');
    await tabTo(page, page.locator('main a').first());
  }, 60_000);

  it('who waits for long work stays where they are while the page looks by itself, and hears when it is done', async () => {
    const page = await open('payer', '/orders');
    let ready = 3;
    const part = () => progressPart(FRENCH, { id: 'making', title: 'Fabrication', done: ready, total: 10, what: 'chèques prêts', next: '', over: 'C’est prêt', isLive: true });
    const body = () => html`<!doctype html><html lang="fr"><title>x</title><body><main>${part()}<input id="typed"></main></body></html>`.text;
    await page.route('**/being-made', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: body() }));
    await page.goto('/being-made');
    await page.locator('#typed').focus();
    await page.keyboard.type('kept');
    ready = 7;
    await page.getByText('7 sur 10 chèques prêts').waitFor();
    expect(await page.locator('progress').evaluate((bar) => (bar as unknown as { value: number }).value)).toBe(7);
    expect([await hasFocus(page.locator('#typed')), await page.locator('#typed').inputValue(), await page.locator('[role=status]').innerText()]).toEqual([true, 'kept', '']);
    ready = 10;
    await page.getByRole('link', { name: 'C’est prêt' }).waitFor();
    expect([await hasFocus(page.locator('#typed')), await page.locator('[role=status]').innerText()]).toEqual([true, 'C’est prêt']);
    await page.reload();
    expect(await page.locator('.progress').count()).toBe(0);
  }, 60_000);
}
