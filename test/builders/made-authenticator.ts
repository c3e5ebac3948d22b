// A made authenticator: what a phone or a security key does with a passkey, in memory, so that a test can also do what no device would. It
// writes real attestations (`none`) and real assertions (ES256); the CBOR is as much of RFC 8949 as they need.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export type Creation = Readonly<{ challenge: string; rp: { id: string }; user: { id: string } }>;
export type Request = Readonly<{ challenge: string; rpId: string }>;
/** What goes otherwise than on an honest device of an honest page. */
export type Twist = Readonly<{
  origin?: string; host?: string; userVerified?: boolean; challenge?: string; userHandle?: string | undefined; type?: string;
  /** In the place of the one more than the last. */
  counter?: number;
  /** Of a device that signs with another key than it showed. */
  key?: KeyObject;
  attestation?: Readonly<{ format: string; statement: Cbor }>;
}>;
export type Cbor = number | string | Uint8Array | readonly Cbor[] | ReadonlyMap<number | string, Cbor>;

const [USER_PRESENT, USER_VERIFIED, HAS_CREDENTIAL] = [0x01, 0x04, 0x40];
const hash = (text: string | Buffer) => createHash('sha256').update(text).digest();
const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

export class MadeAuthenticator {
  readonly credentialId = randomBytes(16);
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private counter = 0;
  private user = '';

  /** `origin`: of the page that it is used on. */
  constructor(private readonly origin: string) {}

  /** The answer to `navigator.credentials.create`. */
  create({ challenge, rp, user }: Creation, twist: Twist = {}) {
    this.user = user.id;
    const key = this.pair.publicKey.export({ format: 'jwk' });
    const cose = new Map<number, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(key.x!, 'base64url')], [-3, Buffer.from(key.y!, 'base64url')]]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const authData = Buffer.concat([
      this.head(twist.host ?? rp.id, HAS_CREDENTIAL, twist), Buffer.alloc(16), length, this.credentialId, encode(cose),
    ]);
    const { format, statement } = twist.attestation ?? { format: 'none', statement: new Map() };
    const attestation = new Map<string, Cbor>([['fmt', format], ['attStmt', statement], ['authData', authData]]);
    return {
      id: b64(this.credentialId), clientDataJson: b64(this.clientData('webauthn.create', challenge, twist)),
      attestationObject: b64(encode(attestation)), transports: ['internal'],
    };
  }

  /** The answer to `navigator.credentials.get`. */
  get({ challenge, rpId }: Request, twist: Twist = {}) {
    const clientData = this.clientData('webauthn.get', challenge, twist);
    const authData = this.head(twist.host ?? rpId, 0, twist);
    const userHandle = 'userHandle' in twist ? twist.userHandle : this.user;
    return {
      id: b64(this.credentialId), clientDataJson: b64(clientData), authenticatorData: b64(authData),
      signature: b64(sign('sha256', Buffer.concat([authData, hash(clientData)]), twist.key ?? this.pair.privateKey)),
      ...(userHandle !== undefined && { userHandle }),
    };
  }

  private clientData(type: string, challenge: string, twist: Twist): Buffer {
    const honest = { type, challenge, origin: this.origin, crossOrigin: false };
    const { type: otherType = type, challenge: other = challenge, origin = this.origin } = twist;
    return Buffer.from(JSON.stringify({ ...honest, type: otherType, challenge: other, origin }));
  }

  private head(host: string, flags: number, { userVerified = true, counter }: Twist): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? (this.counter += 1));
    return Buffer.concat([hash(host), Buffer.from([flags | USER_PRESENT | (userVerified ? USER_VERIFIED : 0)]), count]);
  }
}

const [UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP] = [0, 1, 2, 3, 4, 5];

function encode(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? begin(NEGATIVE!, -1 - value) : begin(UNSIGNED!, value);
  if (typeof value === 'string') return Buffer.concat([begin(TEXT!, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([begin(BYTES!, value.length), value]);
  if (value instanceof Map) {
    const pairs = [...value as ReadonlyMap<number | string, Cbor>];
    return Buffer.concat([begin(MAP!, pairs.length), ...pairs.flatMap(([name, one]) => [encode(name), encode(one)])]);
  }
  const list = value as readonly Cbor[];
  return Buffer.concat([begin(LIST!, list.length), ...list.map(encode)]);
}

function begin(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument]);
  if (argument < 0x100) return Buffer.from([(major << 5) | 24, argument]);
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 0xff]);
}
