// Catches mail: every message becomes a file that a person can open, and nobody is written to. For development, tests
// and the demo. The name of the file is the hash of its key, so that the file system keeps one message to a key.
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { assert, reject } from '#libs/kernel';
import { composeMail, isAddress, type ComposedMail } from './compose-mail.js';
import { Mail, type MailMessage, type MailRefusal, type TakenMail } from './mail.js';

export type FileMailSettings = Readonly<{ folder: string; from: string; now?: () => Date }>;

export class FileMail extends Mail {
  constructor(private readonly settings: FileMailSettings) {
    super();
    assert(isAddress(settings.from), 'the sender is an address');
  }

  override async send(message: MailMessage): Promise<TakenMail | MailRefusal> {
    const { folder, from, now = () => new Date() } = this.settings;
    const composed = composeMail(message, { from, host: from.slice(from.lastIndexOf('@') + 1), sentAt: now() });
    if (composed.kind === 'rejected') return composed;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${composed.keyHash}.eml`);
    const fresh = await writeOnce(path, composed.source);
    return fresh || await isSame(path, composed) ? { kind: 'taken', messageId: composed.messageId } : reject('idempotency_key_reused');
  }
}

/** Whole or not at all, and once: two processes with one key may come here together, and `link` lets one through. */
async function writeOnce(path: string, source: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}.part`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(source);
    await file.sync();
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await file.close();
    await unlink(draft);
  }
}

/** Our header is looked for in the headers only: the body is the caller's. */
async function isSame(path: string, { contentHash }: ComposedMail): Promise<boolean> {
  const [headers = ''] = (await readFile(path, 'utf8')).split('\r\n\r\n', 1);
  return headers.includes(`\r\nX-Content-Hash: ${contentHash}\r\n`);
}
