// A printer with a pair of keys: the public one is registered, the private one opens what was encrypted to it.
import { decrypt, generateKey, readKey, readMessage, readPrivateKey } from 'openpgp';

export type Printer = Readonly<{ publicKey: string; privateKey: string; fingerprint: string; open(bytes: Buffer): Promise<string> }>;

/** `type` as `openpgp` names it; valid from long before any clock of a test. */
export async function newPrinter(type: 'curve25519' | 'rsa' = 'curve25519'): Promise<Printer> {
  const { publicKey, privateKey } = await generateKey({
    type, ...(type === 'rsa' && { rsaBits: 2_048 }), userIDs: [{ name: 'Imprimerie' }], date: new Date('2020-01-01T00:00:00Z'), format: 'armored',
  });
  return {
    publicKey, privateKey, fingerprint: (await readKey({ armoredKey: publicKey })).getFingerprint(),
    async open(bytes) {
      const decryptionKeys = await readPrivateKey({ armoredKey: privateKey });
      const { data } = await decrypt({ message: await readMessage({ binaryMessage: new Uint8Array(bytes) }), decryptionKeys });
      return data as string;
    },
  };
}
