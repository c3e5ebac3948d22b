// One movement (record 04) with what its complements (05) say of it: the parties, the payer's words, the references.
import { isValidIBAN } from 'ibantools';
import { minus, ZERO } from '#libs/kernel';
import type { BankEntry } from '../bank-statement.js';
import { paymentIdOf } from '../end-to-end-id.js';
import type { CfonbRecord } from './cfonb-record.js';

/** What each movement may be told in: a bank writes a handful. */
const COMPLEMENTS_MAX = 100;

export class MovementDraft {
  readonly #told = new Map<string, string[]>();
  #complements = 0;

  constructor(private readonly movement: CfonbRecord, private readonly position: number) {}

  /** False when a movement has more of them than any bank writes. */
  add(complement: CfonbRecord): boolean {
    const [name, text] = [complement.field(46, 48), complement.field(49, 118)];
    this.#complements += 1;
    if (name && text) this.#told.set(name, [...this.#told.get(name) ?? [], text]);
    return this.#complements <= COMPLEMENTS_MAX;
  }

  finished(): BankEntry {
    const { movement } = this;
    const amount = movement.amount('amount');
    const [amountCents, side] = amount < 0n ? [minus(ZERO, amount), 'debit' as const] : [amount, 'credit' as const];
    const currency = movement.field(17, 19);
    const rejected = movement.field(41, 42);
    // RCN holds the payer's own id in its first half, and the purpose in the other.
    const endToEndId = provided(this.#first('RCN')?.slice(0, 35).trim());
    const ownId = side === 'credit' && endToEndId !== undefined && paymentIdOf(endToEndId) !== undefined;
    const returned = rejected !== '' || ownId;
    const operation = movement.field(33, 34);
    return {
      position: this.position, amountCents, currency, side, status: 'booked', reversal: false,
      bookedOn: movement.day(35, 'day'), valueOn: movement.field(43, 48) ? movement.day(43, 'value day') : undefined,
      entryRef: movement.field(105, 120) || undefined,
      bankTransactionCode: operation ? `CFONB/${operation}` : undefined,
      details: 'add_up', note: movement.field(49, 79) || undefined,
      transactions: [{
        amountCents, currency, side, endToEndId,
        paymentInformationId: side === 'debit' ? this.#first('REF')?.slice(0, 35).trim() : undefined,
        references: { structured: this.#all('LCS'), unstructured: this.#all('LCC', 'LC2', 'LIB', 'REF') },
        counterparty: this.#counterparty(side),
        returnReason: rejected || undefined, returned, originalEndToEndId: returned ? endToEndId : undefined,
      }],
    };
  }

  #counterparty(side: BankEntry['side']): BankEntry['transactions'][number]['counterparty'] {
    const [name, ultimate, account] = side === 'credit' ? ['NPY', 'NPO', 'IPY'] : ['NBE', 'NBU', 'IBE'];
    const iban = this.#first(account!)?.slice(0, 35).replace(/\s/g, '').toUpperCase();
    return { name: this.#first(name!), ultimateName: this.#first(ultimate!), iban: iban && isValidIBAN(iban) ? iban : undefined };
  }

  #first(name: string): string | undefined {
    return this.#told.get(name)?.[0];
  }

  #all(...names: readonly string[]): string[] {
    return names.flatMap((name) => this.#told.get(name) ?? []);
  }
}

const provided = (id: string | undefined): string | undefined => (!id || /^NOT ?PROVIDED$/i.test(id) ? undefined : id);
