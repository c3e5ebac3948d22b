// Reads the keys from the environment and says everything that is wrong with them at once, a sentence each. No sentence
// holds a part of a key.
import { KeyConfigurationFault } from './key-fault.js';
import { weaknessOf } from './published-keys.js';
import { readSigningKey, readVerifyingKey } from './signing-key.js';
import type { SigningKey, SigningPurpose, VerifyingKey } from './signing-key.js';

export type KeyEnvironment = Readonly<Record<string, string | undefined>>;
export type NamedKey = Readonly<{ keyId: string; bytes: Buffer }>;
export type Signer = Readonly<{ current: SigningKey; old: readonly VerifyingKey[] }>;
export type KeySettings = Readonly<{
  wrapping: readonly [NamedKey, ...NamedKey[]];
  /** Given peppers, the current one first; empty when they are derived from the wrapping keys. */
  peppers: readonly NamedKey[];
  /** Given ones of an operator before; never the current one. */
  receivedPeppers?: readonly NamedKey[];
  signers: Readonly<Partial<Record<SigningPurpose, Signer>>>;
}>;

/** The variables of one kind of key: the current one, its id, and `id:base64,id:base64` of the ones before. */
export const WRAPPING = {
  key: 'MEREAU_WRAPPING_KEY', id: 'MEREAU_WRAPPING_KEY_ID', old: 'MEREAU_WRAPPING_KEYS_OLD',
} as const;
export const PEPPER = { key: 'MEREAU_PEPPER', id: 'MEREAU_PEPPER_ID', old: 'MEREAU_PEPPERS_OLD' } as const;
export const SIGNING: Readonly<Record<SigningPurpose, Readonly<{ key: string; old: string }>>> = {
  'identity-token': { key: 'MEREAU_SIGNING_KEY', old: 'MEREAU_SIGNING_KEYS_OLD' },
  'audit-checkpoint': { key: 'MEREAU_CHECKPOINT_SIGNING_KEY', old: 'MEREAU_CHECKPOINT_SIGNING_KEYS_OLD' },
};

/** Ids stand in tables and in serial permutation ids: short, plain, and without the dot that ends them there. */
const KEY_ID = /^[a-z0-9][a-z0-9-]{0,15}$/;
const KEY_BYTES = 32;

class SettingsReader {
  readonly lines: string[] = [];
  constructor(private readonly env: KeyEnvironment, private readonly production: boolean) {}

  /** The current key and the old ones; empty when the current one is not set. */
  family(names: typeof WRAPPING | typeof PEPPER): NamedKey[] {
    const text = this.env[names.key]?.trim();
    const old = this.list(names.old);
    if (!text) {
      if (old.length > 0) this.lines.push(`${names.old} is set, but ${names.key} is not.`);
      return [];
    }
    const keyId = this.env[names.id]?.trim();
    if (!keyId) this.lines.push(`${names.id} is missing: a key needs a name, and a new name when it is replaced.`);
    const current = this.named(names.key, keyId || 'unnamed', text);
    const keys = [current, ...old.map((entry) => this.oldKey(names.old, entry))];
    this.refuseTwins(names.key, keys);
    return keys;
  }

  signer(purpose: SigningPurpose): Signer | undefined {
    const { key, old } = SIGNING[purpose];
    const text = this.env[key]?.trim();
    if (!text) {
      this.lines.push(`${key} is missing: base64 of a PEM (openssl genpkey -algorithm ed25519 | base64 -w0).`);
      return undefined;
    }
    const current = this.ed25519(key, () => readSigningKey(text));
    const past = this.list(old).map((entry) => this.ed25519(old, () => readVerifyingKey(entry)));
    if (!current) return undefined;
    const seed = current.privateKey.export({ format: 'jwk' }).d ?? '';
    this.refuseWeak(key, Buffer.from(seed, 'base64url'));
    return { current, old: past.filter((entry) => entry !== undefined) };
  }

  private list(name: string): string[] {
    return (this.env[name] ?? '').split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  }

  private oldKey(variable: string, entry: string): NamedKey {
    const colon = entry.indexOf(':');
    return this.named(variable, entry.slice(0, Math.max(colon, 0)).trim(), entry.slice(colon + 1).trim());
  }

  private named(variable: string, keyId: string, text: string): NamedKey {
    if (!KEY_ID.test(keyId)) {
      // The id is not quoted: where the two were exchanged, it is the key.
      this.lines.push(`${variable}: an id is 1 to 16 small letters, digits or dashes, before the key (id:base64).`);
    }
    const bytes = Buffer.from(text, 'base64');
    const plain = (base64: string) => base64.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
    // Buffer.from skips what it cannot read: a key that lost characters on the way must not become another key.
    if (plain(bytes.toString('base64')) !== plain(text)) this.lines.push(`${variable} is not base64.`);
    else if (bytes.length !== KEY_BYTES) {
      this.lines.push(`${variable} has ${bytes.length} bytes; it needs 32 (openssl rand -base64 32).`);
    } else this.refuseWeak(variable, bytes);
    return { keyId, bytes };
  }

  private refuseWeak(variable: string, bytes: Buffer): void {
    const weakness = this.production ? weaknessOf(bytes) : undefined;
    if (weakness) this.lines.push(`${variable} ${weakness}; draw a new one.`);
  }

  /** Two keys under one id, or one key under two: one of them was meant to be replaced and was not. */
  private refuseTwins(variable: string, keys: readonly NamedKey[]): void {
    if (new Set(keys.map((key) => key.keyId)).size < keys.length) {
      this.lines.push(`${variable}: two keys have the same id; a new key needs a new id.`);
    }
    if (new Set(keys.map((key) => key.bytes.toString('hex'))).size < keys.length) {
      this.lines.push(`${variable}: the same key stands under two ids.`);
    }
  }

  private ed25519<Key>(variable: string, read: () => Key): Key | undefined {
    try {
      return read();
    } catch {
      // The library's own message is left out: it may quote what it was given.
      this.lines.push(`${variable} is not base64 of an Ed25519 key in PEM.`);
      return undefined;
    }
  }
}

/** Throws KeyConfigurationFault with a line for every problem. */
export function readKeySettings(
  env: KeyEnvironment, signs: readonly SigningPurpose[], production: boolean,
): KeySettings {
  const reader = new SettingsReader(env, production);
  const [current, ...old] = reader.family(WRAPPING);
  if (!current) reader.lines.push(`${WRAPPING.key} is missing: 32 random bytes (openssl rand -base64 32).`);
  const peppers = reader.family(PEPPER);
  const derived = new Set([current, ...old].map((key) => key?.keyId));
  if (peppers.some((pepper) => derived.has(pepper.keyId))) {
    reader.lines.push(`${PEPPER.id}: this id is that of a wrapping key, and so of the pepper derived from it.`);
  }
  const signers = Object.fromEntries(signs.map((purpose) => [purpose, reader.signer(purpose)]));
  if (reader.lines.length > 0 || !current) throw new KeyConfigurationFault(reader.lines);
  return { wrapping: [current, ...old], peppers, signers };
}
