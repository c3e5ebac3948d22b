// Keeps that captures came, in a transaction of its own and before any is decided: whoever is killed in between is asked again
// by the device, and decides then. Not in the tills' transaction: nothing of theirs waits for a count of this device.
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { lockByName } from '../database.store.js';
import { DEVICE_SKEW_MS_MAX, OFFLINE_CAPTURED_WITHIN_HOURS, OFFLINE_CODES_PER_DEVICE_DAY_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { countCaptures, insertCaptures, readCaptures } from './capture.store.js';
import { ReceiveCaptures } from './receive-captures.command.js';
import { decideCaptures, refusalOfStored } from './receive-captures.decision.js';

const BOUNDS = {
  codesPerDayMax: OFFLINE_CODES_PER_DEVICE_DAY_MAX, withinMs: OFFLINE_CAPTURED_WITHIN_HOURS * 3_600_000, skewMs: DEVICE_SKEW_MS_MAX,
};

@CommandHandler(ReceiveCaptures)
export class ReceiveCapturesHandler implements ICommandHandler<ReceiveCaptures> {
  constructor(private readonly work: RedemptionWork) {}

  /** The id of a capture is what makes it one, whatever key the request has: the device sends what waits under a new one. */
  execute({ deviceId, captures, meta }: ReceiveCaptures) {
    const origin = { actor: meta.actor, correlationId: meta.correlationId, causationId: `request:${meta.key}` };
    return this.work.transaction(origin, async (tx) => {
      // Two requests of one device count one after the other.
      await lockByName(tx, `captures:${deviceId}`);
      const ids = captures.map(({ id }) => id);
      const known = new Set((await readCaptures(tx, ids)).keys());
      const countByDay = await countCaptures(tx, deviceId, [...new Set(captures.map(({ serviceDay }) => serviceDay))]);
      await insertCaptures(tx, deviceId, decideCaptures({ captures, known, countByDay, at: tx.now }, BOUNDS));
      const stored = await readCaptures(tx, ids);
      return new Map(captures.flatMap((capture) => {
        const refusal = refusalOfStored(stored.get(capture.id)!, { deviceId, capture });
        return refusal ? [[capture.id, refusal] as const] : [];
      }));
    });
  }
}
