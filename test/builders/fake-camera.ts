// What a browser sees instead of a camera: a film of one QR, in the plain format that Chromium plays.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { encode } from 'uqr';

const [WIDTH, HEIGHT] = [640, 480];
const LEFT = 80;

/** Of black modules on white, without colour; `remove` it at the end. */
export function filmOf(text: string) {
  const { data, size } = encode(text, { border: 4 });
  const scale = Math.floor(HEIGHT / size);
  const luma = Buffer.alloc(WIDTH * HEIGHT, 255);
  for (let y = 0; y < size * scale; y += 1) {
    for (let x = 0; x < size * scale; x += 1) {
      if (data[Math.floor(y / scale)]?.[Math.floor(x / scale)]) luma[y * WIDTH + x + LEFT] = 0;
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc(WIDTH * HEIGHT / 2, 128)]);
  const folder = mkdtempSync(join(os.tmpdir(), 'mereau-film-'));
  const path = join(folder, 'qr.y4m');
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
