import { createHash } from 'node:crypto';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { NettingTermsAcceptedV1, NettingTermsPublishedV1 } from '#libs/contracts';
import { dayIn, isRejected, reject, type Rejected } from '#libs/kernel';
import { OVERSEER, readAs } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { decideAcceptance, decideTerms, type Terms } from './accept-terms.decision.js';
import {
  AcceptNettingTerms, ListNettingAcceptances, ListNettingTerms, PublishNettingTerms, type Acceptance, type Accepted, type PublishedTerms,
} from './netting.commands.js';
import { insertTerms, keepAcceptance, listAcceptances, listTerms, payeeBehind } from './netting.store.js';

/** Shared by whoever reads which version is the latest, and held by whoever publishes the next. */
const TERMS_LOCK = 'netting terms';

@CommandHandler(PublishNettingTerms)
export class PublishNettingTermsHandler implements ICommandHandler<PublishNettingTerms> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { text, from }, meta }: PublishNettingTerms) {
    return this.work.once<Terms | Rejected>(meta, async (tx) => {
      await lockByName(tx, TERMS_LOCK);
      const decided = decideTerms(from, dayIn(BANK_TIME_ZONE, tx.now));
      if (isRejected(decided)) return decided;
      const sha256 = createHash('sha256').update(text).digest('hex');
      const version = await insertTerms(tx, { text, sha256, from });
      await tx.emit(NettingTermsPublishedV1, { subject: 'netting_terms', subjectVersion: version, body: { version, sha256, from } });
      return { version, sha256 };
    });
  }
}

@CommandHandler(AcceptNettingTerms)
export class AcceptNettingTermsHandler implements ICommandHandler<AcceptNettingTerms> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { placeId, ...terms }, meta }: AcceptNettingTerms) {
    return this.work.once<Accepted | Rejected>(meta, async (tx) => {
      await lockByName(tx, TERMS_LOCK);
      const payeeId = await payeeBehind(tx, placeId);
      if (!payeeId) return reject('place_unknown');
      const published = await listTerms(tx.sql);
      const found = published.find(({ version }) => version === terms.version);
      const decided = decideAcceptance(terms, { found, latestVersion: published[0]?.version ?? null });
      if (isRejected(decided)) return decided;
      const { at, isNew } = await keepAcceptance(tx, payeeId, placeId, terms);
      if (isNew) await tx.emit(NettingTermsAcceptedV1, { subject: `payee:${payeeId}`, subjectVersion: terms.version, body: { payeeId, placeId, ...terms } });
      return { payeeId, version: terms.version, acceptedAt: at.toISOString() };
    });
  }
}

@QueryHandler(ListNettingTerms)
export class ListNettingTermsHandler implements IQueryHandler<ListNettingTerms> {
  constructor(private readonly work: SettlementWork) {}

  execute(): Promise<readonly PublishedTerms[]> {
    return listTerms(this.work.client);
  }
}

@QueryHandler(ListNettingAcceptances)
export class ListNettingAcceptancesHandler implements IQueryHandler<ListNettingAcceptances> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, payeeId, rowsMax }: ListNettingAcceptances): Promise<readonly Acceptance[]> {
    return readAs(this.work, reader.placeId ?? OVERSEER, (sql) => listAcceptances(sql, reader, payeeId, rowsMax));
  }
}
