// The key pair to which tills seal the codes that they capture without a network. It is derived from the wrapping key, so that no
// file and no table holds it, a backup of the key folder has it, and what was sealed before a rotation still opens.
import { createDecipheriv, createECDH, hkdfSync, type ECDH } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isRejected } from '#libs/kernel';
import { KeyFault, Keyring, normaliseCode, type VoucherCode } from '#libs/keys';

export type Sealed = Readonly<{ keyId: string; ephemeralKey: string; iv: string; ciphertext: string }>;
/** `id` and `capturedAt` as they were sent: the seal is bound to both. */
export type SealedCapture = Readonly<{ id: string; capturedAt: string; sealed: Sealed }>;
export type OfflinePublicKey = Readonly<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>;

const PURPOSE = 'mereau-offline-code-1';
const COORDINATE_BYTES = 32;
const TAG_BYTES = 16;

@Injectable()
export class OfflineKeys {
  private readonly pairs = new Map<string, ECDH>();

  constructor(private readonly keyring: Keyring) {}

  /** What tills seal to from now on. */
  current(): Readonly<{ keyId: string; publicKey: OfflinePublicKey }> {
    const keyId = this.keyring.wrappingKeyId;
    const point = this.pairOf(keyId).getPublicKey().subarray(1);
    const [x, y] = [point.subarray(0, COORDINATE_BYTES), point.subarray(COORDINATE_BYTES)].map((half) => half.toString('base64url'));
    return { keyId, publicKey: { kty: 'EC', crv: 'P-256', x: x!, y: y! } };
  }

  /** The code of a capture; undefined where the seal does not open, or what it holds is no code. */
  open({ id, capturedAt, sealed }: SealedCapture): VoucherCode | undefined {
    const text = this.textOf(id, capturedAt, sealed);
    const code = text === undefined ? undefined : normaliseCode(text);
    return code === undefined || isRejected(code) ? undefined : code;
  }

  private textOf(id: string, capturedAt: string, { keyId, ephemeralKey, iv, ciphertext }: Sealed): string | undefined {
    const pair = this.knownPair(keyId);
    if (!pair) return undefined;
    try {
      const secret = pair.computeSecret(Buffer.from(ephemeralKey, 'base64url'));
      const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), `${PURPOSE}\n${id}`, 32));
      const bytes = Buffer.from(ciphertext, 'base64url');
      const opener = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(`${id}\n${capturedAt}`)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return opener.update(bytes.subarray(0, -TAG_BYTES)).toString() + opener.final().toString();
    } catch {
      // A point beside the curve, a tag that does not fit: all that is computed here comes from outside.
      return undefined;
    }
  }

  /** Undefined for a key that this installation never had, or has no more. */
  private knownPair(keyId: string): ECDH | undefined {
    try {
      return this.pairOf(keyId);
    } catch (error) {
      if (error instanceof KeyFault) return undefined;
      throw error;
    }
  }

  private pairOf(keyId: string): ECDH {
    const known = this.pairs.get(keyId);
    if (known) return known;
    const pair = createECDH('prime256v1');
    // One secret of 2^32 is no number below the order of the curve; then this throws, and the next rotation gives another.
    pair.setPrivateKey(this.keyring.deriveSecret('offline-codes', keyId));
    this.pairs.set(keyId, pair);
    return pair;
  }
}
