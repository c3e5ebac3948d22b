import { createHmac } from 'node:crypto';
import { networkOf } from '#libs/http';

/** In the shape of a uuid. The key keeps whoever reads the counts from finding out who asked. */
export function addressIdOf(key: Uint8Array, address: string): string {
  const hex = createHmac('sha256', key).update(networkOf(address)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
