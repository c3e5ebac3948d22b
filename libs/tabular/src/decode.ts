// Which encoding a file is in is written nowhere; spreadsheets write three.
import { SLICE_BYTES } from './limits.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

export function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const { broken, sound } = countAccents(bytes);
  // A file in UTF-8 with a damaged letter stays UTF-8: only that letter is lost, and not every accent.
  return broken > sound ? 'windows-1252' : 'utf-8';
}

function countAccents(bytes: Buffer): { broken: number; sound: number } {
  let [broken, sound] = [0, 0];
  for (const text of decoded(bytes, 'utf-8')) {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0xfffd) broken += 1;
      else if (code > 0x7f) sound += 1;
    }
  }
  return { broken, sound };
}

/** Slice by slice, without the byte order mark. */
export function* decoded(bytes: Buffer, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    yield decoder.decode(bytes.subarray(at, at + SLICE_BYTES), { stream: true });
  }
  yield decoder.decode();
}
