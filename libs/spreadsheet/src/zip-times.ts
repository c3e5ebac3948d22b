// A workbook is a ZIP whose entries carry the time at which they were written: the only bytes of it that would differ from one
// writing to the next. The offsets are those of PKWARE's APPNOTE, 4.3.
const [END, END_LENGTH, CENTRAL, CENTRAL_LENGTH] = [0x06054b50, 22, 0x02014b50, 46];

/** In place: each entry was written at that moment, by its header and by the directory. DOS knows even seconds, from 1980 on. */
export function settleZipTimes(zip: Buffer, at: Date): void {
  const end = zip.length - END_LENGTH;
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error('the workbook is no ZIP without a comment');
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(entry) !== CENTRAL) throw new Error('the directory of the workbook cannot be read');
    const local = zip.readUInt32LE(entry + 42);
    for (const place of [entry + 12, local + 10]) {
      zip.writeUInt16LE(time, place);
      zip.writeUInt16LE(day, place + 2);
    }
    entry += CENTRAL_LENGTH + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
}
