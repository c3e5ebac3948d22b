// A printer with a pair of keys: the public one is registered, the private one opens what was encrypted to it.
import { decrypt, generateKey, readKey, readMessage, readPrivateKey } from 'openpgp';

export type Printer = Readonly<{ publicKey: string; privateKey: string; fingerprint: string; open(bytes: Buffer): Promise<string> }>;

/** `legacy` is the curve as every gpg knows it. */
const KINDS = {
  curve25519: { type: 'curve25519' }, legacy: { type: 'ecc', curve: 'curve25519Legacy' }, rsa: { type: 'rsa', rsaBits: 2_048 },
} as const;

/** Valid from long before any clock of a test. */
export async function newPrinter(kind: keyof typeof KINDS = 'curve25519'): Promise<Printer> {
  const { publicKey, privateKey } = await generateKey({
    ...KINDS[kind], userIDs: [{ name: 'Imprimerie' }], date: new Date('2020-01-01T00:00:00Z'), format: 'armored',
  });
  return {
    publicKey, privateKey, fingerprint: (await readKey({ armoredKey: publicKey })).getFingerprint(),
    async open(bytes) {
      const decryptionKeys = await readPrivateKey({ armoredKey: privateKey });
      const message = await readMessage({ binaryMessage: new Uint8Array(bytes) });
      const { data } = await decrypt({ message, decryptionKeys, format: 'binary' });
      return Buffer.from(data as Uint8Array).toString();
    },
  };
}
