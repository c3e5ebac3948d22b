// Where card payments go. Off unless a key is given; with a key, everything that it needs is asked for at start.
import { StartupFault, type Schema } from '#libs/persistence';
import type { Environment, ProgramSettings } from './config.js';

export type CardProcessorSettings = Readonly<{
  secretKey: string;
  /** Default: Stripe itself. */
  apiBase?: string;
  /** Of this service's endpoint; two while one is being replaced. */
  webhookSecrets: readonly string[];
  /** Absent where no direct debit is taken. */
  sepaDebit?: SepaDebitSettings;
}>;

/** How many cents of debits may be open at once: asked for, on their way, or paid and still to be taken back by their bank. */
export type SepaDebitSettings = Readonly<{ exposureCents: number; exposurePerPayerCents: number }>;

/** Only these two speak with Stripe: one is paid through it, the other keeps its balance. */
const SPEAKS: readonly Schema[] = ['issuance', 'settlement'];

/**
 * `STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRETS` (by comma) and `STRIPE_API_BASE`; the first two for one service alone with
 * its name in front, so that each may have a key that can do only what it needs. `STRIPE_SEPA_DEBIT=on` takes direct debits
 * too, up to `STRIPE_SEPA_EXPOSURE_CENTS` in all and `STRIPE_SEPA_PAYER_EXPOSURE_CENTS` of one payer. Throws StartupFault.
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
  const sepaDebit = sepaDebitOf(env);
  return { secretKey, webhookSecrets, ...(apiBase && { apiBase }), ...(sepaDebit && { sepaDebit }) };
}

/** Off unless somebody says how much may be lost: a bank takes a debit back for eight weeks without giving a reason. */
function sepaDebitOf(env: Environment): SepaDebitSettings | undefined {
  if (!['', 'on', 'off'].includes(env['STRIPE_SEPA_DEBIT'] ?? '')) throw new StartupFault('STRIPE_SEPA_DEBIT is on or off');
  if (env['STRIPE_SEPA_DEBIT'] !== 'on') return undefined;
  const [exposureCents, exposurePerPayerCents] = ['STRIPE_SEPA_EXPOSURE_CENTS', 'STRIPE_SEPA_PAYER_EXPOSURE_CENTS'].map((name) => {
    if (!/^[1-9]\d{0,11}$/.test(env[name] ?? '')) throw new StartupFault(`set ${name}: direct debits need a limit, in cents`);
    return Number(env[name]);
  }) as [number, number];
  return { exposureCents, exposurePerPayerCents };
}
