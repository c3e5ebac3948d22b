// How mail leaves: by a server where one is named, and otherwise into a folder that a person can open.
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Clock } from '#libs/kernel';
import { FileMail, SmtpMail, type Mail } from '#libs/mail';
import { readSettings, type Environment, type ProgramSettings } from './config.js';

const mail = z.object({
  MEREAU_SMTP_URL: z.string().regex(/^smtps?:\/\//, 'expected smtp://… or smtps://…').optional(),
  MEREAU_MAIL_FROM: z.email('expected an address like notices@rail.example').optional(),
}).refine((found) => !found.MEREAU_SMTP_URL || found.MEREAU_MAIL_FROM, { path: ['MEREAU_MAIL_FROM'], message: 'is needed where mail leaves by a server' });
const CATCHER_FROM = 'notices@mereau.example';

/** Throws StartupFault on a setting that is none. */
const readers = z.object({
  MEREAU_CHECKPOINT_READERS: z.string().transform((text) => text.split(/[\s,;]+/).filter((one) => one !== '')).pipe(z.array(z.email('expected addresses with spaces between')).max(50)).optional(),
});

/** Who keeps checkpoints elsewhere: an auditor, a payer, anybody who is not the operator. */
export function checkpointReadersOf(env: Environment): readonly string[] {
  return [...new Set(readSettings(readers, env).MEREAU_CHECKPOINT_READERS ?? [])];
}

export function mailOf(env: Environment, { dataDir }: Pick<ProgramSettings, 'dataDir'>, clock: Clock): Mail {
  const { MEREAU_SMTP_URL: url, MEREAU_MAIL_FROM: from = CATCHER_FROM } = readSettings(mail, env);
  const now = () => clock.override() ?? new Date();
  return url ? new SmtpMail({ url, from, now }) : new FileMail({ folder: join(resolve(dataDir), 'mail'), from, now });
}
