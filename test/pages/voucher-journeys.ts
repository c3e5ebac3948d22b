// Somebody with a voucher and a telephone, against the whole platform: the QR, or the code typed where no script runs; then the voucher is
// lost, and a till refuses it.
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PHONE, type OpenedPages } from './open-pages.js';

export function voucherJourneys(pages: () => OpenedPages): void {
  const shown = async (page: Page) => (await page.locator('main').innerText()).replaceAll('\u00A0', ' ');
  const open = async (script: boolean) => (await pages().browserOf('nobody', { ...PHONE, script })).newPage();

  it('reads the QR: the code leaves the address before it is asked about, and goes into no address of any request', async () => {
    const page = await open(true);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    const code = pages().shown.code(0);
    await page.goto(`/v#${code}`);
    await page.getByText('Vous pouvez l’utiliser').waitFor();
    expect(await shown(page)).toMatch(/10,00 €[^]*Jusqu’au[^]*Ce que vous pouvez faire/);
    expect(page.url()).toBe(`${pages().origin}/v`);
    expect(addresses.slice(1).join()).not.toContain(code);
    await page.goBack();
    expect(page.url()).not.toContain(code);
    await page.context().close();
  });

  it('types the code where no script runs, finds a place, and stops the voucher when it is lost', async () => {
    const page = await open(false);
    const code = pages().shown.code(1);
    await page.goto('/');
    await page.getByRole('link', { name: 'Vérifier un chèque' }).click();
    await page.getByLabel('Le code du chèque').fill(`${code.slice(0, 6)}!`);
    await page.getByRole('button', { name: 'Vérifier ce chèque' }).click();
    expect(await shown(page)).toContain('Le caractère n° 6 ne va pas');
    await page.getByLabel('Le code du chèque').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Vérifier ce chèque' }).click();
    expect(await shown(page)).toContain('Vous pouvez l’utiliser');
    await page.getByLabel('Votre commune ou code postal').fill('Tilleul-le-Haut');
    await page.getByRole('button', { name: 'Chercher' }).click();
    expect(await shown(page)).toMatch(/Près de Tilleul-le-Haut[^]*Espace numérique du Lavoir[^]*Appeler/);

    await page.goto('/lost');
    await page.getByLabel('Le code du chèque').fill(code);
    await page.getByLabel('On me l’a volé').check();
    await page.getByRole('button', { name: 'Arrêter ce chèque' }).click();
    expect(await shown(page)).toMatch(/Le chèque est arrêté[^]*Notez ce numéro/);
    const till = pages().shown.life.places[0]!.till;
    const refused = await till.tryPost('/redemption/redemptions', { code, serviceDate: pages().shown.life.dates.today });
    expect(refused).toMatchObject({ status: 409, body: { code: 'voucher_stopped' } });
    await page.context().close();
  });
}
