import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, reject, showId, type LocalDate, type PayeeId, type Rejected } from '#libs/kernel';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import { ruleOn } from '../closing-rules/closing-rule.decision.js';
import { calendarProgrammes } from '../closing-rules/closing-rule.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import type { RefusalCode } from '../refusals.js';
import { SettlementWork } from '../settlement.work.js';
import { attestationContent, type Facts, type Operator } from './attestation.decision.js';
import { OPERATOR, ShowAttestation, type ShownAttestation } from './attestation.query.js';
import { attestedPayee, attestedPlaces, attestedProgrammes, measuredDelays } from './attestation.store.js';

/** The operator, where the installation says who it is. */
export type NamedOperator = Readonly<{ known: Operator | undefined }>;

@QueryHandler(ShowAttestation)
export class ShowAttestationHandler implements IQueryHandler<ShowAttestation> {
  constructor(private readonly work: SettlementWork, @Inject(OPERATOR) private readonly operator: NamedOperator) {}

  async execute({ reader, payeeId }: ShowAttestation): Promise<ShownAttestation | Rejected<RefusalCode>> {
    const { operator: { known: operator } } = this;
    // Whether it is the payee behind their place is asked as they may read; the attestation is of all of its places.
    const payee = await readAs(this.work, reader.placeId ?? OVERSEER, (sql) => attestedPayee(sql, reader, payeeId));
    if (!payee) return reject('payee_unknown');
    if (!operator) return reject('operator_not_named');
    if (payee.legalName === null || payee.siren === null) return reject('payee_incomplete');
    const asOf = dayIn(BANK_TIME_ZONE, await this.work.moment());
    const facts: Facts = {
      asOf, operator: identityOf(operator), payee: { id: showId('payee', payeeId), legalName: payee.legalName, siren: payee.siren },
      ...await readAs(this.work, OVERSEER, (sql) => attestedFacts(sql, payeeId, asOf)),
    };
    const content = attestationContent(facts);
    return { facts, content, sha256: createHash('sha256').update(content).digest('hex') };
  }
}

async function attestedFacts(sql: Sql, payeeId: PayeeId, asOf: LocalDate): Promise<Pick<Facts, 'places' | 'programmes' | 'measured'>> {
  const rulesOf = new Map((await calendarProgrammes(sql)).map(({ programmeId, rules }) => [programmeId, rules]));
  const programmes = (await attestedProgrammes(sql, payeeId, asOf)).map(({ programmeId, ...programme }) =>
    ({ id: showId('programme', programmeId), ...programme, rule: ruleOn(rulesOf.get(programmeId) ?? [], asOf) }));
  return { places: await attestedPlaces(sql, payeeId), programmes, measured: await measuredDelays(sql, payeeId) };
}

const identityOf = ({ name, legalForm, siren, registry, address }: Operator): Operator => ({ name, legalForm, siren, registry, address });
