import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf } from '#libs/kernel';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER, readAs } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { withShares } from '../statements/lines-with-shares.js';
import { feesOf, linesOf, totalOf } from '../statements/statement.store.js';
import { debitNotes } from './debit-notes.listing.js';
import { ListDebitNotes, ShowDebitNote, type ListedNote, type ShownNote } from './debit-notes.queries.js';
import { dischargesOf, lossesOf, readNote } from './shown-note.store.js';

@QueryHandler(ListDebitNotes)
export class ListDebitNotesHandler implements IQueryHandler<ListDebitNotes> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader: { placeId }, asked }: ListDebitNotes): Promise<ListingPage<ListedNote>> {
    return readListing<ListedNote>(this.work, debitNotes, { reader: placeId ?? OVERSEER, rights: [placeId] }, asked);
  }
}

@QueryHandler(ShowDebitNote)
export class ShowDebitNoteHandler implements IQueryHandler<ShowDebitNote> {
  constructor(private readonly work: SettlementWork) {}

  /** Its lines are those of the statement that it is. That somebody thinks of writing it off is told to nobody outside. */
  execute({ reader, debitNoteId }: ShowDebitNote): Promise<ShownNote | undefined> {
    return readAs(this.work, reader.placeId ?? OVERSEER, async (sql) => {
      const note = await readNote(sql, reader, debitNoteId);
      if (!note) return undefined;
      const statementId = idOf('statement', debitNoteId);
      const fees = await feesOf(sql, statementId);
      return {
        ...note, total: await totalOf(sql, statementId), lines: withShares(fees, await linesOf(sql, statementId)),
        discharges: await dischargesOf(sql, debitNoteId), losses: reader.placeId === null ? await lossesOf(sql, debitNoteId) : [],
      };
    });
  }
}
