// What goes to and comes from a browser, as WebAuthn names it. Only what is used is let in.
import { z } from 'zod';
import { PASSKEY_NAME_LENGTH_MAX } from '../limits.js';

const base64url = (max: number) => z.string().regex(/^[A-Za-z0-9_-]+$/).max(max);
/** The longest that WebAuthn allows is 1023 bytes. */
const CredentialId = base64url(1_364);
const Transports = z.array(z.string().regex(/^[a-z-]{1,20}$/)).max(10);
const Descriptors = z.array(z.strictObject({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()) }));

export const PasskeyName = z.string().trim().min(1).max(PASSKEY_NAME_LENGTH_MAX);

export const NewCredentialBody = z.strictObject({
  id: CredentialId, clientDataJson: base64url(8_000), attestationObject: base64url(40_000), transports: Transports,
});

export const AssertionBody = z.strictObject({
  id: CredentialId, clientDataJson: base64url(8_000), authenticatorData: base64url(8_000), signature: base64url(4_000),
  userHandle: base64url(100).optional().describe('whose the device says that the key is; needed at the door'),
});

export const RequestOptions = z.strictObject({
  challenge: z.string(), rpId: z.string(), timeout: z.int(), userVerification: z.literal('required'), allowCredentials: Descriptors,
});

export const CreationOptions = z.strictObject({
  challenge: z.string(), rp: z.strictObject({ id: z.string(), name: z.string() }),
  user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.strictObject({ type: z.literal('public-key'), alg: z.int() })), timeout: z.int(), attestation: z.literal('none'),
  excludeCredentials: Descriptors,
  authenticatorSelection: z.strictObject({ residentKey: z.literal('required'), requireResidentKey: z.literal(true), userVerification: z.literal('required') }),
});
