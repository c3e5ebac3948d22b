// A device as a till's browser holds it: a key pair of WebCrypto that cannot be taken out, and what it signs with it.
import { webcrypto } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { enrolmentText, requestText } from '../../apps/redemption/src/device-signature/device-key.js';
import type { Answer, RedemptionApp } from './redemption-app.js';
import type { Till } from './redemption-scheme.js';

const ALGORITHMS = {
  Ed25519: [{ name: 'Ed25519' }, { name: 'Ed25519' }],
  'P-256': [{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }],
} as const;
export type Curve = keyof typeof ALGORITHMS;

export type Signing = Readonly<{
  key?: string; timestamp?: string;
  /** What is sent instead of what was signed. */
  sent?: object;
}>;

export class TillDevice {
  deviceId = '';

  private constructor(private readonly app: RedemptionApp, private readonly curve: Curve, private readonly pair: webcrypto.CryptoKeyPair) {}

  static async make(app: RedemptionApp, curve: Curve = 'Ed25519'): Promise<TillDevice> {
    const pair = await webcrypto.subtle.generateKey(ALGORITHMS[curve][0], false, ['sign', 'verify']) as webcrypto.CryptoKeyPair;
    return new TillDevice(app, curve, pair);
  }

  /** As the till's page asks to be enrolled; `code` as the manager reads it out. */
  async enrol(till: Till, code: string, name = 'Tablette'): Promise<Answer> {
    const answer = await this.app.call('devices', { token: till.token, body: await this.request(code, name) });
    if (answer.status === 201) this.deviceId = String(answer.body['deviceId']);
    return answer;
  }

  async request(code: string, name = 'Tablette'): Promise<object> {
    const publicKey = await webcrypto.subtle.exportKey('jwk', this.pair.publicKey);
    return { code, name, publicKey, proof: await this.sign(enrolmentText(code.replaceAll('-', ''))) };
  }

  /** A POST that this device signs. */
  async post(till: Till, path: string, body: object, signing: Signing = {}): Promise<Answer> {
    const { key = uuidv7(), timestamp, sent = body } = signing;
    const at = timestamp ?? this.app.clock.override()!.toISOString();
    const text = requestText({ method: 'POST', path: `/redemption/${path}`, key, timestamp: at, body: Buffer.from(JSON.stringify(body)) });
    const headers = { 'device-id': this.deviceId, 'device-timestamp': at, 'device-signature': await this.sign(text) };
    return this.app.call(path, { token: till.token, key, body: sent, headers });
  }

  private async sign(text: string): Promise<string> {
    return Buffer.from(await webcrypto.subtle.sign(ALGORITHMS[this.curve][1], this.pair.privateKey, Buffer.from(text))).toString('base64url');
  }
}

const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
type SealedText = Readonly<{ id: string; capturedAt: string; text: string }>;

/** As the till's page seals a code that it captures without a network. */
export async function sealAs({ keyId, publicKey }: Readonly<{ keyId: string; publicKey: object }>, { id, capturedAt, text }: SealedText) {
  const pair = await webcrypto.subtle.generateKey(ECDH, false, ['deriveBits']) as webcrypto.CryptoKeyPair;
  const server = await webcrypto.subtle.importKey('jwk', publicKey, ECDH, false, []);
  const secret = await webcrypto.subtle.deriveBits({ name: 'ECDH', public: server }, pair.privateKey, 256);
  const master = await webcrypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: Buffer.from(`mereau-offline-code-1\n${id}`) };
  const key = await webcrypto.subtle.deriveKey(how, master, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const ciphertext = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: Buffer.from(`${id}\n${capturedAt}`) }, key, Buffer.from(text));
  const base64url = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(bytes as ArrayBuffer).toString('base64url');
  return { keyId, ephemeralKey: base64url(await webcrypto.subtle.exportKey('raw', pair.publicKey)), iv: base64url(iv), ciphertext: base64url(ciphertext) };
}
