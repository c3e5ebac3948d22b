// From the environment to what each service's module is registered with: its own sign-in, its queue, its keys.
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Clock } from '#libs/kernel';
import { loadKeyring, type Keyring, type KeyringOptions } from '#libs/keys';
import type { QueueSettings } from '#libs/messaging';
import { roleOf, StartupFault, urlAs, type Schema } from '#libs/persistence';
import { cardProcessorOf } from './card-processor-settings.js';
import { readSettings, type Environment, type ProgramSettings } from './config.js';
import type { Logs } from './logs.js';
import { mailOf } from './mail-settings.js';
import { sellerOf } from './seller-settings.js';
import type { ServiceSettings } from './settings.js';

/** What the services of one process share. */
export type SharedSettings = Readonly<{
  env: Environment;
  program: ProgramSettings;
  keyring: Keyring;
  clock: Clock;
  logs: Logs;
}>;

/** Only these two services sign; the others need no such key. */
const SIGNS: Readonly<Partial<Record<Schema, KeyringOptions['signs']>>> = { identity: ['identity-token'], audit: ['audit-checkpoint'] };
const RESEND_MS = 5_000;
/** What an operator may decide otherwise. */
const rules = z.object({
  MEREAU_HOLD_FIRST_REMITTANCE: z.enum(['on', 'off']).default('on'),
  MEREAU_COOLING_OFF_HOURS: z.string().regex(/^\d{1,3}$/).transform(Number).optional(),
  MEREAU_FIRST_RUNS_CEILING_CENTS: z.string().regex(/^\d{1,12}$/).transform(Number).optional(),
  MEREAU_PAYMENT_CEILING_CENTS: z.string().regex(/^\d{1,12}$/).transform(Number).optional(),
  MEREAU_PLACE_CHARGE_CAP_CENTS: z.string().regex(/^\d{1,9}$/).transform(Number).optional(),
  MEREAU_PLACE_FEE_CAP_BASIS_POINTS: z.string().regex(/^(\d{1,4}|10000)$/).transform(Number).optional(),
});

/** Throws KeyConfigurationFault. In development it makes the keys at first start. */
export function keyringFor(services: readonly Schema[], program: ProgramSettings, env: Environment): Keyring {
  return loadKeyring({ env, dataDirectory: resolve(program.dataDir), signs: services.flatMap((service) => SIGNS[service] ?? []) });
}

/** The password of a service's role, the same in the process that makes the role and in the one that signs in. */
export const rolePasswords = (keyring: Keyring) => (role: string): string =>
  keyring.deriveSecret(`db-role:${role}`).toString('base64url');

/** Throws StartupFault when the environment does not say where the service's database or the common queue is. */
export function serviceSettings(service: Schema, shared: SharedSettings): ServiceSettings {
  const { env, program, keyring, clock, logs } = shared;
  const baseUrl = env['MEREAU_BASE_URL'] || localUrl(program);
  const cardProcessor = cardProcessorOf(service, env, program);
  const seller = service === 'issuance' || service === 'settlement' ? sellerOf(env, program) : undefined;
  const mail = service === 'identity' ? mailOf(env, program, clock) : undefined;
  return {
    databaseUrl: databaseUrlOf(service, shared), queue: queueOf(service, shared),
    keyring, clock, baseUrl, identityUrl: env['MEREAU_IDENTITY_URL'] || localUrl(program),
    log: logs.child({ context: service }), dataDir: resolve(program.dataDir), resendMs: RESEND_MS,
    ...operatorsRules(env),
    encryptsPrintFiles: program.environment === 'production',
    ...(cardProcessor && { cardProcessor }), ...(seller && { seller }), ...(mail && { mail }),
  };
}

function operatorsRules(env: Environment) {
  const {
    MEREAU_HOLD_FIRST_REMITTANCE: hold, MEREAU_COOLING_OFF_HOURS: coolingOffHours,
    MEREAU_FIRST_RUNS_CEILING_CENTS: firstRunsCeilingCents, MEREAU_PAYMENT_CEILING_CENTS: paymentCeilingCents,
    MEREAU_PLACE_FEE_CAP_BASIS_POINTS: placeFeeCapBasisPoints, MEREAU_PLACE_CHARGE_CAP_CENTS: placeChargeCapCents,
  } = readSettings(rules, env);
  return {
    holdFirstRemittance: hold === 'on', ...(coolingOffHours !== undefined && { coolingOffHours }),
    ...(firstRunsCeilingCents !== undefined && { firstRunsCeilingCents }),
    ...(paymentCeilingCents !== undefined && { paymentCeilingCents }),
    ...(placeFeeCapBasisPoints !== undefined && { placeFeeCapBasisPoints }),
    ...(placeChargeCapCents !== undefined && { placeChargeCapCents }),
  };
}

/** Where this machine finds the program itself: "every address" is none to call. */
export function localUrl({ host, port }: Pick<ProgramSettings, 'host' | 'port'>): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

const asRole = (service: Schema, url: string, keyring: Keyring): string =>
  urlAs(url, roleOf(service), rolePasswords(keyring)(roleOf(service)));

/** `<SERVICE>_DATABASE_URL` is used as it is; the common one is signed in to as the service's own role. */
function databaseUrlOf(service: Schema, { env, program, keyring }: SharedSettings): string {
  const name = `${service.toUpperCase()}_DATABASE_URL`;
  const own = env[name];
  if (own) return own;
  if (!program.databaseUrl) throw new StartupFault(`set DATABASE_URL or ${name}`);
  return asRole(service, program.databaseUrl, keyring);
}

/** All services meet in one queue: where it lives in PostgreSQL, that is the common database. */
function queueOf(service: Schema, { program, keyring }: SharedSettings): QueueSettings {
  if (program.redisUrl) return { kind: 'redis', url: program.redisUrl };
  if (!program.databaseUrl) throw new StartupFault('services with databases of their own need a common queue: set REDIS_URL, or DATABASE_URL');
  return { kind: 'postgres', url: asRole(service, program.databaseUrl, keyring) };
}
