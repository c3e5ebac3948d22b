// What is owed to places and paid: totals, statements, runs that two people let go, the bank's answers, time.
import { isRejected } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import type { Act } from './acts-of-issuance.js';
import { importStatement } from './acts-of-issuance.js';
import type { Play } from './play.js';
import { giveAccount } from './scheme.js';

export const closePeriod: Act = async (play) => {
  const expected = play.model.closePeriod();
  const answer = await play.ask('total what was redeemed', 'ok', { who: play.scheme.operator, path: '/redemption/period-closings' });
  const { count, amountCents, upToSeq } = answer.body;
  play.compare('total what was redeemed', expected, { count, amountCents });
  play.model.periodClosed(Number(upToSeq));
};

export const closeStatements: Act = async (play) => {
  const { word, grossCents } = play.model.closeStatements();
  const answer = await play.ask('close statements', word, { who: play.scheme.operator, path: '/settlement/statement-closings' });
  if (grossCents !== undefined) play.compare('close statements', grossCents, answer.body['grossCents']);
};

/** Made by one, approved by another, released, taken by the bank, booked that evening. */
export const pay: Act = async (play) => {
  const { scheme: { operator, approver, bank, bankAccountId }, model, platform } = play;
  const { word, made } = model.pay();
  const answer = await play.ask('pay places', word, { who: operator, path: '/settlement/settlement-runs', body: { bankAccountId } });
  if (word !== 'ok') return;
  const { runId, sha256 } = answer.body as { runId: string; sha256: string };
  play.compare('pay places', made.length, answer.body['paymentCount']);
  await play.ask('approve the run', 'ok', { who: approver, path: `/settlement/settlement-runs/${runId}/approvals`, body: { sha256 } });
  await play.ask('release the run', 'ok', { who: operator, path: `/settlement/settlement-runs/${runId}/release` });
  const file = bank.execute(await platform.text(operator, `/settlement/settlement-runs/${runId}/file`));
  if (isRejected(file)) throw new Error(`the bank refused the file: ${file.code}`);
  for (const { endToEndId, creditorIban } of file.groups.flatMap(({ payments }) => payments)) {
    made.find(({ account }) => fakeIban(account) === creditorIban)!.endToEndId = endToEndId;
  }
  await importStatement(play);
};

/** The bank sends a payment back. */
export const giveBack: Act = async (play) => {
  const payment = play.oneOf(play.model.payments);
  if (!payment) return;
  play.scheme.bank.returnPayment(payment.endToEndId);
  play.model.giveBack(payment);
  await importStatement(play);
};

/** Two people see to another account of a place whose bank sends money back. */
export const anotherAccount: Act = async (play) => {
  const { places } = play.model;
  const at = places.findIndex(({ blocked }) => blocked);
  if (at < 0) return;
  const account = Math.max(...places.map((place) => place.account)) + 1;
  await giveAccount(async <T>(path: string, body: object, who = play.scheme.operator) =>
    (await play.ask(`another account for place ${at}`, 'ok', { who, path, body })).body as T,
  { payeeId: play.scheme.payeeIds[at]!, checker: play.scheme.checker, account });
  play.model.newAccount(places[at]!, account);
};

export const timePasses: Act = async (play) => {
  const minutes = play.oneOf([1, 4, 5, 16, 31])!;
  play.hold(`${minutes} minutes later`, 'ok', 'ok');
  later(play, play.model.now + minutes * 60_000);
};

export function later({ model, platform }: Play, now: number): void {
  model.now = now;
  platform.clock.set(new Date(now).toISOString());
}
