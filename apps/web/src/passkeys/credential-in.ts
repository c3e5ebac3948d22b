import { Problem } from '#libs/http';

/** A device's answer in a field of a form; identity says whether it is one. */
export const CREDENTIAL_LENGTH_MAX = 60_000;

export function credentialIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Posted by no page of ours, or by one whose script did not run.
    throw new Problem('request_malformed');
  }
}
