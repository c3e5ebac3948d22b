// The counter in a real browser, against the whole platform: typing, a wrong code, a workshop, a device, and a network that goes
// away and comes back. Needs Debian's chromium on the PATH; nothing is downloaded.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { playScheme, type Opening } from '../../apps/cli/src/world/opening.js';
import { filmOf } from '../builders/fake-camera.js';
import { openLayout, type Running } from './layouts.js';

const executablePath = ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find((path) => path !== undefined);

function onPath(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

const today = localDate(new Date().toISOString().slice(0, 10));
const journey = executablePath ? describe : describe.skip;

journey(`the page of a till in a browser${executablePath ? '' : ' (skipped: no chromium on the PATH)'}`, () => {
  let running: Running;
  let opening: Opening;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let film: ReturnType<typeof filmOf>;
  /** What left the browser, by method and path. */
  const left: string[] = [];

  beforeAll(async () => {
    running = await openLayout('platform', 'postgres', `${seedOfRun()}:till-page`);
    const { origins } = running;
    opening = await playScheme(running.setting, today, () => {});
    film = filmOf(`https://pass.example/v#${code(6)}`);
    browser = await chromium.launch({ executablePath: executablePath!, args: [
      '--no-sandbox', '--disable-dev-shm-usage', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film.path}`,
    ] });
    context = await browser.newContext({ baseURL: origins.identity, locale: 'en-GB', viewport: { width: 390, height: 844 } });
    page = await context.newPage();
    page.on('request', (request) => left.push(`${request.method()} ${new URL(request.url()).pathname}`));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    film?.remove();
    await running?.close();
  }, 60_000);

  const code = (index: number) => opening.vouchers[index]!.code;
  const answer = () => page.locator('.answer');
  /** As people read it: a space is a space. */
  const shown = async (what: Locator) => (await what.innerText()).replaceAll('\u00A0', ' ');
  /** What stands on the page instead is the first thing that one wants to know. */
  const answered = (words: string) => answer().getByText(words).waitFor().catch(async (error: unknown) => {
    throw new Error(`"${words}" is not there, but: ${(await answer().allInnerTexts()).join()}`, { cause: error });
  });
  const posts = (path: string) => left.filter((each) => each === `POST ${path}`).length;
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

  const signIn = async (on: Page) => {
    const { email } = opening.places[0]!.till;
    await on.goto('/sign-in');
    await on.getByLabel('E-mail address').fill(email);
    await on.getByLabel('Password').fill(running.plot.passwordFor(email));
    await on.getByRole('button', { name: 'Sign in' }).click();
    await on.waitForURL('**/home');
  };

  it('signs in, and redeems what a hand scanner writes: the address of the QR, then Enter', async () => {
    await signIn(page);
    await page.waitForLoadState('networkidle');
    await page.keyboard.type(`https://pass.example/v#${code(0)}`);
    await page.keyboard.press('Enter');
    await answer().getByText('Yes').waitFor();
    expect(await shown(answer())).toContain('€10.00');
    expect(await shown(page.locator('#today'))).toContain('1 voucher');
  });

  it('works without any script', async () => {
    const plain = await (await browser.newContext({ baseURL: running.origins.identity, locale: 'en-GB', javaScriptEnabled: false })).newPage();
    await signIn(plain);
    await plain.getByLabel('The 18 characters of the voucher').fill(code(7).toLowerCase());
    await plain.getByRole('button', { name: 'Check without redeeming' }).click();
    await plain.getByText('Nothing was redeemed').waitFor();
    await plain.goto('/workshop');
    await plain.getByLabel('Codes of the vouchers, one a line').fill('no code');
    await plain.getByRole('button', { name: 'Redeem all vouchers of the list' }).click();
    await plain.getByText('Line 1: the code is not right.').waitFor();
    await plain.context().close();
  });

  it('keeps the focus in the field, puts dashes, and stops a code with a wrong character before anything is sent', async () => {
    const before = posts('/redeem');
    const wrong = code(1).replaceAll('-', '').replace(/^./, (first) => (first === 'A' ? 'B' : 'A')).toLowerCase();
    await page.keyboard.type(wrong);
    expect(await page.locator('#code').inputValue()).toBe(wrong.toUpperCase().replace(/(.{4})(?=.)/g, '$1-'));
    await page.keyboard.press('Enter');
    expect(await page.locator('#code-error').innerText()).toContain('Nothing was sent');
    expect(posts('/redeem')).toBe(before);
  });

  it('tells what a voucher holds without using it, and takes it with one more press', async () => {
    await page.locator('#code').fill(code(1));
    await press('Check without redeeming');
    await answer().getByText('Nothing was redeemed').waitFor();
    expect(await shown(page.locator('#today'))).toContain('1 voucher');
    await press('Redeem the voucher');
    await answer().getByText('Yes').waitFor();
    expect(await shown(page.locator('#today'))).toContain('2 vouchers');
  });

  it('takes back what was redeemed by mistake', async () => {
    await page.locator('.undo summary').first().click();
    await press(/^Give €10.00 back/);
    await page.getByText('Undone: €10.00 are back on the voucher.').waitFor();
    expect(await shown(page.locator('#today'))).toContain('1 voucher');
  });

  it('redeems a workshop, three scanned, one seen by the camera, one of them used before, with a receipt and a sheet to sign', async () => {
    await page.goto('/workshop');
    await page.waitForLoadState('networkidle');
    for (const index of [2, 0, 3, 3]) {
      await page.keyboard.type(code(index));
      await page.keyboard.press('Enter');
    }
    expect(await page.locator('#code-error').innerText()).toContain('in the list already');
    expect(await page.locator('#workshop-count').innerText()).toBe('3 vouchers in the list');
    // This browser has no detector of its own: the worker reads the picture.
    await press('Open the camera');
    await page.getByText('4 vouchers in the list').waitFor();
    expect(left).toContainEqual(expect.stringMatching(/^GET \/assets\/till\/\w+\/zxing\/zxing_reader\.wasm$/));
    await press('Redeem all vouchers of the list');
    await answered('Workshop redeemed');
    expect(await shown(answer())).toMatch(/€30\.00[^]*3 of 4 vouchers · 1 refused/);
    expect(await page.locator('ol.lines li').allInnerTexts()).toEqual([
      expect.stringContaining('€10.00'), expect.stringContaining('This voucher has been used.'), expect.stringContaining('€10.00'), expect.stringContaining('€10.00'),
    ]);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Attendance sheet/ }).click()]);
    expect(download.suggestedFilename()).toMatch(/^ses_[0-9a-f-]{36}\.pdf$/);
  });

  it('redeems two vouchers of one person as one line of a workshop, and undoes both at once', async () => {
    await page.goto('/workshop');
    await page.waitForLoadState('networkidle');
    await page.keyboard.type(code(7));
    await page.keyboard.press('Enter');
    await page.getByLabel('One more voucher of the same person').check();
    await page.locator('#code').fill(code(8));
    await page.keyboard.press('Enter');
    expect(await page.locator('#workshop-count').innerText()).toBe('2 vouchers in the list, of 1 person');
    expect(await page.locator('textarea').inputValue()).toMatch(/^\S+\n\+ \S+$/);
    await press('Redeem all vouchers of the list');
    await answered('Workshop redeemed');
    expect(await shown(answer())).toMatch(/€20\.00[^]*2 vouchers, of 1 of 1 person/);
    await page.goto('/home');
    await page.locator('.undo summary').first().click();
    await press(/^Give €10.00 back/);
    await page.getByText('Undone: €20.00 are back on the 2 vouchers of the same participation.').waitFor();
  });

  it('is enrolled by a code of the manager, and signs from then on: the place can take enrolled devices only', async () => {
    const { places: [place], staff, people: { operator } } = opening;
    const { organisationId } = await place!.till.get<{ organisationId: string }>('/identity/me');
    const manager = await staff.hire('manager', organisationId, { name: 'Zoé Martin', email: 'zoe.martin@mereau.example' }, 'manager');
    const enrolment = await manager.post<{ code: string }>('/redemption/device-enrolments', {}, uuidv7());
    expect(operator.email).not.toBe(manager.email);
    await page.goto('/devices');
    await page.getByLabel('Code that the manager gave').fill(enrolment.code.toLowerCase());
    await page.getByLabel('Name of the device').fill('Tablet at the desk');
    await press('Enrol this device');
    await page.getByText('This device is enrolled.').waitFor();
    await manager.post('/redemption/device-rule', { devicesOnly: true }, uuidv7());

    await page.goto('/home');
    await page.waitForLoadState('networkidle');
    // The rule is read each second by the processes; the device is asked until then and after.
    await until('a till without a device is refused', async () =>
      (await place!.till.tryPost('/redemption/checks', { code: code(4), serviceDate: today })).status === 403);
    await page.locator('#code').fill(code(4));
    await press('Check without redeeming');
    await answer().getByText('Nothing was redeemed').waitFor();
    await press('Redeem the voucher');
    await answer().getByText('Yes').waitFor();
    expect((await manager.get<{ items: { name: string }[] }>('/redemption/devices')).items).toMatchObject([{ name: 'Tablet at the desk' }]);
    // And taken back: the device signs that, too.
    await page.goto('/home');
    await page.waitForLoadState('networkidle');
    await page.locator('.undo summary').first().click();
    await press(/^Give €10.00 back/);
    await page.getByText('Undone: €10.00 are back on the voucher.').waitFor();
  });

  it('keeps vouchers pending, amber and sealed, while the network is away, and shows what became of each', async () => {
    await page.goto('/devices');
    await press('Allow the queue, at our risk');
    await page.getByText('At most 40 vouchers a day').waitFor();
    await page.goto('/till');
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    // The page itself comes from the device now.
    await page.goto('/home');
    await page.getByText('your place bears that risk').waitFor();
    for (const [number, index] of [5, 0].entries()) {
      await page.locator('#code').fill(code(index));
      await press('Redeem the voucher');
      await page.getByText(`Write no. ${number + 1} on the voucher`).waitFor();
    }
    await page.locator('#code').fill(code(8));
    await press('Redeem the voucher');
    await page.getByText('Write no. 3 on the voucher').waitFor();
    await page.locator('#queue li').last().locator('summary').click();
    await press('Withdraw this voucher');
    await page.locator('#queue li').nth(2).waitFor({ state: 'detached' });
    expect(await answer().getAttribute('class')).toBe('answer later');
    expect(await shown(answer())).toMatch(/Pending[^]*if it is refused, your place is not paid/);
    expect(await page.locator('#queue h2').innerText()).toBe('2 vouchers pending');
    await page.locator('#code').fill(code(5));
    await press('Redeem the voucher');
    await page.getByText('This voucher is pending on this device already.').waitFor();
    expect(posts('/till/redemption/offline-redemptions')).toBe(0);

    await context.setOffline(false);
    await page.locator('#queue .queued.redeemed').waitFor();
    expect(await page.locator('#queue li').allInnerTexts()).toEqual([
      expect.stringMatching(/Refused[^]*No\. 2[^]*This voucher has been used\./), expect.stringMatching(/Confirmed[^]*No\. 1[^]*€10\.00/),
    ]);
    await page.reload();
    await page.locator('#queue li').first().getByRole('button', { name: 'Seen' }).click();
    await until('what was seen is gone', async () => (await page.locator('#queue li').count()) === 1);
  });

  it('gives another voucher a key of its own after an attempt that got no answer', async () => {
    await page.goto('/home');
    await page.waitForLoadState('networkidle');
    const keys: string[] = [];
    await context.route('**/redeem', (route) => {
      keys.push(String(new URLSearchParams(route.request().postData() ?? '').get('key')));
      return route.abort();
    });
    for (const index of [8, 8, 9]) {
      const before = keys.length;
      await page.locator('#code').fill(code(index));
      // The first press finds that the network is away; from then on the device would take it.
      await page.evaluate("dispatchEvent(new Event('online'))");
      await press('Redeem the voucher');
      await until('it was sent', () => Promise.resolve(keys.length > before));
      await page.locator('form[data-till="redeem"]:not([aria-busy])').waitFor();
    }
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    await context.unroute('**/redeem');
  });

  it('withdraws none that may have arrived, and lets none that is not understood hold up the others', async () => {
    await page.goto('/till');
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.locator('#code').fill(code(8));
    await press('Redeem the voucher');
    const pending = page.locator('#queue .queued.pending');
    await pending.locator('summary').waitFor();
    const way = '**/till/redemption/offline-redemptions';
    await context.route(way, (route) => route.abort());
    await context.setOffline(false);
    await pending.getByText('Sent already, without an answer').waitFor();
    expect(await pending.locator('summary').count()).toBe(0);

    // As text: the types of a browser are not known here.
    await page.evaluate(`(async () => {
      const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
      const captures = (await asked(indexedDB.open('mereau-till'))).transaction('captures', 'readwrite').objectStore('captures');
      const found = (await asked(captures.getAll())).find(({ state }) => state === 'pending');
      await asked(captures.put({ ...found, id: '${uuidv7()}', number: 9, said: { participants: 5000 }, hasLeft: false }));
    })()`);
    await context.unroute(way);
    await press('Send now');
    await page.locator('#queue .queued.redeemed').nth(1).waitFor();
    expect(await pending.allInnerTexts()).toEqual([expect.stringContaining('No. 9')]);
    await pending.locator('summary').click();
    await press('Withdraw this voucher');
    await pending.waitFor({ state: 'detached' });
  });

  it('stays without a queue that was closed while its key was asked for', async () => {
    const way = '**/till/redemption/offline-key';
    let letGo!: () => void;
    const mayGo = new Promise<void>((go) => { letGo = go; });
    const asked = page.waitForRequest(way);
    await context.route(way, async (route) => {
      await mayGo;
      await route.continue();
    });
    await page.goto('/devices');
    await asked;
    await press('Close the queue');
    const allow = page.getByRole('button', { name: 'Allow the queue, at our risk' });
    await allow.waitFor();
    const answered = page.waitForResponse(way);
    letGo();
    await (await answered).finished();
    await context.unroute(way);
    // Once another question is answered, so is the first.
    await page.evaluate("fetch('/till/redemption/offline-key').then((response) => response.json())");
    await page.reload();
    await allow.waitFor();
  });

  it('says at sign-out what is pending, shows whoever comes then its count only, and sends it once the place is back', async () => {
    await press('Allow the queue, at our risk');
    await page.getByText('At most 40 vouchers a day').waitFor();
    await page.goto('/till');
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.locator('#code').fill(code(9));
    await press('Redeem the voucher');
    await page.locator('#queue .queued.pending summary').waitFor();
    // Nothing of the queue gets through before the sign-out.
    await context.route('**/till/redemption/**', (route) => route.abort());
    await context.setOffline(false);
    await page.goto('/statements');
    await press('Sign out');
    await page.waitForURL('**/signed-out');
    await page.getByText('1 voucher pending on this device. They stay here, sealed').waitFor();
    await context.unroute('**/till/redemption/**');

    const sent = posts('/till/redemption/offline-redemptions');
    await page.goto('/till');
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.goto('/till');
    await page.getByText('They stay sealed on this device').waitFor();
    expect(await page.locator('#queue h2').innerText()).toBe('1 voucher pending');
    expect([await page.locator('#queue li').count(), await page.locator('#queue button:visible').count()]).toEqual([0, 0]);
    await page.locator('#code').fill(code(1));
    await press('Redeem the voucher');
    await page.getByText('The place is not signed in on this device.').waitFor();
    expect(await page.locator('#queue h2').innerText()).toBe('1 voucher pending');
    expect(posts('/till/redemption/offline-redemptions')).toBe(sent);

    await context.setOffline(false);
    await signIn(page);
    // Asked first: before the list is drawn nothing is pending in it, and what was answered earlier stands there afterwards.
    await until('it is sent', () => Promise.resolve(posts('/till/redemption/offline-redemptions') === sent + 1));
    await until('and answered', async () => (await page.locator('#queue .queued.redeemed').count()) > 0
      && (await page.locator('#queue .queued.pending').count()) === 0);
    expect(posts('/till/redemption/offline-redemptions')).toBe(sent + 1);
  });
});
