// A person from the invitation to the day when the rights are taken back, in a real browser against the whole platform: the mail, the
// password, the second factor, the team, and a page that opens no more. Needs Debian's chromium on the PATH; nothing is downloaded.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chromium, type Browser, type Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { idOf, showId } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { codeNow } from '../../apps/cli/src/world/authenticator.js';
import { Staff } from '../../apps/cli/src/world/people.js';
import { PEOPLE } from '../../apps/cli/src/world/samples.js';
import { openLayout, type Running } from './layouts.js';

const executablePath = ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find((path) => path !== undefined);

function onPath(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

const journey = executablePath ? describe : describe.skip;
const MANAGER = { name: 'Zoé Martin', email: 'zoe.martin@place.example', password: 'quatre mots sans rapport' };
const TILL = { name: 'Ali Haddad', email: 'ali.haddad@place.example', password: 'encore quatre mots ici' };

journey(`people arrive and leave${executablePath ? '' : ' (skipped: no chromium on the PATH)'}`, () => {
  let running: Running;
  let browser: Browser;
  let manager: Page;
  let till: Page;
  let secret = '';

  const open = async (width: number, height: number): Promise<Page> => {
    const context = await browser.newContext({ baseURL: running.origins.identity, locale: 'en-GB', viewport: { width, height } });
    return context.newPage();
  };
  beforeAll(async () => {
    running = await openLayout('platform', 'postgres', `${seedOfRun()}:people`);
    const { operator } = new Staff(running.setting);
    const place = { kind: 'place', name: 'Médiathèque des Halles', partyId: showId('place', idOf('place', uuidv7())) };
    const { organisationId } = await operator.post<{ organisationId: string }>('/identity/organisations', place);
    await operator.post('/identity/members', { organisationId, name: MANAGER.name, email: MANAGER.email, roles: ['till', 'manager'] });
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    [manager, till] = [await open(1280, 900), await open(390, 844)];
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  }, 60_000);

  const press = (on: Page, name: string | RegExp) => on.getByRole('button', { name }).click();
  const signIn = async (on: Page, { email, password }: Readonly<{ email: string; password: string }>) => {
    await on.getByLabel('E-mail address').fill(email);
    await on.getByLabel('Password').fill(password);
    await press(on, 'Sign in');
  };
  const arrive = async (on: Page, who: typeof MANAGER) => {
    await on.goto(`/invitation?link=${await running.setting.mailbox.linkTo(who.email)}`);
    await on.getByLabel('Your password').fill(who.password);
    await on.getByLabel('Once more').fill(who.password);
    await press(on, 'Save');
    await on.getByText('Your password is saved').waitFor();
    await signIn(on, who);
    await on.waitForURL('**/home');
  };
  const line = (on: Page, name: string) => on.getByRole('listitem').filter({ hasText: name });

  it('opens the mail, chooses a password, and signs in', async () => {
    await arrive(manager, MANAGER);
    await manager.goto(`/invitation?link=${await running.setting.mailbox.linkTo(MANAGER.email)}`);
    expect(await manager.getByRole('heading', { level: 1 }).innerText()).toBe('This link opens nothing any more');
  });

  it('invites a colleague, once a second factor is on', async () => {
    await manager.goto('/team');
    const invite = async () => {
      await manager.getByLabel('Name').fill(TILL.name);
      await manager.getByLabel('E-mail address').fill(TILL.email);
      await press(manager, /^Invite$/);
    };
    await invite();
    await manager.getByText('To give rights, enter a code of your second factor.').waitFor();
    await manager.goto('/second-factor');
    await manager.getByLabel('Password').fill(MANAGER.password);
    await press(manager, 'Begin');
    secret = (await manager.locator('.fingerprint').innerText()).replaceAll(/\s/g, '');
    await manager.getByLabel('Code of your app').fill(await codeNow(secret));
    await press(manager, 'Switch on');
    await manager.getByText('Your second factor is on').waitFor();
    await manager.goto('/team');
    await invite();
    await manager.waitForURL('**/team');
    await line(manager, TILL.name).getByText('Invited').waitFor();
    await arrive(till, TILL);
    await manager.reload();
    await line(manager, TILL.name).getByText('Active').waitFor();
  });

  it('makes the colleague a manager, whose rights of before end at once', async () => {
    await till.goto('/team');
    expect(await till.getByRole('button', { name: 'Invite' }).count()).toBe(0);
    await line(manager, TILL.name).getByLabel('Manager of the place').check();
    await press(manager, `Change ${TILL.name}`);
    await line(manager, TILL.name).getByText('Manager of the place').first().waitFor();
    await until('the new rights are there', async () => {
      await till.goto('/team');
      return await till.getByRole('heading', { name: 'Invite somebody' }).count() === 1;
    });
  });

  it('sees its sessions, and ends one that it does not know', async () => {
    const elsewhere = await open(390, 844);
    await elsewhere.goto('/sign-in');
    await signIn(elsewhere, MANAGER);
    await elsewhere.waitForURL('**/home');
    await manager.goto('/settings');
    expect(await manager.getByText('Chrome on Linux').count()).toBe(2);
    await manager.getByRole('row').filter({ hasNotText: 'this one' }).getByRole('button', { name: 'End' }).click();
    await manager.waitForURL('**/settings');
    expect(await manager.getByText('Chrome on Linux').count()).toBe(1);
    await until('the other browser is signed out', async () => {
      await elsewhere.goto('/home');
      return new URL(elsewhere.url()).pathname === '/sign-in';
    });
  });

  it('takes the rights back, and the page of the colleague opens no more', async () => {
    await manager.goto('/team');
    await press(manager, `Remove ${TILL.name}`);
    await line(manager, TILL.name).waitFor({ state: 'detached' });
    await until('the page is refused', async () => {
      await till.goto('/home');
      await till.goto('/home');
      return await till.getByText('Your account belongs to no organisation').count() === 1;
    });
  });

  it('forgets the password, and gets in by a link', async () => {
    const [page] = [await open(390, 844)];
    await page.goto('/sign-in');
    await page.getByRole('link', { name: /Forgotten password/ }).click();
    await page.getByLabel('E-mail address').fill(MANAGER.email);
    await press(page, 'Sign in by a link');
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  });

  it('of the operator shows a second factor before anything else', async () => {
    const [{ email }, page] = [PEOPLE.operator, await open(1280, 900)];
    await page.goto('/sign-in');
    await signIn(page, { email, password: running.plot.passwordFor(email) });
    await page.waitForURL('**/second-factor');
    await page.goto('/home');
    expect(new URL(page.url()).pathname).toBe('/second-factor');
    const known = running.setting.authenticators!.secretOf(email)!;
    await until('a code that was not used yet is taken', async () => {
      for (const ahead of [0, 1, -1]) {
        await page.getByLabel('Code of your app').fill(await codeNow(known, ahead));
        await press(page, 'Continue');
        if (new URL(page.url()).pathname === '/home') return true;
      }
      return false;
    });
  });
});
