// One scheme in which nearly everything that an organisation may own exists once, and belongs to the council, to one place or to one
// distributor; and others of each kind, which own none of it.
import type { Principal } from '#libs/auth';
import { until } from '#libs/testing';
import pg from 'pg';
import { mandateForAll } from '../builders/mandate.js';
import { SELLER } from '../builders/seller.js';
import { OneProcess, person, plain, type Order, type Voucher } from './one-process.js';

const TODAY = '2026-03-10';

/** Where the ids of each noun stand. */
const WHERE: Readonly<Record<string, string>> = {
  payer: 'select id from issuance.payer order by id', programme: 'select id from issuance.programme', order: 'select order_id as id from issuance.order_share order by order_id',
  batch: 'select id from issuance.batch', distributor: 'select id from issuance.distributor order by id', delivery: 'select id from issuance.delivery order by id',
  handOver: 'select id from issuance.hand_over', agent: 'select id from issuance.agent', fileImport: 'select file_import_id as id from issuance.hand_over_file', invoice: 'select id from issuance.invoice',
  contradictoryStatement: 'select id from issuance.contradictory_statement', extension: 'select id from issuance.extension_proposal',
  orderDraft: 'select id from issuance.order_draft order by id', place: 'select id from redemption.place order by id', redemption: 'select redemption_id as id from settlement.claim_line',
  authorisation: 'select id from redemption.authorisation where id not in (select id from redemption.redemption)',
  session: 'select session_id as id from redemption.redemption where session_id is not null', lossReport: 'select id from redemption.loss_report',
  measure: 'select id from redemption.measure', departure: 'select id from redemption.departure', device: 'select id from redemption.till_device', application: 'select id from redemption.application',
  applicationStep: `select id from redemption.application_step where step = 'refused'`, finding: 'select id from audit.finding', alert: 'select id from audit.alert',
  mandate: 'select id from identity.mandate', payee: 'select payee_id as id from settlement.payee_site order by place_id', statement: 'select id from settlement.statement',
  hold: 'select id from settlement.hold', incident: 'select id from settlement.incident', placeInvoice: 'select id from settlement.place_invoice',
  debitNote: 'select id from settlement.debit_note', bankAccount: 'select id from settlement.bank_account',
};

export type World = Readonly<{
  scheme: OneProcess; strangers: Readonly<Record<string, Principal>>;
  /** A real id of each noun of which there is one, plain. */
  ids: ReadonlyMap<string, string>;
}>;

export async function somethingOfEverything(): Promise<World> {
  const scheme = await OneProcess.open(
    { start: `${TODAY}T10:00:00.000Z`, usableUntil: '2026-12-31', claimableUntil: '2027-01-31' }, { settings: { seller: SELLER } });
  const { people } = scheme;
  await scheme.quiet();
  const strangerTill = await scheme.place('Autre lieu', '44306184100047');
  const siret = { library: '73282932000074', other: '35600000000048' };
  const distributor = async (name: string, number: string) => {
    const { distributorId } = await scheme.post<{ distributorId: string }>('/issuance/distributors', { name, siret: number });
    return person({ organisationKind: 'distributor', roles: ['distributor'], partyId: plain(distributorId) });
  };
  const library = await distributor('Bibliothèque', siret.library);
  const strangers = {
    payer: people.city, till: strangerTill, manager: { ...strangerTill, roles: ['manager'] as const }, distributor: await distributor('Autre', siret.other),
    auditor: person({ organisationKind: 'auditor', roles: ['auditor'], mandates: { inForce: [], hadOne: false } }),
  };
  await ofThePayer(scheme);
  const order = await scheme.orderOf('refund', 12, [{ payerId: scheme.council, basisPoints: 10_000 }]);
  await ofTheDistributor(scheme, order, library);
  await ofThePlace(scheme, order);
  await ofAudit(scheme);
  await scheme.post('/issuance/extensions', { orderId: order.orderId, usableUntil: '2027-03-31', claimableUntil: '2027-04-30' });
  await scheme.quiet();
  return { scheme, strangers, ids: await idsOf(scheme) };
}

async function idsOf(scheme: OneProcess): Promise<ReadonlyMap<string, string>> {
  const inspector = new pg.Client({ connectionString: scheme.database.inspectorUrl });
  await inspector.connect();
  try {
    const found = new Map<string, string>();
    for (const [noun, where] of Object.entries(WHERE)) {
      const { rows: [row] } = await inspector.query<{ id: string }>(`${where} limit 1`);
      if (row) found.set(noun, row.id);
    }
    return found;
  } finally {
    await inspector.end();
  }
}

