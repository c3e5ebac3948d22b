// What the documents point at exists: files and headings behind every relative link, a README for each lib and app, and
// behind the tables of accounts.md and messages.md the chart and the contracts of the code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { MESSAGES } from '#libs/contracts';
import { CHART } from '#libs/ledger';

const ROOT = resolve('.');
const SKIPPED = /^(node_modules|dist|coverage|\.git|\.mereau.*)$/;

const markdownFiles = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  if (SKIPPED.test(entry.name)) return [];
  const path = join(folder, entry.name);
  return entry.isDirectory() ? markdownFiles(path) : entry.name.endsWith('.md') ? [path] : [];
});

/** Fenced blocks and code spans show links, they do not make them. */
const prose = (text: string): string => text.replace(/^(```|~~~)[\s\S]*?^\1[^\n]*$/gm, '').replace(/`[^`\n]*`/g, '');
const LINK = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)/gm;

const linksOf = (text: string): string[] => [...prose(text).matchAll(LINK)]
  .map(([, inline, reference]) => inline ?? reference ?? '')
  .filter((target) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target));

/** As code hosts make them: small letters, marks dropped, blanks to dashes. */
const anchorsOf = (text: string): Set<string> => new Set([...text.replace(/^(```|~~~)[\s\S]*?^\1[^\n]*$/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*$/gm)]
  .map(([, heading]) => (heading ?? '').toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')));

/** Undefined when the link leads somewhere; what is missing when not. */
function missing(file: string, text: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#', 2);
  const found = path === '' ? file : resolve(path.startsWith('/') ? ROOT : dirname(file), decodeURI(path.replace(/^\//, '')));
  if (found !== file && !existsSync(found)) return `${target} (no such file)`;
  if (anchor === undefined || !found.endsWith('.md')) return undefined;
  return anchorsOf(found === file ? text : readFileSync(found, 'utf8')).has(anchor) ? undefined : `${target} (no such heading)`;
}

const broken = (file: string, text: string): string[] => linksOf(text).map((target) => missing(file, text, target))
  .filter((what) => what !== undefined).map((what) => `${relative(ROOT, file)}: ${what}`);

/** Cells of the table rows whose first cell fits, without code marks. */
const rows = (file: string, first: RegExp): string[][] => readFileSync(file, 'utf8').split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.replaceAll('`', '').trim()))
  .filter(([cell]) => first.test(cell ?? ''));

describe('the Markdown of the repository', () => {
  const files = markdownFiles(ROOT);

  it('is found at all', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  it('links only to files and headings that exist', () => {
    expect(files.flatMap((file) => broken(file, readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('describes each lib and each app', () => {
    const hasFile = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile());
    const folders = ['libs', 'apps'].flatMap((kind) => readdirSync(kind).map((name) => `${kind}/${name}`)).filter(hasFile);
    expect(folders.filter((folder) => !existsSync(join(folder, 'README.md')))).toEqual([]);
  });
});

describe('the search for broken links', () => {
  const here = join(ROOT, 'docs', 'planted.md');

  it.each([
    ['a file', '[x](no-such-file.md)'],
    ['a file by reference', 'see [x]\n\n[x]: no-such-file.md'],
    ['a heading of another file', '[x](accounts.md#no-such-heading)'],
    ['a heading of its own', '# One\n\n[x](#two)'],
    ['a picture', '![x](pictures/none.png "title")'],
  ])('finds a link to %s that is not there', (_what, text) => {
    expect(broken(here, text)).toHaveLength(1);
  });

  it.each([
    ['the web', '[x](https://example.org/a.md)'],
    ['a heading that is there', '# The one: it’s *here*\n\n[x](#the-one-its-here)'],
    ['a neighbour', '[x](accounts.md#chart-of-accounts) and [y](../README.md)'],
    ['code', '```\n[x](none.md)\n```\nand `[x](none.md)`'],
  ])('is content with %s', (_what, text) => {
    expect(broken(here, text)).toEqual([]);
  });
});

describe('docs/accounts.md', () => {
  const [chart, plays] = [rows('docs/accounts.md', /^(issuance|redemption|settlement)$/), rows('docs/accounts.md', /^\d?$/)];

  it('lists the chart of accounts as libs/ledger has it', () => {
    const said = chart.filter((cells) => cells.length === 7)
      .map(([ledger, account, cls, normal, guarded, pcg]) => ({ ledger, kind: account?.split(':')[0], class: cls, normal, guarded: guarded === 'yes', pcg }));
    expect(said).toEqual(CHART.map((entry) => ({ ...entry })));
  });

  /** Replays the worked example: debit positive, credit negative, per ledger and account. */
  const replay = (upTo: number): Map<string, number> => {
    const balances = new Map<string, number>();
    let step = 0;
    for (const [number, , , ledger, debit, credit, cents] of plays.filter((cells) => cells.length === 7)) {
      step = Number(number) || step;
      if (step > upTo || !/^\d+$/.test(cents ?? '')) continue;
      for (const [account, sign] of [[debit, 1], [credit, -1]] as const) {
        const key = `${ledger} ${account}`;
        balances.set(key, (balances.get(key) ?? 0) + sign * Number(cents));
      }
    }
    return balances;
  };
  const owed = (balances: Map<string, number>, kinds: string[]): number => [...balances]
    .filter(([key]) => kinds.includes(key.split(/[ :]/)[1] ?? '')).reduce((total, [, value]) => total - value, 0) + 0;

  it('plays an example whose balances are what its postings add up to', () => {
    const debts = ['unmatched', 'prefund', 'outstanding', 'accrued', 'payable', 'transit', 'commons'];
    const said = plays.filter((cells) => cells.length === 11).map((cells) => cells.map(Number));
    expect(said).toHaveLength(8);
    expect(said).toEqual(said.map(([step]) => {
      const balances = replay(step!);
      return [step, -owed(balances, ['bank']), ...debts.map((kind) => owed(balances, [kind])), owed(balances, debts), owed(balances, ['fee_income', 'vat_collected'])];
    }));
    for (const line of said) expect(line[1]).toBe(line[9]! + line[10]!);
  });

  it('plays an example in which every clearing pair is zero at every step', () => {
    for (const step of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const balances = replay(step);
      for (const [a, b] of [['issuance', 'redemption'], ['issuance', 'settlement'], ['redemption', 'settlement']]) {
        expect((balances.get(`${a} clearing:${b}`) ?? 0) + (balances.get(`${b} clearing:${a}`) ?? 0)).toBe(0);
      }
    }
    expect(replay(8).get('redemption clearing:settlement')).toBe(-2000);
  });
});

describe('docs/messages.md', () => {
  it('lists the messages as libs/contracts has them', () => {
    const said = rows('docs/messages.md', /^[a-z_]+\.[a-z_]+\.v\d+$/).map(([type, from, to, postings]) => ({ type, from, to, postings }));
    const list = (words: readonly string[]) => words.join(', ') || '–';
    expect(said.sort((a, b) => a.type!.localeCompare(b.type!))).toEqual(MESSAGES
      .map(({ type, from, to, postings }) => ({ type, from, to: list(to), postings: list(Object.entries(postings).map(([ledger, row]) => `${ledger} ${row}`)) }))
      .sort((a, b) => a.type.localeCompare(b.type)));
  });
});
