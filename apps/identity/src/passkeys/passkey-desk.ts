// What devices are asked, and whether what they answered is genuine. The arithmetic is that of @simplewebauthn/server; which site is
// ours is said by the settings and never by a request, or a page of somebody else's could ask in our name.
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import type { Keyring } from '#libs/keys';
import { PASSKEY_CHALLENGE_SECONDS } from '../limits.js';
import { makeChallenge, readChallenge, type Asker } from './challenge.js';
import type { Answered } from './passkey.decision.js';
import { bytesOfUuid, uuidOf } from './uuid-bytes.js';

/** All in base64url, as browsers write them. */
export type NewCredential = Readonly<{ id: string; clientDataJson: string; attestationObject: string; transports: readonly string[] }>;
export type Assertion = Readonly<{
  id: string; clientDataJson: string; authenticatorData: string; signature: string; userHandle?: string | undefined;
}>;
/** A credential that a device may use, or must not make again. */
export type Descriptor = Readonly<{ credentialId: Uint8Array; transports: readonly string[] }>;
export type Key = Descriptor & Readonly<{ publicKey: Uint8Array; counter: number }>;
export type Added = Answered & Readonly<{ credentialId: Uint8Array; publicKey: Uint8Array; counter: number }>;
export type Shown = Answered & Readonly<{ counter: number }>;
type Someone = Readonly<{ userId: string; email: string; name: string }>;
/** ES256, EdDSA and RS256 (COSE): what phones, keys and Windows make. */
const ALGORITHMS = [-7, -8, -257];
const SITE_NAME = 'Méreau';
const NOTHING = new Uint8Array();
const NOTHING_ADDED: Added = { isGenuine: false, userVerified: false, credentialId: NOTHING, publicKey: NOTHING, counter: 0 };

export class PasskeyDesk {
  private readonly site: Readonly<{ origin: string; host: string }>;

  /** `baseUrl`: the public address of the pages. Real time, as codes and tokens have it. */
  constructor(private readonly keyring: Keyring, baseUrl: string, private readonly nowMs: () => number = Date.now) {
    const { origin, hostname } = new URL(baseUrl);
    this.site = { origin, host: hostname };
  }

  get now(): Date {
    return new Date(this.nowMs());
  }

  /** For `navigator.credentials.create`. No attestation: which make a device is of is nobody's business. */
  creation(asker: Asker, { userId, email, name }: Someone, held: readonly Descriptor[]) {
    return {
      challenge: makeChallenge(this.keyring, asker, this.nowMs()), rp: { id: this.site.host, name: SITE_NAME },
      user: { id: bytesOfUuid(userId).toString('base64url'), name: email, displayName: name },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })), timeout: PASSKEY_CHALLENGE_SECONDS * 1_000,
      attestation: 'none' as const, excludeCredentials: held.map(descriptorOf),
      authenticatorSelection: { residentKey: 'required' as const, requireResidentKey: true, userVerification: 'required' as const },
    };
  }

  /** For `navigator.credentials.get`; at the door the device says which keys it has. */
  request(asker: Asker, held: readonly Descriptor[] = []) {
    return {
      challenge: makeChallenge(this.keyring, asker, this.nowMs()), rpId: this.site.host, timeout: PASSKEY_CHALLENGE_SECONDS * 1_000,
      userVerification: 'required' as const, allowCredentials: held.map(descriptorOf),
    };
  }

  /** The id of the challenge that was answered; undefined when it is not one of this asker, or too old. */
  challengeId(asker: Asker, clientDataJson: string): string | undefined {
    const challenge = challengeIn(clientDataJson);
    return challenge === undefined ? undefined : readChallenge(this.keyring, asker, challenge, this.nowMs());
  }

  async added({ id, clientDataJson, attestationObject, transports }: NewCredential): Promise<Added> {
    return genuineOr(NOTHING_ADDED, async () => {
      if (!isUnattested(attestationObject)) return NOTHING_ADDED;
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: clientDataJson, attestationObject, transports: [...transports] as never[] } },
        // Whose challenge it is was read before: here it only has to be the one that was signed.
        expectedChallenge: challengeIn(clientDataJson)!, expectedOrigin: this.site.origin, expectedRPID: this.site.host,
        // Judged by the decision, which tells a device without a PIN from a forgery.
        requireUserVerification: false, supportedAlgorithmIDs: ALGORITHMS,
      });
      if (!verified) return NOTHING_ADDED;
      const { credential, userVerified } = registrationInfo;
      if (credential.id !== id) return NOTHING_ADDED;
      return { isGenuine: true, userVerified, credentialId: Buffer.from(id, 'base64url'), publicKey: credential.publicKey, counter: credential.counter };
    });
  }

  async shown({ id, clientDataJson, authenticatorData, signature }: Assertion, { publicKey, counter }: Key): Promise<Shown> {
    const forged: Shown = { isGenuine: false, userVerified: false, counter };
    return genuineOr(forged, async () => {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: clientDataJson, authenticatorData, signature } },
        expectedChallenge: challengeIn(clientDataJson)!, expectedOrigin: this.site.origin, expectedRPID: this.site.host,
        credential: { id, publicKey: new Uint8Array(publicKey), counter }, requireUserVerification: false,
      });
      return verified ? { isGenuine: true, userVerified: authenticationInfo.userVerified, counter: authenticationInfo.newCounter } : forged;
    });
  }
}

/** Whose the device says that a key is; undefined where it says nothing, or nothing of ours. */
export function userIn({ userHandle }: Assertion): string | undefined {
  const bytes = Buffer.from(userHandle ?? '', 'base64url');
  return bytes.length === 16 ? uuidOf(bytes) : undefined;
}

const descriptorOf = ({ credentialId, transports }: Descriptor) =>
  ({ id: Buffer.from(credentialId).toString('base64url'), type: 'public-key' as const, transports: [...transports] });

function challengeIn(clientDataJson: string): string | undefined {
  try {
    const { challenge } = decodeClientDataJSON(clientDataJson);
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What was asked for: no attestation, or one of the key by itself. One with certificates is refused before the library looks at it, because
 * it would fetch the lists of revocations that they name, from wherever a stranger says.
 */
function isUnattested(attestationObject: string): boolean {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const format = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}

/** The library throws where an answer is not ours, well formed or signed: all of it comes from outside, and is forged until it is not. */
async function genuineOr<T>(forged: T, verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch {
    return forged;
  }
}
