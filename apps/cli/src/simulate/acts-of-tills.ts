// What tills do with vouchers, and what the operator stops and undoes.
import { uuidv7 } from 'uuidv7';
import type { Act } from './acts-of-issuance.js';
import { voucherName } from './acts-of-issuance.js';
import { FACE, type MVoucher } from './platform-model.js';
import type { Play } from './play.js';

const SERVICE_DATE = '2026-03-10';

/** A printed voucher, mostly one that can be spent; now and then an amount that it cannot take. */
function wish(play: Play): { voucher: MVoucher; amount: number | undefined; body: object } | undefined {
  const printed = play.model.vouchers().filter(({ batch }) => batch.codes.length > 0);
  const spendable = printed.filter(({ batch }) => play.model.isSpendable(batch));
  const voucher = play.oneOf(spendable.length > 0 && play.draw(6) > 0 ? spendable : printed);
  if (!voucher) return undefined;
  const amounts = voucher.batch.order.kind === 'unit' ? [undefined, undefined, undefined, FACE, 400] : [100, 300, 300, 400, 700, FACE, FACE + 1, undefined];
  const amount = play.oneOf(amounts);
  const code = voucher.batch.codes[voucher.index]!;
  const body = { code, serviceDate: SERVICE_DATE, ...(amount !== undefined && { amountCents: amount }) };
  return { voucher, amount, body };
}
const place = (play: Play): number => play.draw(2);
/** Mostly the place that it concerns. */
const placeFor = (play: Play, own: number): number => (play.draw(4) === 0 ? 1 - own : own);

export const check: Act = async (play) => {
  const asked = wish(play);
  if (!asked) return;
  const [{ voucher, amount, body }, at] = [asked, place(play)];
  // Of a balance it asks whether anything can be taken at all.
  const expected = play.model.check(voucher, amount ?? (voucher.batch.order.kind === 'unit' ? FACE : 1));
  const text = `check ${voucherName(voucher, play)} for ${amount} at place ${at}`;
  const answer = await play.ask(text, expected, { who: play.scheme.tills[at]!, path: '/redemption/checks', body });
  if (expected === 'ok') play.compare(text, voucher.left - play.model.held(voucher), answer.body['availableCents']);
};

export const redeem: Act = async (play) => {
  const asked = wish(play);
  if (!asked) return;
  const [{ voucher, amount, body }, at, key] = [asked, place(play), uuidv7()];
  const text = `redeem ${voucherName(voucher, play)} for ${amount} at place ${at}`;
  const expected = play.model.redeem(voucher, amount, at, `red_${key}`);
  const answer = await play.ask(text, expected, { who: play.scheme.tills[at]!, path: '/redemption/redemptions', body, key, repeats: true });
  if (expected === 'ok') play.compare(text, amount ?? FACE, answer.body['amountCents']);
};

export const authorise: Act = async (play) => {
  const asked = wish(play);
  if (!asked) return;
  const [{ voucher, amount, body }, at, minutes, key] = [asked, place(play), play.draw(2) === 0 ? 5 : 30, uuidv7()];
  const expected = play.model.authorise(voucher, amount, { place: at, minutes, id: key });
  await play.ask(`authorise ${voucherName(voucher, play)} for ${amount} at place ${at}, ${minutes} minutes`, expected, {
    who: play.scheme.tills[at]!, path: '/redemption/authorisations', body: { ...body, holdMinutes: minutes }, key, repeats: true,
  });
};

export const confirm: Act = async (play) => {
  const own = play.oneOf(play.model.authorisations);
  if (!own) return;
  const [at, amount] = [placeFor(play, own.place), play.oneOf([undefined, undefined, 300, 700, FACE])];
  await play.ask(`confirm authorisation ${play.model.authorisations.indexOf(own)} for ${amount} at place ${at}`, play.model.confirm(own, amount, at), {
    who: play.scheme.tills[at]!, path: `/redemption/authorisations/aut_${own.id}/confirm`, body: amount === undefined ? {} : { amountCents: amount },
  });
};

export const cancel: Act = async (play) => {
  const own = play.oneOf(play.model.authorisations);
  if (!own) return;
  const at = placeFor(play, own.place);
  await play.ask(`cancel authorisation ${play.model.authorisations.indexOf(own)} at place ${at}`, play.model.cancel(own, at), {
    who: play.scheme.tills[at]!, path: `/redemption/authorisations/aut_${own.id}/cancel`,
  });
};

export const undo: Act = async (play) => {
  const { model, scheme } = play;
  const redemption = play.oneOf(model.redemptions);
  if (!redemption) return;
  const by = play.draw(3) === 0 ? 'operator' as const : placeFor(play, redemption.place);
  await play.ask(`undo redemption ${model.redemptions.indexOf(redemption)} by ${by}`, model.undo(redemption, by), {
    who: by === 'operator' ? scheme.operator : scheme.tills[by]!, path: `/redemption/redemptions/${redemption.id}/undo`,
    body: { reason: 'wrong_voucher' }, repeats: true,
  });
};

export const stop: Act = async (play) => {
  const voucher = play.oneOf(play.model.vouchers());
  if (!voucher) return;
  const { index, batch } = voucher;
  await play.ask(`stop ${voucherName(voucher, play)}`, play.model.stop(voucher), {
    who: play.scheme.operator, path: '/redemption/stops', body: { batchId: `bat_${batch.id}`, first: index, last: index, reason: 'lost' },
  });
};

/** The same key brings the same answer, for ever; with something else in it, none. */
export const sendAgain: Act = async (play) => {
  const sent = play.oneOf(play.sent);
  if (!sent) return;
  const isOther = play.draw(5) === 0;
  const answer = await sent.again(isOther ? { ...sent.body, another: true } : undefined);
  if (isOther) return play.hold(`${sent.text}, its key with more in it`, 'request_malformed', String(answer.body['code']));
  play.hold(`${sent.text}, again`, String(sent.answer.body['code'] ?? 'ok'), String(answer.body['code'] ?? 'ok'));
  const told = ({ status, body: { instance: _, ...body } }: typeof answer) => ({ status, body });
  play.compare(`${sent.text}, again`, told(sent.answer), told(answer));
};

/** A key that was used for one voucher comes with another one. */
export const reuseKey: Act = async (play) => {
  const [one, other] = [play.oneOf(play.sent.filter(({ text }) => text.startsWith('redeem'))), wish(play)];
  if (!one || !other) return;
  const isSame = (one.body as { code: string }).code === (other.body as { code: string }).code;
  if (isSame) return;
  const answer = await one.again(other.body);
  play.hold(`${one.text}, its key with ${voucherName(other.voucher, play)}`, 'idempotency_key_reused', String(answer.body['code'] ?? answer.status));
};
