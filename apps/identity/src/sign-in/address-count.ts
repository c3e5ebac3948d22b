// Counts wrong passwords, and wrong keys of programs, per network address alone, beside those per address and account: in the database, so
// that a restart or another process forgets none. The address is kept nowhere; its keyed hash is, for a day.
import { createHmac } from 'node:crypto';
import { networkOf } from '#libs/http';
import type { Keyring } from '#libs/keys';
import type { IdentityWork } from '../identity.work.js';
import { SIGN_IN_ADDRESS_MAX } from '../limits.js';

/** Counted apart: a program with an old key must not keep the people of its office from signing in. */
export type Tried = 'password' | 'key';
type Counted = Readonly<{ count: number; secondsLeft: number }>;

export class AddressCount {
  constructor(private readonly work: IdentityWork, private readonly keyring: Keyring) {}

  /**
   * Counts an attempt before its password is looked at, so that a thousand at once are not a thousand guesses. Answers the seconds to
   * wait, or undefined when it may go on. Real time: a guess takes it.
   */
  async begin(address: string, tried: Tried = 'password'): Promise<number | undefined> {
    const [row] = await this.work.client.$queryRaw<Counted[]>`
      insert into identity.sign_in_count as c (address_mac, window_from, count)
      values (${this.mac(address, tried)}, date_bin('15 minutes', clock_timestamp(), timestamptz '2000-01-01'), 1)
      on conflict (address_mac, window_from) do update set count = c.count + 1
      returning count, ceil(extract(epoch from window_from + interval '15 minutes' - clock_timestamp()))::int as "secondsLeft"`;
    return row!.count > SIGN_IN_ADDRESS_MAX ? Math.max(1, row!.secondsLeft) : undefined;
  }

  /** The password was right: a town hall behind one address signs in all morning. */
  async succeed(address: string, tried: Tried = 'password'): Promise<void> {
    await this.work.client.$executeRaw`
      update identity.sign_in_count set count = greatest(count - 1, 0)
      where address_mac = ${this.mac(address, tried)} and window_from = date_bin('15 minutes', clock_timestamp(), timestamptz '2000-01-01')`;
  }

  private mac(address: string, tried: Tried): Uint8Array<ArrayBuffer> {
    return new Uint8Array(createHmac('sha256', this.keyring.deriveSecret('identity:sign-in-address')).update(`${tried === 'key' ? 'key ' : ''}${networkOf(address)}`).digest());
  }
}
