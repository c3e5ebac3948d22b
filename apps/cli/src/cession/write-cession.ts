// Writes the folder of a cession: a backup's tables, without what is nobody else's, and beside them what an outsider can check.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { Keyring } from '#libs/keys';
import type { Sql } from '#libs/persistence';
import { exportLines } from '../../../audit/src/export-log/export-lines.js';
import { lastCheckpoint } from '../../../audit/src/publish-checkpoint/checkpoint.store.js';
import { CHECKPOINT_FILE } from '../../../audit/src/publish-checkpoint/checkpoint-file.js';
import { noteVerifier, type Checkpoint } from '../../../audit/src/publish-checkpoint/signed-note.js';
import { MANIFEST } from '../backup/manifest.js';
import { hashedFile, writeHashed } from '../backup/stored-bytes.js';
import { writeBackup, type LeftOut } from '../backup/write-backup.js';
import { readBooks } from './books.js';
import { BOOKS, CESSION, LOG, SIGNATURE, signatureOf, textOf, type CessionDocument } from './cession-document.js';
import { owedCsv, owedPdf } from './owed-files.js';
import { readOwed } from './owed.js';

export type Giving = Readonly<{
  adminUrl: string; dataDir: string; keyring: Keyring; receiver: Readonly<{ keyId: string; pem: string }>; release: Buffer; at: Date;
}>;

/**
 * People of the operator lose their rights and their sign-in with it; those of payers, places, distributors and auditors keep both, or
 * every counter would stand still next morning. Nobody stays signed in (ADR 0059).
 */
const OF_OTHERS = `user_id in (select user_id from identity.membership where kind <> 'operator' and ended_at is null)`;
const ROWS: LeftOut['rowsOf'] = {
  'identity.session': 'false', 'identity.verification': 'false', 'identity.mail_link': 'false', 'identity.revocation': 'false', 'identity.sign_in_count': 'false',
  'issuance.key_request': 'false', 'redemption.key_request': 'false', 'settlement.key_request': 'false', 'identity.key_request': 'false',
  'identity.membership': `kind <> 'operator'`, 'identity.membership_confirmation': 'false',
  'identity.credential': OF_OTHERS, 'identity.second_factor': OF_OTHERS, 'identity.passkey': OF_OTHERS,
  'identity.passkey_use': `passkey_id in (select id from identity.passkey where ${OF_OTHERS})`,
  'identity.second_factor_use': `factor_id in (select id from identity.second_factor where ${OF_OTHERS})`,
};
/** Of the data folder: what was signed, and the invoices as they were dropped. Keys and sign-ins of before stay where they are. */
export const keepsFile = (path: string): boolean => path === CHECKPOINT_FILE || path.startsWith('invoices/');

type Beside = Readonly<{ checkpoint: Checkpoint; totalOwedCents: string; files: CessionDocument['files'] }>;

export async function writeCession(giving: Giving, folder: string, say: (line: string) => void): Promise<CessionDocument> {
  const { adminUrl, dataDir, keyring, receiver, at } = giving;
  let beside: Beside | undefined;
  await writeBackup({ adminUrl, dataDir, keyCheck: keyring.checkValue(), at }, folder, say, {
    rowsOf: ROWS, keepsFile, beside: async (client) => { beside = await writeBeside(client, giving, folder); },
  });
  const { checkpoint, totalOwedCents, files } = beside!;
  const key = keyring.signingKey('audit-checkpoint');
  const document: CessionDocument = {
    format: 1, at: at.toISOString(), giver: { keyId: key.keyId, pem: key.publicKey.export({ format: 'pem', type: 'spki' }).toString() },
    receiver: receiver.keyId, checkpoint: { size: checkpoint.size, root: checkpoint.root },
    checkpointKeys: keyring.jwks('audit-checkpoint').keys.map(({ kid }) => kid), totalOwedCents,
    files: [...files, { path: MANIFEST, ...await hashedFile(join(folder, MANIFEST)) }],
    keys: keyring.sealForReceiver(receiver.pem, giving.release),
  };
  const text = textOf(document);
  await writeFile(join(folder, CESSION), text, { mode: 0o600, flag: 'wx', flush: true });
  // Last: a folder without it is a cession that never ended.
  await writeFile(join(folder, SIGNATURE), signatureOf(text, key), { mode: 0o600, flag: 'wx', flush: true });
  return document;
}

async function writeBeside(client: pg.Client, { keyring, at }: Giving, folder: string): Promise<Beside> {
  const sql = sqlOver(client);
  const checkpoint = (await lastCheckpoint(sql))!;
  const { origin } = checkpoint;
  const keys = keyring.jwks('audit-checkpoint').keys.map(({ kid }) => {
    const { publicKey } = keyring.verifyingKey('audit-checkpoint', kid)!;
    return { keyId: kid, noteVerifier: noteVerifier(origin, publicKey), pem: publicKey.export({ format: 'pem', type: 'spki' }).toString() };
  });
  const books = await readBooks(client);
  const owed = await readOwed(client, books.balances, at);
  const files: CessionDocument['files'] = [];
  const add = async (path: string, pieces: AsyncIterable<string> | readonly (string | Buffer)[]): Promise<void> => {
    files.push({ path, ...await writeHashed(join(folder, path), [Readable.from(pieces, { objectMode: false })]) });
  };
  await add(LOG, exportLines(sql, { origin, checkpoint, keys }));
  await add(BOOKS, [`${JSON.stringify(books, null, 1)}\n`]);
  await add('owed.json', [`${JSON.stringify(owed, null, 1)}\n`]);
  await add('owed.csv', [owedCsv(owed)]);
  await add('owed.pdf', [owedPdf(owed, keyring.signingKey('audit-checkpoint').keyId)]);
  return { checkpoint, totalOwedCents: owed.totalCents, files };
}

/** What the stores of audit read by, over the connection that holds the snapshot. */
function sqlOver(client: pg.Client): Sql {
  const query = async (texts: TemplateStringsArray, values: unknown[]) =>
    client.query(texts.reduce((text, part, at) => `${text}$${at}${part}`), values);
  return {
    $queryRaw: async <T>(texts: TemplateStringsArray, ...values: unknown[]) => (await query(texts, values)).rows as T,
    $executeRaw: async (texts, ...values) => (await query(texts, values)).rowCount ?? 0,
    $queryRawUnsafe: async <T>(text: string, ...values: unknown[]) => (await client.query(text, values)).rows as T,
    $executeRawUnsafe: async (text, ...values) => (await client.query(text, values)).rowCount ?? 0,
  };
}
