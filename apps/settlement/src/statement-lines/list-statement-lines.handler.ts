import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { assert } from '#libs/kernel';
import { readListing, type ListingPage } from '#libs/listing';
import { readAs, type Sql } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import type { Shares } from '../statement-closings/statement.decision.js';
import { withShares } from '../statements/lines-with-shares.js';
import { feesOf, linesOf } from '../statements/statement.store.js';
import { statementLines } from './statement-lines.listing.js';
import { ListStatementLines, type LineOfList, type SharedLineOfList } from './statement-lines.query.js';

@QueryHandler(ListStatementLines)
export class ListStatementLinesHandler implements IQueryHandler<ListStatementLines> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ placeId, statementId, asked }: ListStatementLines): Promise<ListingPage<SharedLineOfList>> {
    const page = await readListing<LineOfList>(this.work, statementLines, { reader: placeId, rights: [placeId, statementId] }, asked);
    const shares = await readAs(this.work, placeId, (sql) => sharesOf(sql, page.rows));
    return {
      ...page, rows: page.rows.map((row) => {
        const own = shares.get(row.id);
        assert(own !== undefined, 'a line of a statement has its part of it');
        return { ...row, shares: own };
      }),
    };
  }
}

/** A line's part follows from all lines of its statement, so each statement of the page is divided whole. */
async function sharesOf(sql: Sql, rows: readonly LineOfList[]): Promise<ReadonlyMap<string, Shares>> {
  const shares = new Map<string, Shares>();
  for (const statementId of new Set(rows.map((row) => row.statementId))) {
    const lines = withShares(await feesOf(sql, statementId), await linesOf(sql, statementId));
    for (const { claimLineId, incidentId, gross, fee, vat, commons, net } of lines) {
      shares.set(incidentId ?? claimLineId, { gross, fee, vat, commons, net });
    }
  }
  return shares;
}
