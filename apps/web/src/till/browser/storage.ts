// What this browser keeps for its till: the device with its key, and what was captured without a network. No code in clear.
import type { OfflineKey, Sealed } from './seal.js';

export type Device = Readonly<{
  deviceId: string; placeId: string; name: string; keys: CryptoKeyPair;
  /** Present once the staff of the place chose to take vouchers without a network on this device. */
  offlineKey?: OfflineKey;
}>;
export type Said = Readonly<{ amountCents?: number; service?: string; durationMinutes?: number; participants?: number }>;
export type Capture = Readonly<{
  id: string; capturedAt: string;
  /** Counts on this device; the staff writes it on the voucher. */
  number: number;
  /** Tells two captures of one voucher, by a key that cannot be taken out; it opens nothing. */
  mark: string;
  /** Gone once the server has answered. */
  sealed?: Sealed;
  said: Said;
  /** `seen`: somebody read the answer; kept on as long as it counts. */
  state: 'pending' | 'redeemed' | 'refused' | 'seen';
  /** It was sent, and maybe it arrived. */
  hasLeft?: boolean;
  amountCents?: number;
  /** Why it was refused, in the words of the counter. */
  sentence?: string;
}>;

const DEVICE_KEY = 'device';
const MARK_KEY = 'mark';
let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open('mereau-till', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('device');
      request.result.createObjectStore('captures', { keyPath: 'id' });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

async function inStore<T>(name: string, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(name, mode, { durability: 'strict' });
  const request = ask(transaction.objectStore(name));
  // Only what was committed counts: a capture that is shown as pending must outlive a flat battery.
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => failed(transaction.error);
  });
}

export const keptDevice = async (): Promise<Device | undefined> => inStore<Device | undefined>('device', 'readonly', (store) => store.get(DEVICE_KEY));
export const keepDevice = async (device: Device): Promise<void> => { await inStore('device', 'readwrite', (store) => store.put(device, DEVICE_KEY)); };
/**
 * Looks and writes in one transaction: whoever asks the server first may find that the device was left, or its queue forbidden, in the
 * meantime. Nothing is written where `change` has nothing, or another device is here.
 */
export async function changeDevice(deviceId: string, change: (device: Device) => Device | undefined): Promise<void> {
  await inStore('device', 'readwrite', (store) => {
    const looked = store.get(DEVICE_KEY) as IDBRequest<Device | undefined>;
    looked.onsuccess = () => {
      const changed = looked.result?.deviceId === deviceId ? change(looked.result) : undefined;
      if (changed) store.put(changed, DEVICE_KEY);
    };
    return looked;
  });
}
export const forgetDevice = (): Promise<void> => inStore('device', 'readwrite', (store) => store.delete(DEVICE_KEY));

export const keptMarkKey = (): Promise<CryptoKey | undefined> => inStore<CryptoKey | undefined>('device', 'readonly', (store) => store.get(MARK_KEY));
export const keepMarkKey = async (key: CryptoKey): Promise<void> => { await inStore('device', 'readwrite', (store) => store.put(key, MARK_KEY)); };

/** In the order in which they were captured: their ids rise with time. */
export const keptCaptures = (): Promise<Capture[]> => inStore<Capture[]>('captures', 'readonly', (store) => store.getAll());
export const keepCapture = async (capture: Capture): Promise<void> => { await inStore('captures', 'readwrite', (store) => store.put(capture)); };
export const dropCapture = (id: string): Promise<void> => inStore('captures', 'readwrite', (store) => store.delete(id));
