import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { VintageSignedOffV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import { OVERSEER, readAs, type Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { tellVintage } from '../vintages/tell-vintage.js';
import { batchesSignedByAll, figuresOf, insertSignOff, signedSteps, type VintageStep } from '../vintages/vintage.store.js';
import { decideSignOff, type BatchFigures } from '../vintages/sign-off-vintage.decision.js';
import { vintageDocument } from '../vintages/vintage-document.js';
import { STOP_NOTICE } from '../vintages/vintage-notices.decision.js';
import { listVintages } from './list-vintages.store.js';
import { ListVintages, SignOffVintage, type SignedOff, type VintageView } from './sign-off-vintage.command.js';

@CommandHandler(SignOffVintage)
export class SignOffVintageHandler implements ICommandHandler<SignOffVintage> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request, meta }: SignOffVintage) {
    return this.work.once<SignedOff | Rejected>(meta, async (tx) => {
      const { programmeId, usableUntil, step, payerId, sha256 } = request;
      // Two payers of one order at once: the second sees that it is the last, and distributors are told.
      await lockByName(tx, `vintage:${programmeId}:${usableUntil}`);
      const batches = await figuresOf(tx.sql, request);
      const earlier = step === 'seven_days' ? await figuresOf(tx.sql, { ...request, step: 'fifteen_days' }) : [];
      const document = vintageDocument(request, batches, earlier);
      const refused = decideSignOff({ step, batches, signed: await signedSteps(tx.sql, request), sha256: document.sha256 }, sha256);
      if (refused) return refused;
      await insertSignOff(tx, { ...request, ...document }, actorOf(tx));
      await tx.emit(VintageSignedOffV1, { subject: `programme:${programmeId}`, body: { programmeId, usableUntil, step, payerId, sha256 } });
      if (step === 'fifteen_days') await tellToStop(tx, request, batches);
      return { programmeId, usableUntil, step, sha256, signedAt: tx.now.toISOString() };
    });
  }
}

/** Where an order has several payers, all of them have to have signed. */
async function tellToStop(tx: Tx, vintage: VintageStep, [batch]: readonly BatchFigures[]): Promise<void> {
  const batchIds = await batchesSignedByAll(tx.sql, vintage);
  if (batchIds.length > 0) await tellVintage(tx, STOP_NOTICE, { ...vintage, claimableUntil: batch!.claimableUntil }, batchIds);
}

@QueryHandler(ListVintages)
export class ListVintagesHandler implements IQueryHandler<ListVintages> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ page }: ListVintages): Promise<readonly VintageView[]> {
    return readAs(this.work, page.payerId ?? OVERSEER, (sql) => listVintages(sql, page));
  }
}
