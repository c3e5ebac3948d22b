import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { Keyring, parseBookletNumber, parseSerial } from '#libs/keys';
import { AuditWork } from '../audit.work.js';
import { TRACED_REDEMPTIONS_MAX } from '../limits.js';
import { gatherTrace } from './gather-trace.js';
import { startTrace } from './start-trace.js';
import { TraceCent, type Traced } from './trace-cent.query.js';
import { buildTrace, type Trace } from './trace.decision.js';
import { batchOfLabel } from './trace.store.js';

@QueryHandler(TraceCent)
export class TraceCentHandler implements IQueryHandler<TraceCent> {
  constructor(private readonly work: AuditWork, private readonly keyring: Keyring) {}

  async execute({ of, limit, after, size }: TraceCent): Promise<Trace | Rejected> {
    const log = { sql: this.work.client, size };
    const named = of.noun === 'serial' ? await this.voucherOf(of.serial) : of;
    if (isRejected(named)) return named;
    const begun = await startTrace(log, named);
    if (!begun) return reject('trace_not_found');
    const gathered = await gatherTrace(log, begun, { limit: Math.min(limit, TRACED_REDEMPTIONS_MAX), after });
    return buildTrace(gathered, begun);
  }

  /** A serial is public, and spends nothing; so is the number on the cover of a booklet. */
  private async voucherOf(serial: string): Promise<Extract<Traced, { noun: 'voucher' | 'booklet' }> | Rejected> {
    const cover = parseBookletNumber(serial);
    if (cover) {
      const bound = await batchOfLabel(this.work.client, cover.label);
      return bound ? { noun: 'booklet', id: bound.batchId, booklet: cover.booklet } : reject('serial_not_told');
    }
    const parts = parseSerial(serial);
    const batch = isRejected(parts) ? undefined : await batchOfLabel(this.work.client, parts.label);
    if (isRejected(parts) || !batch) return reject('serial_not_told');
    const index = this.keyring.serials(batch.permutationId).indexOf(parts.number);
    return index < batch.count ? { noun: 'voucher', id: batch.batchId, index } : reject('serial_not_told');
  }
}
