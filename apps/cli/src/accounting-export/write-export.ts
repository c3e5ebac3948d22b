// The accounting file of one year: what the accounts stood at when it began, then every posting of the three ledgers. Each
// entry balances, is numbered without a gap, and cites the event that audit keeps.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { StartupFault } from '#libs/persistence';
import { entryText } from './entry-texts.js';
import { fecAccount, isResult, LOSS, PROFIT } from './fec-accounts.js';
import { fecLine, HEADER, type FecLine } from './fec-line.js';
import { latin9 } from './latin-9.js';
import { Lettering } from './lettering.js';
import { countUndated, readBalances, readNames, readTransfers, type Balance, type Transfer } from './read-postings.js';

export type Period = Readonly<{ firstDay: string; lastDay: string }>;
export type Exported = Readonly<{ lines: number; entries: number; debitCents: bigint; creditCents: bigint; sha256: string }>;

/** The file must not be there. Throws StartupFault when a posting has no day yet. */
export async function writeExport(inspectorUrl: string, path: string, period: Period): Promise<Exported> {
  const client = new pg.Client({ connectionString: inspectorUrl });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const undated = await countUndated(client);
    if (undated > 0) throw new StartupFault(`${undated} transfers belong to events that audit has not received yet: look at npm run inspect, and try again`);
    const file = new ExportFile(path, await readNames(client));
    const opened = await readBalances(client, period.firstDay);
    await file.learn(opened, period.firstDay, readTransfers(client, period.firstDay, period.lastDay));
    await file.openingEntry(opened, period.firstDay);
    await file.entries(readTransfers(client, period.firstDay, period.lastDay));
    return await file.close();
  } finally {
    await client.end();
  }
}

class ExportFile {
  private readonly stream: WriteStream;
  private readonly hash = createHash('sha256');
  private readonly lettering = new Lettering();
  private number = 0;
  private lines = 0;
  private debitCents = 0n;
  private creditCents = 0n;

  constructor(path: string, private readonly names: ReadonlyMap<string, string>) {
    this.stream = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    void this.write(HEADER);
  }

  /** Which lines settle each other is known only when all were seen. */
  async learn(opened: readonly Balance[], firstDay: string, transfers: AsyncIterable<Transfer>): Promise<void> {
    for (const { ledger, account, cents } of opened) this.lettering.learn(ledger, account, cents, firstDay);
    for await (const { ledger, day, debit, credit, amountCents } of transfers) {
      this.lettering.learn(ledger, debit, amountCents, day);
      this.lettering.learn(ledger, credit, -amountCents, day);
    }
    this.lettering.learned();
  }

  /** Fees and losses of the years before are their result: one line, as if the year had been closed. */
  async openingEntry(balances: readonly Balance[], firstDay: string): Promise<void> {
    const isClosed = ({ ledger, account }: Balance) => isResult(fecAccount(ledger, account));
    const resultCents = balances.filter(isClosed).reduce((sum, { cents }) => sum + cents, 0n);
    const carried = balances.filter((balance) => !isClosed(balance));
    if (balances.length === 0) return;
    this.number += 1;
    const opened = { journal: 'opening', number: this.number, day: firstDay, piece: 'AN', text: 'À nouveau' } as const;
    for (const { ledger, account, cents } of carried) {
      await this.line({ ...opened, ...this.named(ledger, account), ...sides(cents), lettered: this.lettering.of(ledger, account, cents) });
    }
    if (resultCents !== 0n) await this.line({ ...opened, account: resultCents > 0n ? LOSS : PROFIT, auxiliaryName: '', ...sides(resultCents) });
  }

  /** Transfers of one event in one ledger are one entry. */
  async entries(transfers: AsyncIterable<Transfer>): Promise<void> {
    let last = '';
    for await (const { ledger, eventId, type, day, rule, debit, credit, amountCents } of transfers) {
      const entry = `${ledger} ${eventId}`;
      if (entry !== last) this.number += 1;
      last = entry;
      const common = { journal: ledger, number: this.number, day, piece: eventId, text: entryText(rule, type) };
      for (const [account, cents] of [[debit, amountCents], [credit, -amountCents]] as const) {
        const lettered = this.lettering.of(ledger, account, cents);
        await this.line({ ...common, ...this.named(ledger, account), ...sides(cents), lettered });
      }
    }
  }

  async close(): Promise<Exported> {
    this.stream.end();
    await finished(this.stream);
    if (this.debitCents !== this.creditCents) throw new Error(`the export does not balance: ${this.debitCents} against ${this.creditCents} cents`);
    const { lines, number, debitCents, creditCents } = this;
    return { lines, entries: number, debitCents, creditCents, sha256: this.hash.digest('hex') };
  }

  private named(ledger: Balance['ledger'], text: string) {
    const account = fecAccount(ledger, text);
    return { account, auxiliaryName: this.names.get(account.auxiliary.split(':').at(-1)!) ?? '' };
  }

  private async line(line: FecLine): Promise<void> {
    this.lines += 1;
    this.debitCents += line.debitCents;
    this.creditCents += line.creditCents;
    await this.write(fecLine(line));
  }

  private async write(text: string): Promise<void> {
    const bytes = latin9(text);
    this.hash.update(bytes);
    if (!this.stream.write(bytes)) await once(this.stream, 'drain');
  }
}

const sides = (cents: bigint) => (cents > 0n ? { debitCents: cents, creditCents: 0n } : { debitCents: 0n, creditCents: -cents });
