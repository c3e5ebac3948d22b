// The files of a zip, whole: a packet is small, and each of its files is looked at more than once. What is larger than a packet
// can be is not read.
import yauzl from 'yauzl';

const ENTRY_BYTES_MAX = 64 * 1024 * 1024;
const PACKET_BYTES_MAX = 1024 * 1024 * 1024;

/** By name, in their order. Throws on what is no zip, on a name twice, and on what is too large. */
export async function readPacket(path: string): Promise<Map<string, Buffer>> {
  const zip = await opened(path);
  const files = new Map<string, Buffer>();
  let bytes = 0;
  await new Promise<void>((done, failed) => {
    zip.once('error', failed).once('end', done).on('entry', (entry: yauzl.Entry) => {
      bytes += entry.uncompressedSize;
      if (entry.uncompressedSize > ENTRY_BYTES_MAX || bytes > PACKET_BYTES_MAX) return failed(new Error(`${entry.fileName} is larger than a packet may be`));
      if (files.has(entry.fileName)) return failed(new Error(`${entry.fileName} is there twice`));
      contentOf(zip, entry).then((content) => {
        files.set(entry.fileName, content);
        zip.readEntry();
      }, failed);
    });
    zip.readEntry();
  }).finally(() => { zip.close(); });
  return files;
}

const opened = (path: string): Promise<yauzl.ZipFile> => new Promise((done, failed) => {
  yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => { if (zip) done(zip); else failed(error ?? new Error('is no zip')); });
});

const contentOf = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> => new Promise((done, failed) => {
  zip.openReadStream(entry, (error, stream) => {
    if (!stream) return failed(error ?? new Error(`${entry.fileName} cannot be read`));
    const pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece)).once('error', failed).once('end', () => { done(Buffer.concat(pieces)); });
  });
});
