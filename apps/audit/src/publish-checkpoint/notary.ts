// Signs checkpoints and statements of coverage, and remembers outside of the database what it signed: it never signs a second history.
import { sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Keyring } from '#libs/keys';
import type { Announced } from '../state-coverage/coverage.decision.js';
import { signStatement, type SignedStatement, type StatementHead } from '../state-coverage/coverage-text.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { isSignedBy, noteVerifier, signCheckpoint, type Checkpoint, type Unsigned } from './signed-note.js';

const PURPOSE = 'audit-checkpoint';

export type PublishedKey = Readonly<{ keyId: string; noteVerifier: string; pem: string }>;

@Injectable()
export class Notary {
  /** `origin` names the log: one installation, one name. */
  constructor(private readonly keyring: Keyring, readonly origin: string, readonly file: CheckpointFile) {}

  sign(head: Omit<Unsigned, 'origin'>): Checkpoint {
    return signCheckpoint({ ...head, origin: this.origin }, this.keyring.signingKey(PURPOSE));
  }

  /** By the same key: the text of a checkpoint begins with the name of the log, that of a statement with a brace. */
  signCoverage(head: Omit<StatementHead, 'origin'>, announced: readonly Announced[]): SignedStatement {
    return signStatement({ ...head, origin: this.origin }, announced, this.keyring.signingKey(PURPOSE));
  }

  /** By the same key, a text that names its own format: Ed25519 over its bytes, base64. */
  signText(content: string): Readonly<{ keyId: string; signature: string }> {
    const { keyId, privateKey } = this.keyring.signingKey(PURPOSE);
    return { keyId, signature: sign(null, Buffer.from(content), privateKey).toString('base64') };
  }

  /** False for what none of our keys signed, and for what was changed after it was signed. */
  isOurs(checkpoint: Checkpoint): boolean {
    const key = this.keyring.verifyingKey(PURPOSE, checkpoint.keyId);
    return key !== undefined && isSignedBy(checkpoint, key);
  }

  /** Public halves, the current one first; the old ones for ever, because old checkpoints must verify. */
  keys(): PublishedKey[] {
    return this.keyring.jwks(PURPOSE).keys.map(({ kid }) => {
      const { publicKey } = this.keyring.verifyingKey(PURPOSE, kid)!;
      return { keyId: kid, noteVerifier: noteVerifier(this.origin, publicKey), pem: publicKey.export({ format: 'pem', type: 'spki' }).toString() };
    });
  }
}
