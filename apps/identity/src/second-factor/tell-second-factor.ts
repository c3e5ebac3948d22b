// Each step of a second factor is told twice: to audit as a fact, and by mail to whom it belongs, who may not have made it.
import { SecondFactorChangedV1, type BodyOf } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { insertMail, keepFactorNotice, readerOf } from '../send-notices/notice.store.js';

export async function tellSecondFactor(tx: Tx, body: BodyOf<typeof SecondFactorChangedV1>): Promise<void> {
  await tx.emit(SecondFactorChangedV1, { subject: `user:${body.userId}`, body });
  const noticeId = await keepFactorNotice(tx, { notice: `second_factor_${body.step}`, factorId: body.factorId });
  const reader = await readerOf(tx.sql, body.userId);
  if (reader) await insertMail(tx, noticeId, 'person', reader);
}
