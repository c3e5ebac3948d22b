import { accounts } from '#libs/ledger';
import { cents, type ActivationId, type BatchId, type Cents, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { lockByName } from './database.store.js';
import type { PayerAmount } from './order-share.decision.js';
import type { Range } from './voucher-range.decision.js';

export type NewActivation = Readonly<{
  activationId: ActivationId; batchId: BatchId; batchCount: number; face: Cents; range: Range; amount: Cents;
  shares: readonly PayerAmount[];
}>;

export async function insertActivation(tx: Tx, activation: NewActivation, activatedBy: string): Promise<void> {
  const { activationId, batchId, batchCount, face, range, amount, shares } = activation;
  await tx.sql.$executeRaw`
    insert into issuance.activation (id, batch_id, batch_count, face_cents, first, last, amount_cents, currency,
      activated_by, activated_at)
    values (${activationId}::uuid, ${batchId}::uuid, ${batchCount}, ${face}, ${range.first}, ${range.last}, ${amount}, 'EUR',
      ${activatedBy}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into issuance.activation_share (activation_id, payer_id, amount_cents)
    select ${activationId}::uuid, s.payer_id, s.amount_cents
    from unnest(${shares.map(({ payerId }) => payerId)}::uuid[], ${shares.map((share) => share.amount.toString())}::bigint[])
      as s(payer_id, amount_cents)`;
}

/** An active range of the batch that has a voucher of `range`, the first of them. */
export async function overlapOf(sql: Sql, batchId: BatchId, { first, last }: Range): Promise<Range | undefined> {
  const [row] = await sql.$queryRaw<Range[]>`
    select a.first, a.last from issuance.activation a
    where a.batch_id = ${batchId}::uuid and a.first <= ${last}::bigint and a.last >= ${first}::bigint order by a.first limit 1`;
  return row;
}

/**
 * What each payer has in cover for the programme, locked until commit: whoever else activates against the same cover
 * waits here and decides on what is left. Whatever draws on cover locks it so; a receipt that comes meanwhile does no harm.
 */
export async function lockCover(
  tx: Tx, programmeId: ProgrammeId, payerIds: readonly PayerId[],
): Promise<ReadonlyMap<PayerId, Cents>> {
  const accountOf = new Map([...payerIds].sort().map((payerId) => [accounts.issuance.prefund(programmeId, payerId), payerId]));
  for (const account of accountOf.keys()) await lockByName(tx, account);
  return balancesOf(tx.sql, accountOf);
}

/** Payers without a balance row have never had cover. */
export async function balancesOf(sql: Sql, accountOf: ReadonlyMap<string, PayerId>): Promise<ReadonlyMap<PayerId, Cents>> {
  const rows = await sql.$queryRaw<{ account: string; balance: bigint }[]>`
    select g.account, g.balance from issuance.guarded_balance g where g.account = any(${[...accountOf.keys()]}::text[])`;
  return new Map(rows.map(({ account, balance }) => [accountOf.get(account)!, cents(balance)]));
}

/** False when there is no such activation. The first moment stays. */
export async function markSpendable(tx: Tx, activationId: ActivationId): Promise<boolean> {
  const updated = await tx.sql.$executeRaw`
    update issuance.activation set spendable_at = coalesce(spendable_at, ${tx.now}) where id = ${activationId}::uuid`;
  return updated === 1;
}
