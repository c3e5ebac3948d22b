// Who asks and who is asked: the operator by its custody account, and the legal body, as they are known when a note is issued.
import type { SellerSettings } from '#libs/service';
import type { Tx } from '#libs/persistence';
import type { Creditor, Debtor } from './debit-note-content.js';
import type { Debt } from './debit-note.decision.js';

type Row = Debt & Omit<Creditor, 'identity'> & Debtor;
export type Parties = Readonly<{ creditor: Creditor; debtor: Debtor }>;

export class NoteParties {
  /** The operator's identity by the settings of the installation; undefined where they do not say. */
  constructor(private readonly identity: SellerSettings | undefined) {}

  async of(tx: Tx, debts: readonly Debt[]): Promise<(debt: Debt) => Parties> {
    const rows = await tx.sql.$queryRaw<Row[]>`
      select p.id as "payeeId", b.id as "custodyAccountId", b.name as holder, b.iban, b.bic, p.legal_name as "legalName", p.siren
      from settlement.payee p cross join settlement.bank_account b
      where p.id = any(${debts.map(({ payeeId }) => payeeId)}::uuid[]) and b.id = any(${debts.map(({ custodyAccountId }) => custodyAccountId)}::uuid[])`;
    return (debt) => {
      const { holder, iban, bic, legalName, siren } = rows.find(({ payeeId, custodyAccountId }) =>
        payeeId === debt.payeeId && custodyAccountId === debt.custodyAccountId)!;
      return { creditor: { holder, iban, bic, identity: this.identity ?? null }, debtor: { legalName, siren } };
    };
  }
}
