import type { BodyOf, ContradictoryStatementSignedV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

type Signed = BodyOf<typeof ContradictoryStatementSignedV1>;

export async function insertSignedStatement(tx: Tx, statement: Signed, signedAt: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.signed_statement (order_id, statement_id, outcome, signed_at)
    values (${statement.orderId}::uuid, ${statement.statementId}::uuid, ${statement.outcome}, ${signedAt}::timestamptz)`;
}
