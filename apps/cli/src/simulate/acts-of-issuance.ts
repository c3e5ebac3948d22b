// What payers, the operator and a distributor do: order, pay, mint, activate, ship, hand over.
import { cents } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { FACE, type MBatch, type MVoucher } from './platform-model.js';
import type { Play } from './play.js';

/** Does one act, when there is something to act on. */
export type Act = (play: Play) => Promise<void>;
const nameOf = ({ batch, index }: MVoucher, play: Play): string => `voucher ${play.model.orders.indexOf(batch.order)}/${index}`;
export const voucherName = nameOf;
const orderName = (play: Play, batch: MBatch): string => `order ${play.model.orders.indexOf(batch.order)}`;

export const order: Act = async (play) => {
  const { scheme, model } = play;
  const [kind, count] = [play.draw(2) === 0 ? 'unit' as const : 'balance' as const, 1 + play.draw(4)];
  const answer = await play.ask(`order ${model.orders.length}: ${count} ${kind} vouchers`, 'ok', {
    who: scheme.payer, path: '/issuance/orders', body: { programmeId: scheme.programmes[kind], count }, repeats: true,
  });
  const { orderId, shares } = answer.body as { orderId: string; shares: { reference: string }[] };
  const references = shares.map(({ reference }) => reference);
  model.orders.push({ id: orderId, kind, references, count, sent: 0, received: 0, batch: undefined });
};

/** The whole, or a half: the bank has it, and nobody else knows yet. */
export const transfer: Act = async (play) => {
  const open = play.oneOf(play.model.orders.filter(({ sent, count }) => sent < count * FACE));
  if (!open) return;
  const due = open.count * FACE - open.sent;
  const amount = play.draw(3) === 0 ? Math.ceil(due / 2) : due;
  open.sent += amount;
  play.scheme.bank.receive({ amountCents: cents(amount), from: { name: 'PAYEUR', iban: fakeIban(50) }, reference: open.references[0]! });
};

export const importStatement: Act = async (play) => {
  const { scheme } = play;
  await play.ask('the bank statement', 'ok', { who: scheme.operator, path: '/settlement/bank-statements', body: scheme.bank.closeDay() });
};

export const mint: Act = async (play) => {
  const { model, scheme } = play;
  const asked = play.oneOf(model.orders);
  if (!asked) return;
  const expected = model.mint(asked);
  const answer = await play.ask(`mint order ${model.orders.indexOf(asked)}`, expected, { who: scheme.operator, path: `/issuance/orders/${asked.id}/batches`, repeats: true });
  if (expected !== 'ok') return;
  const batch: MBatch = {
    order: asked, id: String(answer.body['batchId']).slice(4), vouchers: [], codes: [], deliveryId: '',
    loadedHeard: false, activated: false, shipped: false, created: false, minted: false, activationHeard: false,
  };
  batch.vouchers = Array.from({ length: asked.count }, (_, index) => ({
    batch, index, left: FACE, lost: 0, stopped: false, stopHeard: false, at: 'operator', hold: undefined,
  }));
  asked.batch = batch;
};

export const print: Act = async (play) => {
  const batch = play.oneOf(play.model.batches().filter(({ loadedHeard, codes }) => loadedHeard && codes.length === 0));
  if (!batch) return;
  const answer = await play.ask(`print ${orderName(play, batch)}`, 'ok', {
    who: play.scheme.operator, path: `/issuance/batches/bat_${batch.id}/print-files`, body: { format: 'json' },
  });
  batch.codes = (JSON.parse(answer.text) as { code: string }[]).map(({ code }) => code);
};

export const activate: Act = async (play) => {
  const batch = play.oneOf(play.model.batches());
  if (!batch) return;
  await play.ask(`activate ${orderName(play, batch)}`, play.model.activate(batch), {
    who: play.scheme.operator, path: `/issuance/batches/bat_${batch.id}/activations`, repeats: true,
  });
};

export const ship: Act = async (play) => {
  const batch = play.oneOf(play.model.batches());
  if (!batch) return;
  const expected = play.model.ship(batch);
  const answer = await play.ask(`ship ${orderName(play, batch)}`, expected, {
    who: play.scheme.operator, path: `/issuance/batches/bat_${batch.id}/deliveries`, body: { distributorId: play.scheme.distributorId }, repeats: true,
  });
  if (expected === 'ok') batch.deliveryId = String(answer.body['deliveryId']);
};

export const receive: Act = async (play) => {
  const batch = play.oneOf(play.model.batches().filter(({ deliveryId }) => deliveryId !== ''));
  if (!batch) return;
  await play.ask(`receive ${orderName(play, batch)}`, play.model.receive(batch), {
    who: play.scheme.distributor, path: `/issuance/deliveries/${batch.deliveryId}/receipts`,
    body: { ranges: [{ first: 0, last: batch.vouchers.length - 1 }] }, repeats: true,
  });
};

export const handOver: Act = async (play) => {
  const voucher = play.oneOf(play.model.vouchers());
  if (!voucher) return;
  const expected = play.model.handOver(voucher);
  const { index, batch } = voucher;
  const answer = await play.ask(`hand over ${nameOf(voucher, play)}`, expected, {
    who: play.scheme.distributor, path: '/issuance/hand-overs', body: { handOvers: [{ batchId: `bat_${batch.id}`, first: index, last: index }] }, repeats: true,
  });
  if (expected !== 'ok') return;
  const [made] = answer.body['handOvers'] as { handOverId: string }[];
  play.model.handOvers.push({ id: made!.handOverId, voucher, returned: false });
};

export const takeBack: Act = async (play) => {
  const handOver = play.oneOf(play.model.handOvers);
  if (!handOver) return;
  await play.ask(`take hand-over ${play.model.handOvers.indexOf(handOver)} back`, play.model.takeBack(handOver), {
    who: play.scheme.distributor, path: `/issuance/hand-overs/${handOver.id}/returns`, repeats: true,
  });
};
