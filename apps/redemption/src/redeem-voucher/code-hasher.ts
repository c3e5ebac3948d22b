// Turns a code into the keyed hashes under which it may be stored. From here on nobody holds the secret: no command, no
// log, no message.
import type { Logger } from 'pino';
import { KeyFault, type CodeMac, type Keyring, type VoucherCode } from '#libs/keys';

export class CodeHasher {
  private readonly missing = new Set<string>();

  /** `pepperKeyIds` names the peppers of the batches there are: after a rotation, old vouchers still have the old one. */
  constructor(
    private readonly keyring: Keyring,
    private readonly pepperKeyIds: () => readonly string[],
    private readonly log: Pick<Logger, 'error'>,
  ) {}

  /** Under the pepper in use first. */
  macsOf(code: VoucherCode): CodeMac[] {
    const current = this.keyring.codeMac(code);
    const macs = [current.mac];
    for (const keyId of this.pepperKeyIds()) {
      if (keyId === current.keyId || this.missing.has(keyId)) continue;
      const mac = this.macUnder(keyId, code);
      if (mac) macs.push(mac);
    }
    return macs;
  }

  /** A pepper that is gone makes its own batches unfindable; it must not close the till for all others. */
  private macUnder(keyId: string, code: VoucherCode): CodeMac | undefined {
    try {
      return this.keyring.codeMac(code, keyId).mac;
    } catch (error) {
      if (!(error instanceof KeyFault)) throw error;
      this.missing.add(keyId);
      this.log.error({ keyId }, 'the pepper of a batch is missing: its vouchers cannot be redeemed');
      return undefined;
    }
  }
}
