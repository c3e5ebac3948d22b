import { reject, type Rejected } from '#libs/kernel';
import type { Keyring } from '#libs/keys';
import type { Sql } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';
import { rangesOfScans } from '../scan.js';
import type { AskedHandOver, ScannedHandOver } from './hand-over.command.js';

/** What was scanned becomes the range of a batch that it stands for; refuses the first that stands for none. */
export async function nameScans(
  sql: Sql, keyring: Keyring, asked: readonly (AskedHandOver | ScannedHandOver)[],
): Promise<readonly AskedHandOver[] | Rejected<RefusalCode>> {
  const scans = await rangesOfScans(sql, keyring, asked.map((one) => ('serial' in one ? one.serial : '')));
  const unknown = asked.findIndex((one, at) => 'serial' in one && !scans[at]);
  if (unknown >= 0) return reject('voucher_not_found', { position: unknown });
  return asked.map((one, at) => {
    if (!('serial' in one)) return one;
    const { serial: _, ...rest } = one;
    return { ...rest, batchId: scans[at]!.batchId, ...scans[at]!.range };
  });
}
