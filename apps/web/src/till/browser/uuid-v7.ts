/** A key of a till: 48 bits of time in milliseconds, then chance; such ids rise with time. */
export function uuidV7(atMs: number = Date.now(), random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  const time = atMs.toString(16).padStart(12, '0');
  const chance = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = (8 + (Number.parseInt(chance.charAt(3), 16) & 3)).toString(16);
  return [time.slice(0, 8), time.slice(8), `7${chance.slice(0, 3)}`, variant + chance.slice(4, 7), chance.slice(7, 19)].join('-');
}
