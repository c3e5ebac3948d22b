// A bank with one account of ours, played day by day: it takes credits, executes payment files, returns payments,
// takes its charges, and each evening sends a statement whose balances follow from the last. It never lies by accident;
// what a spec wants wrong, it makes wrong itself.
import { addDays, cents, isRejected, minus, plus, reject, sum, ZERO } from '#libs/kernel';
import type { Cents, LocalDate, Rejected } from '#libs/kernel';
import { readPain001 } from './read-pain001.js';
import type { InstructedFile, InstructedPayment, PaymentGroup } from './read-pain001.js';
import { drawNoise, mistyped } from './draw-noise.js';
import type { Noise } from './draw-noise.js';
import { fakeIban } from './fake-iban.js';
import type { CamtVersion, FakeDetail, FakeEntry, FakeParty, FakeStatement } from './statement.js';
import { writeCamt053 } from './write-camt053.js';
import { writeCfonb120 } from './write-cfonb120.js';
import { writePain002 } from './write-pain002.js';
import type { FakeReport, PainVersion, Rejections } from './write-pain002.js';

export type FakeAccount = Readonly<{
  iban: string; ownerName: string; bic: string; openingCents: Cents; day: LocalDate;
  /** Most banks tell a booked batch by its id and count alone; some tell its payments too. */
  tellsPaymentsOfBatch?: boolean;
}>;
export type Incoming = Readonly<{
  amountCents: Cents; from: FakeParty; reference?: string; text?: string | readonly string[]; endToEndId?: string;
  /** Seen by the bank but not booked: no balance moves. */
  pending?: boolean;
}>;
export type PspPayout = Readonly<{ amountCents: Cents; descriptor?: string; traceId?: string }>;
export type FileRefusal =
  | 'payment_file_unreadable' | 'payment_file_repeated' | 'payment_file_totals_wrong' | 'payment_file_not_our_account';
type Answered = Pick<FakeReport, 'file' | 'rejections' | 'refusedFor'>;
type Sent = Readonly<{ payment: InstructedPayment; paymentInformationId: string }>;

const RETURN_TEXTS: Readonly<Record<string, string>> = {
  AC01: 'COMPTE INCORRECT', AC04: 'COMPTE CLOTURE', MD07: 'TITULAIRE DECEDE',
};

export class FakeBank {
  readonly account: FakeAccount;
  #day: LocalDate;
  #openingCents: Cents;
  #sequence = 0;
  #line = 0;
  #entries: FakeEntry[] = [];
  #report = 0;
  #waiting: { file: InstructedFile; group: PaymentGroup }[] = [];
  readonly #messageIds = new Set<string>();
  readonly #sent = new Map<string, Sent>();
  readonly #answered = new Map<string, Answered>();

  constructor(account: FakeAccount) {
    this.account = account;
    this.#day = account.day;
    this.#openingCents = account.openingCents;
  }

  get day(): LocalDate {
    return this.#day;
  }

  get balanceCents(): Cents {
    const booked = this.#entries.filter((entry) => entry.status === 'BOOK');
    const total = (side: FakeEntry['side']) =>
      sum(booked.filter((entry) => entry.side === side).map((entry) => entry.amountCents));
    return minus(plus(this.#openingCents, total('credit')), total('debit'));
  }

  /** A transfer of somebody to us. Answers the bank's reference of the entry. */
  receive({ amountCents, from, reference, text, endToEndId, pending = false }: Incoming): string {
    const texts = text === undefined ? undefined : [text].flat();
    return this.#book({
      side: 'credit', amountCents, code: ['PMNT', 'RCDT', 'ESCT'], status: pending ? 'PDNG' : 'BOOK',
      note: `VIREMENT SEPA RECU ${from.name}`.slice(0, 140),
      details: [{ amountCents, counterparty: from, reference, endToEndId, text: texts }],
    });
  }

