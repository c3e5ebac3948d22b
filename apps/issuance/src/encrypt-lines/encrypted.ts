// What only one printer can read: OpenPGP, which its tools open (gpg --decrypt), piece by piece while the file leaves.
import { createMessage, encrypt, readKey, type Key } from 'openpgp';

/** Undefined when nothing can be encrypted to it at that moment, or when it is a private key: nobody may have sent us that. */
export async function readUsableKey(armoredKey: string, at: Date): Promise<Key | undefined> {
  try {
    const key = await readKey({ armoredKey });
    if (key.isPrivate()) return undefined;
    await key.getEncryptionKey(undefined, at);
    return key;
  } catch {
    return undefined;
  }
}

/** `pieces` are asked for as fast as the encrypted ones are taken, and no faster. */
export async function* encrypted(pieces: AsyncGenerator<Uint8Array>, armoredKey: string): AsyncGenerator<Uint8Array> {
  try {
    const encryptionKeys = await readKey({ armoredKey });
    const binary = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    }, { highWaterMark: 1 });
    // Codes are random: compressing them would cost and gain nothing.
    const message = await createMessage({ binary });
    const leaving = await encrypt({ message, encryptionKeys, format: 'binary', config: { preferredCompressionAlgorithm: 0 } });
    yield* leaving as unknown as AsyncIterable<Uint8Array>;
  } finally {
    // Whoever reads may go away before the end: the batch's key is overwritten then too.
    await pieces.return(undefined);
  }
}
