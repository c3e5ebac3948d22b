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
