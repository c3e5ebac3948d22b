import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { OPERATOR } from '../attestations/attestation.query.js';
import type { NamedOperator } from '../attestations/show-attestation.handler.js';
import { lockByName } from '../database.store.js';
import { namedOperator, operatorOf } from '../own-money/own-money.store.js';
import { payeeOfBody } from '../payees/payee.store.js';
import { SettlementWork } from '../settlement.work.js';
import { NameLegalBody, NameOperator, type NamedBody } from './legal-body.commands.js';
import { insertOperator } from './legal-body.store.js';

@CommandHandler(NameLegalBody)
export class NameLegalBodyHandler implements ICommandHandler<NameLegalBody> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request, meta }: NameLegalBody) {
    return this.work.once<NamedBody | Rejected>(meta, async (tx) => {
      await lockByName(tx, `siren ${request.siren}`);
      return payeeOfBody(tx, request);
    });
  }
}

@CommandHandler(NameOperator)
export class NameOperatorHandler implements ICommandHandler<NameOperator> {
  constructor(private readonly work: SettlementWork, @Inject(OPERATOR) private readonly operator: NamedOperator) {}

  execute({ meta }: NameOperator) {
    return this.work.once<NamedBody | Rejected>(meta, async (tx) => {
      const { known: body } = this.operator;
      if (!body) return reject('operator_not_named');
      await lockByName(tx, `siren ${body.siren}`);
      const named = await operatorOf(tx.sql);
      if (named) return { payeeId: named, known: true };
      // A second operator needs a row beside the first one's, which is not built (ADR 0050): the first one's account is not ours to pay.
      if (await namedOperator(tx.sql)) return reject('operator_not_named');
      const { payeeId } = await payeeOfBody(tx, { legalName: body.name, siren: body.siren });
      await insertOperator(tx, payeeId);
      return { payeeId, known: false };
    });
  }
}
