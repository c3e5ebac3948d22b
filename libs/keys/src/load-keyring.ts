import { developmentKeys } from './key-file.js';
import { PEPPER, readKeySettings, SIGNING, WRAPPING } from './key-settings.js';
import type { KeyEnvironment } from './key-settings.js';
import { Keyring } from './keyring.js';
import { withReceived } from './received-keys.js';
import type { SigningPurpose } from './signing-key.js';

export type KeyringOptions = Readonly<{
  env: KeyEnvironment;
  /** Where `keys.json` lives in development (not looked at in production), and `received-keys.json` after a take-over. */
  dataDirectory: string;
  /** What this service signs. Only identity signs tokens and only audit signs checkpoints: others need no such key. */
  signs?: readonly SigningPurpose[];
}>;

const OPEN_ENVIRONMENTS = new Set([undefined, '', 'development', 'test']);

/** A name that we do not know (`prod`, `staging`) counts as production: the strict reading is the safe one. */
export const isProduction = (env: KeyEnvironment): boolean => !OPEN_ENVIRONMENTS.has(env['MEREAU_ENV']);

/**
 * Each kind of key comes whole from one place: an id from the file never names a key from the environment. The pepper
 * goes with the wrapping key, so that a service that needs no file hashes codes as one that does.
 */
function completed(env: KeyEnvironment, file: KeyEnvironment): KeyEnvironment {
  const from = (kind: object, given: boolean) =>
    Object.values(kind).map((name: string): [string, string | undefined] => [name, (given ? env : file)[name]]);
  const wrapping = Boolean(env[WRAPPING.key]);
  return Object.fromEntries([
    ...from(WRAPPING, wrapping),
    ...from(PEPPER, wrapping || Boolean(env[PEPPER.key])),
    ...Object.values(SIGNING).flatMap((kind) => from(kind, Boolean(env[kind.key]))),
  ]);
}

/** Throws KeyConfigurationFault with a line for each missing, malformed or (in production) worthless key. */
export function loadKeyring({ env, dataDirectory, signs = [] }: KeyringOptions): Keyring {
  const production = isProduction(env);
  const needed = [WRAPPING.key, ...signs.map((purpose) => SIGNING[purpose].key)];
  const complete = production || needed.every((name) => env[name]);
  const keys = complete ? env : completed(env, developmentKeys(dataDirectory));
  return new Keyring(withReceived(readKeySettings(keys, signs, production), dataDirectory));
}
