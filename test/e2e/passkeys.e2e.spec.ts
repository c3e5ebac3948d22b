// A person adds a passkey and signs in with it, in a real browser whose authenticator is a virtual one, against the whole platform. Needs
// Debian's chromium on the PATH; nothing is downloaded.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { seedOfRun } from '#libs/testing';
import { Staff } from '../../apps/cli/src/world/people.js';
import { chromiumPath } from '../pages/open-pages.js';
import { openLayout, type Running } from './layouts.js';

/** The public address, without a port: the platform chooses its own, and browsers know passkeys of a site by its name only. */
const SITE = 'http://mereau.localhost';
const ZOE = { name: 'Zoé Martin', email: 'zoe.martin@payer.example', password: 'quatre mots sans rapport' };

const journey = chromiumPath ? describe : describe.skip;

journey(`a person with a passkey${chromiumPath ? '' : ' (skipped: no chromium on the PATH)'}`, () => {
  let running: Running;
  let browser: Browser;
  let page: Page;
  let device: CDPSession;
  let authenticatorId = '';

  beforeAll(async () => {
    running = await openLayout('platform', 'postgres', `${seedOfRun()}:passkeys`, { MEREAU_BASE_URL: SITE });
    const { operator } = new Staff(running.setting);
    const { organisationId } = await operator.post<{ organisationId: string }>(
      '/identity/organisations', { kind: 'auditor', name: 'Cour des comptes' });
    await operator.post('/identity/members', { organisationId, name: ZOE.name, email: ZOE.email, roles: ['auditor'] });
    const { host } = new URL(running.origins.identity);
    browser = await chromium.launch({
      executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-dev-shm-usage', `--host-resolver-rules=MAP mereau.localhost:80 ${host}`],
    });
    const context = await browser.newContext({ baseURL: SITE, locale: 'en-GB', viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    device = await context.newCDPSession(page);
    await device.send('WebAuthn.enable');
    ({ authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    }));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  }, 60_000);

  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const signOut = async () => {
    await press('Sign out');
    await page.waitForURL('**/signed-out');
    await page.goto('/sign-in');
  };

  it('arrives with a password, and adds a passkey in the place of an authenticator', async () => {
    await page.goto(`/invitation?link=${await running.setting.mailbox.linkTo(ZOE.email)}`);
    await page.getByLabel('Your password').fill(ZOE.password);
    await page.getByLabel('Once more').fill(ZOE.password);
    await press('Save');
    await page.getByLabel('E-mail address').fill(ZOE.email);
    await page.getByLabel('Password').fill(ZOE.password);
    await press(/^Sign in$/);
    // Who audits shows a second factor first, and has none.
    await page.getByRole('link', { name: /^Passkeys/ }).click();
    await page.getByLabel('Password').fill(ZOE.password);
    await press('Begin');
    await page.getByLabel('Name of the passkey').fill('Work laptop');
    await press('Create the passkey');
    await page.getByText('The passkey is added.').waitFor();
    expect(await page.getByLabel('Name of the passkey').inputValue()).toBe('Work laptop');
    expect((await device.send('WebAuthn.getCredentials', { authenticatorId })).credentials).toMatchObject([{ rpId: 'mereau.localhost', isResidentCredential: true }]);
    await page.goto('/home');
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(1);
  });

  it('signs in with it, without a password and without a code', async () => {
    await signOut();
    await press('Sign in with a passkey');
    await page.waitForURL('**/home');
    expect(await page.locator('.top').innerText()).toContain(ZOE.name);
  });

  it('is not let in by a device that does not check its person', async () => {
    await signOut();
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await press('Sign in with a passkey');
    await page.getByText('The device gave no passkey').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  });

  it('shows it in the place of a code, where a password was not enough', async () => {
    await page.getByLabel('E-mail address').fill(ZOE.email);
    await page.getByLabel('Password').fill(ZOE.password);
    await press(/^Sign in$/);
    await page.waitForURL('**/second-factor');
    await press('Use a passkey');
    await page.waitForURL('**/home');
  });

  it('ends it; the device still has it, and it opens nothing', async () => {
    await page.goto('/passkeys');
    await press(/^End$/);
    await page.getByText('Add a passkey').waitFor();
    await page.context().clearCookies();
    await page.goto('/sign-in');
    await press('Sign in with a passkey');
    await page.getByText('This passkey is not taken here').waitFor();
  });
});
