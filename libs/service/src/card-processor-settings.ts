// Where card payments go. Off unless a key is given; with a key, everything that it needs is asked for at start.
import { StartupFault, type Schema } from '#libs/persistence';
import type { Environment, ProgramSettings } from './config.js';

export type CardProcessorSettings = Readonly<{
  secretKey: string;
  /** Default: Stripe itself. */
  apiBase?: string;
  /** Of this service's endpoint; two while one is being replaced. */
  webhookSecrets: readonly string[];
}>;

/** Only these two speak with Stripe: one is paid through it, the other keeps its balance. */
const SPEAKS: readonly Schema[] = ['issuance', 'settlement'];

/**
 * `STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRETS` (by comma) and `STRIPE_API_BASE`; the first two for one service alone with
 * its name in front, so that each may have a key that can do only what it needs. Throws StartupFault.
 */
export function cardProcessorOf(service: Schema, env: Environment, program: ProgramSettings): CardProcessorSettings | undefined {
  const own = (name: string) => env[`${service.toUpperCase()}_${name}`] || env[name];
  const secretKey = own('STRIPE_SECRET_KEY');
  if (!SPEAKS.includes(service) || !secretKey) return undefined;
  if (program.environment === 'production' && !/_live_/.test(secretKey)) {
    throw new StartupFault('STRIPE_SECRET_KEY is a test key: in production, play money must not fund an order');
  }
  const webhookSecrets = (own('STRIPE_WEBHOOK_SECRETS') ?? '').split(',').map((secret) => secret.trim()).filter(Boolean);
  if (webhookSecrets.length === 0) throw new StartupFault('set STRIPE_WEBHOOK_SECRETS: without it nobody can tell Stripe from a stranger');
  const apiBase = env['STRIPE_API_BASE'];
  return { secretKey, webhookSecrets, ...(apiBase && { apiBase }) };
}
