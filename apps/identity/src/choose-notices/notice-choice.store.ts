import type { Sql, Tx } from '#libs/persistence';
import type { NoticeChoice } from './choose-notices.command.js';

const WITHOUT_CHOICE: NoticeChoice = { language: 'fr', optional: true };

export async function readChoice(sql: Sql, userId: string): Promise<NoticeChoice> {
  const [row] = await sql.$queryRaw<NoticeChoice[]>`
    select language, optional from identity.notice_choice where user_id = ${userId}::uuid`;
  return row ?? WITHOUT_CHOICE;
}

export async function writeChoice(tx: Tx, userId: string, { language, optional }: NoticeChoice): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.notice_choice (user_id, language, optional, chosen_at) values (${userId}::uuid, ${language}, ${optional}, ${tx.now})
    on conflict (user_id) do update set language = excluded.language, optional = excluded.optional, chosen_at = excluded.chosen_at`;
}
