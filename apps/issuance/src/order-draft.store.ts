// Drafts of orders and their quotes. Whoever changes, quotes or answers a draft locks its row first.
import { cents, type Cents, type LocalDate, type OrderId, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Answer, DraftFacts } from './order-draft.decision.js';
import type { OrderTerms } from './order.store.js';
import type { QuoteLine } from './quote-order/quote-lines.decision.js';
import type { AgreedShare, PricedShare } from './share-amounts.decision.js';

export type DraftContent = OrderTerms & Readonly<{
  programmeId: ProgrammeId; count: number;
  /** The programme's when null. */
  face: Cents | null;
  shares: readonly AgreedShare[];
}>;
export type NewQuote = OrderTerms & Readonly<{
  version: number; programmeId: ProgrammeId; ruleVersion: number; count: number; face: Cents; total: Cents;
  lines: readonly QuoteLine[]; validUntil: LocalDate; shares: readonly PricedShare[];
}>;
export type Quote = Omit<NewQuote, 'shares'> & Readonly<{ shares: readonly (PricedShare & Readonly<{ answer: Answer | null }>)[] }>;
export type Draft = DraftContent & Omit<DraftFacts, 'quote'> & Readonly<{
  orderId: OrderId; revision: number; draftedAt: Date; programmeName: string; quote: Quote | undefined;
}>;

const shareRows = (shares: readonly AgreedShare[]): string => JSON.stringify(shares.map(({ payerId, basisPoints, cap }) =>
  ({ payerId, basisPoints, capCents: cap === null ? null : Number(cap) })));

export async function insertDraft(tx: Tx, orderId: OrderId, draft: DraftContent): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.order_draft (id, programme_id, count, face_cents, on_expiry, sharing, paper, activate_on, shares, drafted_at)
    values (${orderId}::uuid, ${draft.programmeId}::uuid, ${draft.count}, ${draft.face}, ${draft.onExpiry}, ${draft.sharing}, ${draft.paper},
      ${draft.activateOn}, ${shareRows(draft.shares)}::jsonb, ${tx.now})`;
}

export async function updateDraft(tx: Tx, orderId: OrderId, draft: DraftContent): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.order_draft set programme_id = ${draft.programmeId}::uuid, count = ${draft.count}, face_cents = ${draft.face},
      on_expiry = ${draft.onExpiry}, sharing = ${draft.sharing}, paper = ${draft.paper}, activate_on = ${draft.activateOn},
      shares = ${shareRows(draft.shares)}::jsonb, revision = revision + 1
    where id = ${orderId}::uuid`;
}

export async function insertQuote(tx: Tx, orderId: OrderId, quote: NewQuote): Promise<void> {
  const { version, programmeId, ruleVersion, count, face, total, lines, validUntil, shares } = quote;
  await tx.sql.$executeRaw`
    insert into issuance.order_quote (order_id, version, programme_id, rule_version, count, face_cents, total_cents, currency, on_expiry,
      sharing, paper, activate_on, lines, valid_until)
    values (${orderId}::uuid, ${version}, ${programmeId}::uuid, ${ruleVersion}, ${count}, ${face}, ${total}, 'EUR', ${quote.onExpiry},
      ${quote.sharing}, ${quote.paper}, ${quote.activateOn}, ${JSON.stringify(lines)}::jsonb, ${validUntil}::date)`;
  await tx.sql.$executeRaw`
    insert into issuance.order_quote_share (order_id, version, payer_id, priority, basis_points, cap_cents, amount_cents)
    select ${orderId}::uuid, ${version}::int, s.payer_id, s.place - 1, s.basis_points, s.cap_cents, s.amount_cents
    from unnest(${shares.map(({ payerId }) => payerId)}::uuid[], ${shares.map(({ basisPoints }) => basisPoints)}::int[],
        ${shares.map(({ cap }) => cap?.toString() ?? null)}::bigint[], ${shares.map(({ amount }) => amount.toString())}::bigint[])
      with ordinality as s(payer_id, basis_points, cap_cents, amount_cents, place)`;
}

export type DraftsAsked = Readonly<{ payerId: PayerId | null; before: OrderId | null; orderId: OrderId | null; rowsMax: number }>;