  /** A debit that no payment file asked for, such as a direct debit of a supplier. */
  debit(amountCents: Cents, to: FakeParty, text: string): string {
    return this.#book({
      side: 'debit', amountCents, code: ['PMNT', 'RDDT', 'ESDD'], note: `PRELEVEMENT ${to.name}`,
      details: [{ amountCents, counterparty: to, text: [text] }],
    });
  }

  charge(amountCents: Cents, text = 'COMMISSION DE TENUE DE COMPTE'): string {
    return this.#book({ side: 'debit', amountCents, code: ['ACMT', 'MDOP', 'CHRG'], note: text, details: [] });
  }

  /** The card processor pays out: a credit that names nothing but itself. The trace is what the processor knows it by. */
  receivePspPayout({ amountCents, descriptor = 'STRIPE', traceId }: PspPayout): string {
    return this.receive({
      amountCents, from: { name: 'STRIPE PAYMENTS EUROPE', iban: fakeIban(43) }, text: descriptor, ...(traceId !== undefined && { endToEndId: traceId }),
    });
  }

  /**
   * What stands on every real statement and concerns no order of ours: a stranger's invoice, a reference typed wrong, and
   * one of another creditor, not booked yet. With a seed, other people and other amounts for each seed.
   */
  noise(seed?: string): Noise {
    if (seed === undefined) return this.#sampleNoise();
    const { stranger, payer, strangerCents, mistypedCents, wrongCents, reference } = drawNoise(seed);
    this.receive({ amountCents: strangerCents, from: stranger, text: `FACTURE ${strangerCents}` });
    this.receive({ amountCents: mistypedCents, from: payer, text: mistyped(reference) });
    this.receive({ amountCents: wrongCents, from: payer, reference });
    this.receive({ amountCents: cents(777), from: stranger, reference: 'RF18539007547034', pending: true });
    return { strangerCents, mistypedCents, wrongCents };
  }

  #sampleNoise(): Noise {
    const stranger: FakeParty = { name: 'BOULANGERIE DU MARCHE', iban: fakeIban(41) };
    this.receive({ amountCents: cents(1234), from: stranger, text: 'FACTURE 4711' });
    const mistypedSample = 'RF74MRO6W1G60EECF';
    this.receive({ amountCents: cents(5000), from: { name: 'M DURAND', iban: fakeIban(42) }, text: mistypedSample });
    this.receive({ amountCents: cents(777), from: stranger, reference: 'RF18539007547034', pending: true });
    return { strangerCents: cents(1234), mistypedCents: cents(5000), wrongCents: ZERO };
  }

  /** Takes a payment file. What is due is debited at once, the rest on its day; `rejections` are never debited. */
  execute(pain001: string, rejections: Rejections = {}): InstructedFile | Rejected<FileRefusal> {
    const file = readPain001(pain001);
    if (isRejected(file)) return file;
    const refusal = this.#refusalOf(file);
    if (refusal) return reject(refusal);
    this.#messageIds.add(file.messageId);
    this.#answered.set(file.messageId, { file, rejections });
    const isLeft = ({ endToEndId }: InstructedPayment) => rejections[endToEndId] === undefined;
    const left = file.groups.map((group) => ({ ...group, payments: group.payments.filter(isLeft) }));
    this.#waiting.push(...left.filter(({ payments }) => payments.length > 0).map((group) => ({ file, group })));
    this.#executeDue();
    return file;
  }

  /** Refuses a readable file whole, before looking at its payments; `report` then tells so. */
  refuse(pain001: string, reason: string): void {
    const file = readPain001(pain001);
    if (isRejected(file)) throw new Error(`the fake bank cannot answer to a file that it cannot read: ${file.code}`);
    this.#answered.set(file.messageId, { file, rejections: {}, refusedFor: reason });
  }

  /** The pain.002 on a file that was executed or refused; each call is a message of its own. */
  report(messageId: string, version: PainVersion = '10'): string {
    const answered = this.#answered.get(messageId);
    if (!answered) throw new Error(`the fake bank was never given a file ${messageId}`);
    this.#report += 1;
    return writePain002({ messageId: `FAKE-RPT-${this.#report}`, day: this.#day, ...answered }, version);
  }

  /** The payee's bank sends a payment back. The message has no field for the original id: it is the end-to-end id. */
  returnPayment(endToEndId: string, reason = 'AC04'): string {
    const sent = this.#sent.get(endToEndId);
    if (!sent) throw new Error(`the fake bank sent no payment ${endToEndId}`);
    const { payment, paymentInformationId } = sent;
    return this.#book({
      side: 'credit', amountCents: payment.amountCents, code: ['PMNT', 'ICDT', 'RRTN'],
      note: `RETOUR VIREMENT ${endToEndId}`,
      details: [{
        amountCents: payment.amountCents, endToEndId, instructionId: payment.instructionId, paymentInformationId,
        counterparty: { name: payment.creditorName, iban: payment.creditorIban },
        text: payment.text === undefined ? undefined : [payment.text],
        returnReason: reason, returnText: RETURN_TEXTS[reason],
      }],
    });
  }

  /** The statement of the day; the next day begins. */
  closeDay(version: CamtVersion | 'cfonb120' = '08'): string {
    this.#sequence += 1;
    const stamp = this.#day.replaceAll('-', '');
    const statement: FakeStatement = {
      messageId: `FAKE-${stamp}-${this.#sequence}`, statementId: `FAKE-STMT-${stamp}`,
      sequence: this.#sequence, day: this.#day,
      iban: this.account.iban, ownerName: this.account.ownerName, bic: this.account.bic,
      openingCents: this.#openingCents, closingCents: this.balanceCents, entries: this.#entries,
    };
    this.#openingCents = statement.closingCents;
    this.#entries = [];
    this.#day = addDays(this.#day, 1);
    this.#executeDue();
    return version === 'cfonb120' ? writeCfonb120([statement]) : writeCamt053([statement], version);
  }

  #refusalOf(file: InstructedFile): FileRefusal | undefined {
    const payments = file.groups.flatMap((group) => group.payments);
    const agrees = (told: { count: string; controlSum: string }, of: readonly InstructedPayment[]) => {
      const total = String(sum(of.map((payment) => payment.amountCents))).padStart(3, '0');
      return told.count === String(of.length) && told.controlSum === `${total.slice(0, -2)}.${total.slice(-2)}`;
    };
    if (this.#messageIds.has(file.messageId)) return 'payment_file_repeated';
    const right = agrees(file, payments) && file.groups.every((group) => agrees(group, group.payments));
    if (!right) return 'payment_file_totals_wrong';
    if (file.groups.some((group) => group.debtorIban !== this.account.iban)) return 'payment_file_not_our_account';
    return undefined;
  }

  #executeDue(): void {
    const due = this.#waiting.filter(({ group }) => group.executeOn <= this.#day);
    this.#waiting = this.#waiting.filter(({ group }) => group.executeOn > this.#day);
    for (const { file, group } of due) this.#debitGroup(file, group);
  }

  #debitGroup({ messageId }: InstructedFile, group: PaymentGroup): void {
    const { paymentInformationId } = group;
    const details = group.payments.map((payment): FakeDetail => {
      this.#sent.set(payment.endToEndId, { payment, paymentInformationId });
      return {
        amountCents: payment.amountCents, endToEndId: payment.endToEndId, instructionId: payment.instructionId,
        paymentInformationId, counterparty: { name: payment.creditorName, iban: payment.creditorIban },
        text: payment.text === undefined ? undefined : [payment.text],
      };
    });
    const note = `REMISE VIREMENTS ${paymentInformationId}`;
    const debit = { side: 'debit', code: ['PMNT', 'ICDT', 'ESCT'], note } as const;
    if (!group.batchBooked) {
      for (const detail of details) this.#book({ ...debit, amountCents: detail.amountCents, details: [detail] });
      return;
    }
    const batch = { messageId, paymentInformationId, count: details.length };
    const amountCents = sum(details.map((detail) => detail.amountCents));
    this.#book({ ...debit, amountCents, batch, details: this.account.tellsPaymentsOfBatch ? details : [] });
  }

  #book(entry: Omit<FakeEntry, 'bookedOn' | 'entryRef' | 'status'> & Partial<Pick<FakeEntry, 'status'>>): string {
    this.#line += 1;
    const entryRef = `FAKE${this.#day.replaceAll('-', '')}${String(this.#line).padStart(6, '0')}`;
    this.#entries.push({ status: 'BOOK', ...entry, bookedOn: this.#day, entryRef });
    return entryRef;
  }
}
