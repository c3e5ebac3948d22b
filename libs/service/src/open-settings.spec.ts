import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { databaseClock } from '#libs/kernel';
import { readProgramSettings, type Environment } from './config.js';
import { createLogs } from './logs.js';
import { keyringFor, localUrl, serviceSettings } from './open-settings.js';

const dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-settings-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function shared(env: Environment) {
  const program = readProgramSettings({ MEREAU_DATA: dataDir, ...env });
  const logs = createLogs({ logLevel: 'silent', logFormat: 'json' }, 'test');
  return { env, program, keyring: keyringFor(['redemption'], program, env), clock: databaseClock, logs };
}
const SERVER = 'postgresql://admin:secret@db:5432/mereau';

const CARDS = { STRIPE_SECRET_KEY: 'sk_test_a', STRIPE_WEBHOOK_SECRETS: 'whsec_a' };
describe('what a service is registered with', () => {
  it('signs in to the common database as its own role, with a password that the data folder keeps', () => {
    const first = serviceSettings('redemption', shared({ DATABASE_URL: SERVER }));
    const second = serviceSettings('redemption', shared({ DATABASE_URL: SERVER }));
    expect(new URL(first.databaseUrl)).toMatchObject({ username: 'mereau_redemption', host: 'db:5432', pathname: '/mereau' });
    expect(first.databaseUrl).not.toContain('secret');
    expect(second.databaseUrl).toBe(first.databaseUrl);
    expect(serviceSettings('issuance', shared({ DATABASE_URL: SERVER })).databaseUrl).not.toContain(new URL(first.databaseUrl).password);
  });

  it('takes a database of its own as it is given', () => {
    const own = 'postgresql://till:pw@till-db/redemption';
    const settings = serviceSettings('redemption', shared({ DATABASE_URL: SERVER, REDEMPTION_DATABASE_URL: own }));
    expect(settings.databaseUrl).toBe(own);
    // The queue stays where all services meet.
    expect(settings.queue).toMatchObject({ kind: 'postgres', url: expect.stringContaining('@db:5432/mereau') });
  });

  it('queues on Redis when there is one', () => {
    expect(serviceSettings('redemption', shared({ DATABASE_URL: SERVER, REDIS_URL: 'redis://cache' })).queue).toEqual({ kind: 'redis', url: 'redis://cache' });
  });

  it.each<[string, Environment, string]>([
    ['no database', {}, 'set DATABASE_URL or REDEMPTION_DATABASE_URL'],
    ['no common queue', { REDEMPTION_DATABASE_URL: 'postgresql://a@b/c' }, 'need a common queue'],
  ])('refuses %s in one line', (_what, env, line) => {
    expect(() => serviceSettings('redemption', shared(env))).toThrow(expect.objectContaining({ name: 'StartupFault', message: expect.stringContaining(line) }));
  });

  it('holds the first remittance of a payee, unless the operator says otherwise', () => {
    const hold = (env: Environment) => serviceSettings('settlement', shared({ DATABASE_URL: SERVER, ...env })).holdFirstRemittance;
    expect([hold({}), hold({ MEREAU_HOLD_FIRST_REMITTANCE: 'on' }), hold({ MEREAU_HOLD_FIRST_REMITTANCE: 'off' })]).toEqual([true, true, false]);
    expect(() => hold({ MEREAU_HOLD_FIRST_REMITTANCE: 'no' })).toThrow('MEREAU_HOLD_FIRST_REMITTANCE');
  });

  it('lets a changed bank account cool off for as long as the operator says', () => {
    const hours = (env: Environment) => serviceSettings('settlement', shared({ DATABASE_URL: SERVER, ...env })).coolingOffHours;
    expect([hours({}), hours({ MEREAU_COOLING_OFF_HOURS: '24' }), hours({ MEREAU_COOLING_OFF_HOURS: '0' })]).toEqual([undefined, 24, 0]);
    for (const wrong of ['never', '-1', '1.5']) expect(() => hours({ MEREAU_COOLING_OFF_HOURS: wrong })).toThrow('MEREAU_COOLING_OFF_HOURS');
  });

  it('asks two people about sums above what the operator says', () => {
    const ceilings = (env: Environment) => {
      const { firstRunsCeilingCents, paymentCeilingCents } = serviceSettings('settlement', shared({ DATABASE_URL: SERVER, ...env }));
      return [firstRunsCeilingCents, paymentCeilingCents];
    };
    expect(ceilings({})).toEqual([undefined, undefined]);
    expect(ceilings({ MEREAU_FIRST_RUNS_CEILING_CENTS: '0', MEREAU_PAYMENT_CEILING_CENTS: '2500000' })).toEqual([0, 2_500_000]);
    for (const wrong of ['never', '-1', '1,5']) expect(() => ceilings({ MEREAU_PAYMENT_CEILING_CENTS: wrong })).toThrow('MEREAU_PAYMENT_CEILING_CENTS');
  });

  it('caps what fee rules take of places at what the operator says', () => {
    const cap = (env: Environment) => serviceSettings('settlement', shared({ DATABASE_URL: SERVER, ...env })).placeFeeCapBasisPoints;
    expect([cap({}), cap({ MEREAU_PLACE_FEE_CAP_BASIS_POINTS: '0' }), cap({ MEREAU_PLACE_FEE_CAP_BASIS_POINTS: '480' })]).toEqual([undefined, 0, 480]);
    for (const wrong of ['none', '-1', '10001', '4.8']) {
      expect(() => cap({ MEREAU_PLACE_FEE_CAP_BASIS_POINTS: wrong })).toThrow('MEREAU_PLACE_FEE_CAP_BASIS_POINTS');
    }
  });

  it('caps the yearly charge to places at what the operator says', () => {
    const cap = (env: Environment) => serviceSettings('settlement', shared({ DATABASE_URL: SERVER, ...env })).placeChargeCapCents;
    expect([cap({}), cap({ MEREAU_PLACE_CHARGE_CAP_CENTS: '0' }), cap({ MEREAU_PLACE_CHARGE_CAP_CENTS: '9240' })]).toEqual([undefined, 0, 9_240]);
    for (const wrong of ['none', '-1', '92.40']) expect(() => cap({ MEREAU_PLACE_CHARGE_CAP_CENTS: wrong })).toThrow('MEREAU_PLACE_CHARGE_CAP_CENTS');
  });

  it('takes cards only with a key of Stripe, and gives it to the two services that speak with Stripe', () => {
    const env = { DATABASE_URL: SERVER, STRIPE_SECRET_KEY: 'sk_test_a', STRIPE_WEBHOOK_SECRETS: 'whsec_a, whsec_b', STRIPE_API_BASE: 'http://127.0.0.1:1' };
    expect(serviceSettings('issuance', shared({ DATABASE_URL: SERVER })).cardProcessor).toBeUndefined();
    expect(serviceSettings('issuance', shared(env)).cardProcessor)
      .toEqual({ secretKey: 'sk_test_a', webhookSecrets: ['whsec_a', 'whsec_b'], apiBase: 'http://127.0.0.1:1' });
    expect(serviceSettings('settlement', shared({ ...env, SETTLEMENT_STRIPE_SECRET_KEY: 'rk_test_b', SETTLEMENT_STRIPE_WEBHOOK_SECRETS: 'whsec_c' })).cardProcessor)
      .toMatchObject({ secretKey: 'rk_test_b', webhookSecrets: ['whsec_c'] });
    expect(serviceSettings('redemption', shared(env)).cardProcessor).toBeUndefined();
  });

  it('takes direct debits only where it is said how much may be open, in all and of one payer', () => {
    const env = { DATABASE_URL: SERVER, STRIPE_SECRET_KEY: 'sk_test_a', STRIPE_WEBHOOK_SECRETS: 'whsec_a' };
    const limits = { STRIPE_SEPA_EXPOSURE_CENTS: '5000000', STRIPE_SEPA_PAYER_EXPOSURE_CENTS: '1000000' };
    expect(serviceSettings('issuance', shared({ ...env, ...limits })).cardProcessor).not.toHaveProperty('sepaDebit');
    expect(serviceSettings('issuance', shared({ ...env, ...limits, STRIPE_SEPA_DEBIT: 'on' })).cardProcessor)
      .toMatchObject({ sepaDebit: { exposureCents: 5_000_000, exposurePerPayerCents: 1_000_000 } });
  });

  it.each<[string, Environment, string]>([
    ['a key without the secret of the webhooks', { STRIPE_SECRET_KEY: 'sk_test_a' }, 'set STRIPE_WEBHOOK_SECRETS'],
    ['direct debits without a limit', { ...CARDS, STRIPE_SEPA_DEBIT: 'on', STRIPE_SEPA_EXPOSURE_CENTS: '5' }, 'set STRIPE_SEPA_PAYER_EXPOSURE_CENTS'],
    ['a limit that is no number of cents', { ...CARDS, STRIPE_SEPA_DEBIT: 'on', STRIPE_SEPA_EXPOSURE_CENTS: '5,00' }, 'set STRIPE_SEPA_EXPOSURE_CENTS'],
    ['direct debits that are neither on nor off', { ...CARDS, STRIPE_SEPA_DEBIT: 'yes' }, 'STRIPE_SEPA_DEBIT is on or off'],
    ['play money in production', { STRIPE_SECRET_KEY: 'sk_test_a', STRIPE_WEBHOOK_SECRETS: 'w', MEREAU_ENV: 'production' }, 'play money'],
  ])('refuses %s', (_what, env, line) => {
    const { program, ...rest } = shared({ DATABASE_URL: SERVER });
    const environment = env['MEREAU_ENV'] === 'production' ? 'production' as const : program.environment;
    const settings = { ...rest, program: { ...program, environment }, env: { DATABASE_URL: SERVER, ...env } };
    expect(() => serviceSettings('issuance', settings)).toThrow(expect.objectContaining({ name: 'StartupFault', message: expect.stringContaining(line) }));
  });

  it('asks identity where the program itself is, unless told otherwise', () => {
    const env = { DATABASE_URL: SERVER, HOST: '0.0.0.0', PORT: '3100' };
    expect(serviceSettings('redemption', shared(env)).identityUrl).toBe('http://127.0.0.1:3100');
    expect(serviceSettings('redemption', shared({ ...env, MEREAU_IDENTITY_URL: 'http://identity:3000' })).identityUrl).toBe('http://identity:3000');
    expect(localUrl({ host: '::1', port: 3 })).toBe('http://[::1]:3');
  });
});
