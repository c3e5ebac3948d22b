// A chunk of rows against the payers that are known: each row sees what the rows before it made.
import { assert, idOf, type FileImportId } from '#libs/kernel';
import type { TakenRow } from '#libs/imports';
import type { Tx } from '#libs/persistence';
import type { Row } from '#libs/tabular';
import { lockByName } from '../database.store.js';
import { PAYERS_LOCK } from '../payer.store.js';
import { insertImportedPayers, insertTerritories, payersOf, type FoundPayer, type NewTerritory } from './imported-payer.store.js';
import { decidePayerRow, type KnownPayer, type PayerText, type Territory } from './payer-row.decision.js';
import { readPayer, type Layout } from './read-payer.js';

export const takePayers = (layout: Layout) => async (tx: Tx, importId: FileImportId, rows: readonly Row[]): Promise<TakenRow[]> => {
  await lockByName(tx, PAYERS_LOCK);
  const read = rows.map((row) => readPayer(row, layout));
  const payers = read.flatMap((row) => ('payer' in row ? [row.payer] : []));
  const found = await payersOf(tx, payers.map(({ siren }) => siren), payers.flatMap(({ territory }) => territory ?? []));
  const chunk = new Chunk(importId, found, () => idOf('payer', tx.newId()));
  const outcomes = read.map((row, at): TakenRow => {
    const { number, line } = rows[at]!;
    const place = { row: number, line, source: null, externalId: row.externalId, fields: [] };
    return 'payer' in row ? { ...place, ...chunk.take(row.payer) } : { ...place, outcome: 'refused', code: row.refused, notes: [], subjectId: null };
  });
  await chunk.write(tx);
  return outcomes;
};

const keyOf = ({ kind, code }: Territory): string => `${kind} ${code}`;

class Chunk {
  private readonly bySiren = new Map<string, KnownPayer[]>();
  private readonly byTerritory = new Map<string, KnownPayer>();
  private readonly made: KnownPayer[] = [];
  private readonly territories: NewTerritory[] = [];

  constructor(
    private readonly importId: FileImportId, found: readonly FoundPayer[],
    private readonly newPayerId: () => KnownPayer['payerId'],
  ) {
    for (const { territories, ...payer } of found) {
      this.know(payer);
      for (const territory of territories) this.byTerritory.set(keyOf(territory), payer);
    }
  }

  take(row: PayerText): Pick<TakenRow, 'outcome' | 'code' | 'notes' | 'subjectId'> {
    const ofTerritory = row.territory ? this.byTerritory.get(keyOf(row.territory)) : undefined;
    const decided = decidePayerRow(row, { importId: this.importId, ofSiren: this.bySiren.get(row.siren) ?? [], ofTerritory });
    const { outcome, code } = decided;
    if (outcome === 'refused') return { outcome, code, notes: [], subjectId: null };
    const payer = 'payer' in decided ? decided.payer : this.make(row);
    if (row.territory && !ofTerritory) this.addTerritory(row.territory, payer);
    return { outcome, code, notes: 'notes' in decided ? decided.notes : [], subjectId: payer.payerId };
  }

  async write(tx: Tx): Promise<void> {
    await insertImportedPayers(tx, this.made);
    await insertTerritories(tx, this.importId, this.territories);
  }

  private make({ name, siren, siret }: PayerText): KnownPayer {
    const payer = { payerId: this.newPayerId(), name, siren, siret, madeBy: this.importId };
    this.made.push(payer);
    this.know(payer);
    return payer;
  }

  private know(payer: KnownPayer): void {
    this.bySiren.set(payer.siren, [...(this.bySiren.get(payer.siren) ?? []), payer]);
  }

  private addTerritory(territory: Territory, payer: KnownPayer): void {
    assert(!this.byTerritory.has(keyOf(territory)), 'a territory has one payer');
    this.byTerritory.set(keyOf(territory), payer);
    this.territories.push({ ...territory, payerId: payer.payerId });
  }
}
