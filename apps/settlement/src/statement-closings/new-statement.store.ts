// The statements that a closing writes; those of payees that owe are debit notes.
import type { Tx } from '#libs/persistence';
import type { StatementHead } from './statement-content.js';
import type { CountedGroups } from './statement.decision.js';

export type NewStatement = Readonly<{
  /** A debit note was netted by nobody. */
  head: Pick<StatementHead, 'statementId' | 'payeeId' | 'custodyAccountId' | 'fromSeq' | 'upToSeq'> & Partial<Pick<StatementHead, 'nettingVersion'>>;
  decided: CountedGroups; content: string; sha256: string;
}>;

export async function insertStatements(tx: Tx, statements: readonly NewStatement[]): Promise<void> {
  const rows = statements.map(({ head, decided: { total, lineCount }, content, sha256 }) => ({
    id: head.statementId, payee_id: head.payeeId, custody_account_id: head.custodyAccountId, from_seq: head.fromSeq,
    up_to_seq: head.upToSeq, line_count: lineCount, content, sha256, netting_version: head.nettingVersion ?? null, ...textOf(total),
  }));
  await tx.sql.$executeRaw`
    insert into settlement.statement (id, payee_id, custody_account_id, from_seq, up_to_seq, line_count, gross, fee, vat, commons, net,
      currency, content, sha256, netting_version, closed_at)
    select t.id, t.payee_id, t.custody_account_id, t.from_seq, t.up_to_seq, t.line_count, t.gross, t.fee, t.vat, t.commons, t.net,
      'EUR', t.content, t.sha256, t.netting_version, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, payee_id uuid, custody_account_id uuid, from_seq bigint,
      up_to_seq bigint, line_count int, gross bigint, fee bigint, vat bigint, commons bigint, net bigint, content text, sha256 text, netting_version int)`;
  await insertFees(tx, statements);
}

async function insertFees(tx: Tx, statements: readonly NewStatement[]): Promise<void> {
  const rows = statements.flatMap(({ head, decided }) => decided.groups.map(({ programmeId, feeRuleVersion, lineCount, ...group }) => ({
    statement_id: head.statementId, programme_id: programmeId, fee_rule_version: feeRuleVersion, line_count: lineCount, ...textOf(group),
    billed_fee: group.billedFee.toString(), billed_vat: group.billedVat.toString(),
  })));
  await tx.sql.$executeRaw`
    insert into settlement.statement_fee (statement_id, programme_id, fee_rule_version, line_count, gross, fee, vat, commons, net,
      billed_fee, billed_vat)
    select t.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(statement_id uuid, programme_id uuid, fee_rule_version int,
      line_count int, gross bigint, fee bigint, vat bigint, commons bigint, net bigint, billed_fee bigint, billed_vat bigint)`;
}

/** JSON knows no bigint; PostgreSQL reads the digits back without loss. */
const textOf = ({ gross, fee, vat, commons, net }: CountedGroups['total']) =>
  ({ gross: gross.toString(), fee: fee.toString(), vat: vat.toString(), commons: commons.toString(), net: net.toString() });
