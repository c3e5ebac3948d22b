// When each device last signed a request, until the database is told with the next flush: no request writes it.
import type { DeviceId } from '#libs/kernel';

export type DeviceUse = Readonly<{ deviceId: DeviceId; usedAtMs: number }>;

/** Bounded by the devices there are: only a signature that was checked gets here. */
export class DeviceUses {
  private readonly pending = new Map<DeviceId, number>();

  note({ deviceId, usedAtMs }: DeviceUse): void {
    this.pending.set(deviceId, Math.max(usedAtMs, this.pending.get(deviceId) ?? 0));
  }

  /** What the database does not know yet; noted again by who could not tell it. */
  take(): DeviceUse[] {
    const taken = [...this.pending].map(([deviceId, usedAtMs]) => ({ deviceId, usedAtMs }));
    this.pending.clear();
    return taken;
  }

  hasPending(): boolean {
    return this.pending.size > 0;
  }
}