async function ofThePayer(scheme: OneProcess): Promise<void> {
  const { people: { council }, programmeId } = scheme;
  const address = { street: '1 place du Marché', postalCode: '42000', city: 'Saint-Étienne' };
  const shares = [{ payerId: scheme.council, basisPoints: 10_000 }];
  await scheme.post(`/issuance/payers/${scheme.council}/billing`, { address }, council);
  const { orderId } = await scheme.post<{ orderId: string }>('/issuance/orders', { programmeId, count: 2, shares, onExpiry: 'refund' });
  await scheme.post(`/issuance/orders/${orderId}/invoices`);
  const draft = await scheme.post<{ orderId: string }>('/issuance/order-drafts', { programmeId, count: 3, shares }, council);
  await scheme.post(`/issuance/order-drafts/${draft.orderId}/quotes`);
}

async function ofTheDistributor(scheme: OneProcess, { batchId, vouchers }: Order, library: Principal): Promise<void> {
  const distributorId = `dst_${library.partyId!}`;
  const { deliveryId } = await scheme.post<{ deliveryId: string }>(`/issuance/batches/${batchId}/deliveries`, { distributorId });
  await scheme.post(`/issuance/deliveries/${deliveryId}/receipts`, { ranges: [{ first: 0, last: 9 }] }, library);
  await scheme.post('/issuance/agents', { name: 'Accueil' }, library);
  await scheme.post('/issuance/hand-overs', { handOvers: [{ serial: vouchers[9]!.serial }] }, library);
  await scheme.call(library, 'POST', '/issuance/hand-over-files', `serial\n${vouchers[8]!.serial}\n`, 'text/csv');
  await until('redemption knows who has it', async () =>
    (await scheme.call(library, 'POST', '/redemption/loss-reports', { number: vouchers[8]!.serial })).status === 200);
}

async function ofThePlace(scheme: OneProcess, order: Order): Promise<void> {
  const { people: { till, cleo, bert } } = scheme;
  const placeId = `plc_${till.partyId!}`;
  const manager = { ...till, roles: ['manager'] as const };
  const code = (at: number) => (order.vouchers[at] as Voucher).code;
  const { payeeId } = await scheme.post<{ payeeId: string }>('/settlement/payees', { placeId, legalName: 'Ville de Lyon', siren: '552081317' });
  const { bankAccountId } = await scheme.post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban: 'FR7630006000011234567890189', holder: 'Ville' });
  await scheme.post(`/settlement/payee-bank-accounts/${bankAccountId}/approvals`, { reason: 'compared with the RIB' }, cleo);
  await scheme.post(`/settlement/payees/${payeeId}/billing`, { address: '1 rue de l’Essai, 69001 Lyon' }, manager);
  await scheme.redeem(order, 0);
  await scheme.redeem(order, 1);
  await scheme.post('/redemption/sessions', { serviceDate: TODAY, lines: [{ code: code(2) }] }, till);
  await scheme.post('/redemption/authorisations', { code: code(3), serviceDate: TODAY }, till);
  await close(scheme);
  const [held] = await scheme.list<{ holdId: string }>('/settlement/holds?state=held');
  await scheme.post(`/settlement/holds/${held!.holdId}/release`, { note: 'seen on site' }, bert);
  await close(scheme);
  const [{ redemptionId }] = await scheme.list<{ redemptionId: string }>('/settlement/statement-lines', manager) as [{ redemptionId: string }];
  const { incidentId } = await scheme.post<{ incidentId: string }>('/settlement/incidents', { redemptionId, kind: 'overpaid', amountCents: 1, note: 'one cent' });
  await scheme.post(`/settlement/incidents/${incidentId}/validate`, { note: 'seen' }, bert);
  await scheme.post('/redemption/departures', { from: '2026-12-01' }, manager);
  await scheme.post(`/redemption/places/${placeId}/suspensions`, { reason: 'documents_missing', explanation: 'no contract' });
}

async function close(scheme: OneProcess): Promise<void> {
  await scheme.quiet();
  const { upToSeq } = await scheme.post<{ upToSeq: number }>('/redemption/period-closings');
  await until('the statements are closed', async () => {
    const { status, body } = await scheme.call(scheme.people.anna, 'POST', '/settlement/statement-closings', {});
    return status < 300 && Number(body['upToSeq']) >= upToSeq;
  });
}

async function ofAudit(scheme: OneProcess): Promise<void> {
  const auditor = person({ organisationKind: 'auditor', roles: ['auditor'], mandates: mandateForAll() });
  await scheme.post('/audit/findings', {
    title: 'A finding', observation: 'What was seen', severity: 'minor', replyDue: '2099-01-01', addressee: { kind: 'payer', partyId: scheme.council },
  }, auditor);
}
