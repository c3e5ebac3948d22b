// The one place that has keys. Everything that protects something asks here by purpose and key id; no key crosses a
// queue, and none is shown by logging a keyring: its keys are private fields.
import { createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { unwrapKey, wrapKey } from './batch-key.js';
import type { BatchKey, WrappedKey } from './batch-key.js';
import { BatchMacs } from './batch-macs.js';
import { codeMac } from './code-mac.js';
import type { CodeMac } from './code-mac.js';
import { encodeCrockford } from './crockford.js';
import { derive } from './derive.js';
import { KeyFault } from './key-fault.js';
import type { KeySettings, NamedKey, Signer } from './key-settings.js';
import { storedKeys, type ReceivedKeys } from './received-keys.js';
import { openSealed, readReceivingKey, receivingKeyOf, sealTo, type ReceivingKey, type SealedKeys } from './receiving-key.js';
import { Serials } from './serial.js';
import type { JsonWebKeySet, SigningKey, SigningPurpose, VerifyingKey } from './signing-key.js';
import type { VoucherCode } from './voucher-code.js';

export type KeyedMac = Readonly<{ keyId: string; mac: CodeMac }>;

export class Keyring {
  /** The id under which batch keys are wrapped from now on. */
  readonly wrappingKeyId: string;
  /** The id under which codes are hashed from now on. */
  readonly pepperKeyId: string;
  readonly #wrapping: ReadonlyMap<string, Buffer>;
  readonly #peppers: ReadonlyMap<string, KeyObject>;
  readonly #givenPeppers: readonly NamedKey[];
  readonly #signers: KeySettings['signers'];

  constructor({ wrapping, peppers, receivedPeppers = [], signers }: KeySettings) {
    const derived = wrapping.map(({ keyId, bytes }): NamedKey => ({ keyId, bytes: derive(bytes, 'pepper', keyId) }));
    this.#wrapping = new Map(wrapping.map(({ keyId, bytes }) => [keyId, bytes]));
    this.#peppers = new Map([...peppers, ...receivedPeppers, ...derived].map(({ keyId, bytes }) => [keyId, createSecretKey(bytes)]));
    this.#givenPeppers = [...peppers, ...receivedPeppers];
    this.#signers = signers;
    this.wrappingKeyId = wrapping[0].keyId;
    this.pepperKeyId = peppers[0]?.keyId ?? this.wrappingKeyId;
  }

  wrap(key: BatchKey): WrappedKey {
    return wrapKey(this.#batchWrapping(this.wrappingKeyId), this.wrappingKeyId, key);
  }

  /** Throws KeyFault for an unknown key id or altered bytes. */
  unwrap(wrapped: WrappedKey): BatchKey {
    return unwrapKey(this.#batchWrapping(wrapped.keyId), wrapped);
  }

  /** The same batch key under the current wrapping key; what already is under it comes back as it is. */
  rewrap(wrapped: WrappedKey): WrappedKey {
    return wrapped.keyId === this.wrappingKeyId ? wrapped : this.wrap(this.unwrap(wrapped));
  }

  /** The hash that stands for a code. An older batch is asked with the pepper's id that the batch carries. */
  codeMac(code: VoucherCode, keyId: string = this.pepperKeyId): KeyedMac {
    const pepper = this.#peppers.get(keyId);
    if (!pepper) throw new KeyFault(`no pepper with id ${keyId}`);
    return { keyId, mac: codeMac(pepper, code) };
  }

  /** The same hashes for the codes of a whole batch, a million in seconds. To be wiped after. */
  batchMacs(batchKey: BatchKey, keyId: string): BatchMacs {
    const pepper = this.#peppers.get(keyId);
    if (!pepper) throw new KeyFault(`no pepper with id ${keyId}`);
    return new BatchMacs(batchKey, pepper.export());
  }

  /** A new name for the permutation of one batch; it says which wrapping key it belongs to, and is no secret. */
  newSerialPermutationId(): string {
    return `${this.wrappingKeyId}.${encodeCrockford(randomBytes(10), 16)}`;
  }

  serials(serialPermutationId: string): Serials {
    const keyId = serialPermutationId.slice(0, Math.max(serialPermutationId.indexOf('.'), 0));
    return new Serials(derive(this.#wrappingKey(keyId), 'serial', serialPermutationId));
  }

  /**
   * 32 bytes for a purpose, e.g. `db-role:issuance`. They change with the wrapping key: what must outlive a rotation
   * (a keyed hash of an IBAN) stores the key id beside it and asks for it again.
   */
  deriveSecret(purpose: string, keyId: string = this.wrappingKeyId): Buffer {
    return derive(this.#wrappingKey(keyId), 'secret', purpose);
  }

  /** All wrapping keys that this process has, the current one first. */
  wrappingKeyIds(): string[] {
    return [...this.#wrapping.keys()];
  }

  /** A public mark of a wrapping key: kept with the data, it tells at start that another key came under the same id. */
  checkValue(keyId: string = this.wrappingKeyId): string {
    return derive(this.#wrappingKey(keyId), 'check-value', keyId).toString('hex').slice(0, 16);
  }

  signingKey(purpose: SigningPurpose): SigningKey {
    return this.#signer(purpose).current;
  }

  /** The key of a signature, current or past; undefined for a key id that was never ours. */
  verifyingKey(purpose: SigningPurpose, keyId: string): VerifyingKey | undefined {
    const { current, old } = this.#signer(purpose);
    return [current, ...old].find((key) => key.keyId === keyId);
  }

  /** Public halves, the current one first: what others need to verify, and nothing else. */
  jwks(purpose: SigningPurpose): JsonWebKeySet {
    const { current, old } = this.#signer(purpose);
    return { keys: [current, ...old].map((key) => key.jwk) };
  }

  /** The public half of the key that a cession to this installation is sealed to. */
  receivingKey(): Pick<ReceivingKey, 'keyId' | 'pem'> {
    const { keyId, pem } = this.#receivingKey();
    return { keyId, pem };
  }

  /** Everything that vouchers, serials and old checkpoints need, sealed; no key that signs is in it. Needs the checkpoint key loaded. */
  sealForReceiver(receiverPem: string, release: Uint8Array): SealedKeys {
    const { current, old } = this.#signer('audit-checkpoint');
    const shown = ({ keyId, bytes }: NamedKey) => ({ keyId, key: bytes.toString('base64') });
    const keys: ReceivedKeys = {
      wrapping: [...this.#wrapping].map(([keyId, bytes]) => shown({ keyId, bytes })),
      peppers: this.#givenPeppers.map(shown),
      checkpoints: [current, ...old].map(({ publicKey }) =>
        Buffer.from(publicKey.export({ format: 'pem', type: 'spki' }).toString()).toString('base64')),
    };
    return sealTo(readReceivingKey(receiverPem), release, JSON.stringify(keys));
  }

  /** The text of `received-keys.json`, under the own wrapping key. Throws KeyFault where they do not open, or an id is taken. */
  receive(sealed: SealedKeys, release: Uint8Array): string {
    const received = JSON.parse(openSealed(this.#receivingKey(), release, sealed)) as ReceivedKeys;
    const twin = [...received.wrapping, ...received.peppers].find(({ keyId }) => this.#peppers.has(keyId));
    if (twin) throw new KeyFault(`both installations name a key ${twin.keyId}: give the own one another id (MEREAU_WRAPPING_KEY_ID) and ask for another cession`);
    return storedKeys(received, { keyId: this.wrappingKeyId, bytes: this.#wrappingKey(this.wrappingKeyId) });
  }

  #receivingKey(): ReceivingKey {
    return receivingKeyOf(this.deriveSecret('receiving-key'));
  }

  #batchWrapping(keyId: string): Buffer {
    return derive(this.#wrappingKey(keyId), 'batch-key', keyId);
  }

  #wrappingKey(keyId: string): Buffer {
    const key = this.#wrapping.get(keyId);
    if (!key) throw new KeyFault(`no wrapping key with id ${keyId}: is it missing from MEREAU_WRAPPING_KEYS_OLD?`);
    return key;
  }

  #signer(purpose: SigningPurpose): Signer {
    const signer = this.#signers[purpose];
    if (!signer) throw new KeyFault(`this keyring was loaded without ${purpose} among what it signs`);
    return signer;
  }
}
