// Every key that is not drawn at random is derived from the wrapping key by HKDF-SHA-256 (RFC 5869), each under its own
// label: knowing one tells nothing of another. A label is never renamed: what it protects would be lost.
import { hkdfSync } from 'node:crypto';

export type Label = 'batch-key' | 'pepper' | 'serial' | 'secret' | 'check-value';

/** 32 bytes for `label` and the name that tells keys of one label apart. */
export const derive = (key: Uint8Array, label: Label, name: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, 'mereau/v1', `${label}/${name}`, 32));