/** A draft of other payers is as unknown to a payer as one that does not exist. */
export async function lockDraft(tx: Tx, orderId: OrderId, payerId: PayerId | null): Promise<Draft | undefined> {
  const locked = await tx.sql.$executeRaw`select 1 from issuance.order_draft d where d.id = ${orderId}::uuid for update`;
  return locked === 0 ? undefined : (await listDrafts(tx.sql, { payerId, before: null, orderId, rowsMax: 1 }))[0];
}

type WireShare = Readonly<{ payerId: PayerId; basisPoints: number; capCents: number | null }>;
type WireQuoteShare = WireShare & Readonly<{ amountCents: number; answer: Answer | null }>;
type WireQuote = Omit<NewQuote, 'face' | 'total' | 'shares'>
  & Readonly<{ face: number; total: number; shares: readonly WireQuoteShare[] }>;
type DraftRow = Omit<Draft, 'face' | 'shares' | 'quote'>
  & Readonly<{ face: bigint | null; shares: readonly WireShare[]; quote: WireQuote | null }>;

/** Newest first, each with its last quote. A payer sees the drafts that name it. */
export async function listDrafts(sql: Sql, { payerId, before, orderId, rowsMax }: DraftsAsked): Promise<Draft[]> {
  const rows = await sql.$queryRaw<DraftRow[]>`
    select d.id as "orderId", d.programme_id as "programmeId", n.name as "programmeName", d.count, d.face_cents as face,
      d.on_expiry as "onExpiry", d.sharing, d.paper, d.activate_on as "activateOn", d.shares, d.revision, d.drafted_at as "draftedAt",
      exists (select from issuance.order o where o.id = d.id) as "isOrder",
      exists (select from issuance.order_step s where s.order_id = d.id and s.step = 'cancelled') as "isCancelled",
      (select json_build_object('version', q.version, 'programmeId', q.programme_id, 'ruleVersion', q.rule_version, 'count', q.count,
          'face', q.face_cents, 'total', q.total_cents, 'onExpiry', q.on_expiry, 'sharing', q.sharing, 'paper', q.paper,
          'activateOn', q.activate_on, 'lines', q.lines, 'validUntil', q.valid_until, 'shares',
          (select json_agg(json_build_object('payerId', s.payer_id, 'basisPoints', s.basis_points, 'capCents', s.cap_cents,
              'amountCents', s.amount_cents, 'answer', (select case t.step when 'quote_accepted' then 'accepted' else 'refused' end
                from issuance.order_step t where (t.order_id, t.quote_version, t.payer_id) = (s.order_id, s.version, s.payer_id)
                  and t.step in ('quote_accepted', 'quote_refused'))) order by s.priority)
            from issuance.order_quote_share s where (s.order_id, s.version) = (q.order_id, q.version)))
        from issuance.order_quote q where q.order_id = d.id order by q.version desc limit 1) as quote
    from issuance.order_draft d
    cross join lateral (select r.name from issuance.programme_rule r where r.programme_id = d.programme_id order by r.version desc limit 1) n
    where (${orderId}::uuid is null or d.id = ${orderId}::uuid) and (${before}::uuid is null or d.id < ${before}::uuid)
      and (${payerId}::uuid is null or d.shares @> jsonb_build_array(jsonb_build_object('payerId', ${payerId}::text)))
    order by d.id desc limit ${rowsMax}::int`;
  return rows.map(({ face, shares, quote, ...row }) => ({
    ...row, face: face === null ? null : cents(face), shares: shares.map(agreedOf), quote: quote ? quoteOf(quote) : undefined,
  }));
}

const agreedOf = ({ payerId, basisPoints, capCents }: WireShare): AgreedShare =>
  ({ payerId, basisPoints, cap: capCents === null ? null : cents(capCents) });

const quoteOf = ({ face, total, shares, ...quote }: WireQuote): Quote => ({
  ...quote, face: cents(face), total: cents(total),
  shares: shares.map(({ amountCents, answer, ...share }) => ({ ...agreedOf(share), amount: cents(amountCents), answer })),
});
