// Orders and their shares. Whoever changes how far an order is funded, minted or activated locks its row first, so that
// the second of two decides on what the first left.
import type { OrderReference, ServiceCode, ServicePrice } from '#libs/contracts';
import { cents, type Cents, type LocalDate, type OrderId, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { ActivateOn } from './activate-on.decision.js';
import type { OnExpiry } from './on-expiry.decision.js';
import type { PricedShare, Sharing } from './share-amounts.decision.js';

/** What is agreed of an order besides its price. */
export type OrderTerms = Readonly<{
  /** Agreed for this order alone; null: as the rule says. */
  onExpiry: OnExpiry | null;
  sharing: Sharing;
  /** Printed by a printer, from a proof that was approved. */
  paper: boolean;
  activateOn: ActivateOn;
}>;

export type NewShare = PricedShare & Readonly<{ reference: OrderReference }>;
export type NewOrder = OrderTerms & Readonly<{
  orderId: OrderId; reference: OrderReference; programmeId: ProgrammeId; ruleVersion: number;
  count: number; face: Cents; total: Cents; shares: readonly NewShare[];
}>;
/**
 * What a payer owes of an order, the reference it pays under, and how much of it arrived: `amount` and `funded` are face
 * value, `feeDue` is what is invoiced of fee and VAT and not paid.
 */
export type FundedShare = PricedShare & Readonly<{ reference: string; funded: Cents; feeDue: Cents }>;
export type Order = Readonly<{
  orderId: OrderId;
  reference: string;
  programmeId: ProgrammeId;
  custodyAccountId: string;
  kind: 'unit' | 'balance';
  usableUntil: LocalDate;
  claimableUntil: LocalDate;
  /** The version of the rules that it was placed under, and what of them binds its vouchers at a till. */
  ruleVersion: number;
  services: readonly ServiceCode[];
  redemptionMax: Cents | null;
  servicePrices: readonly ServicePrice[];
  offline: boolean;
  onExpiry: OnExpiry;
  sharing: Sharing;
  paper: boolean;
  activateOn: ActivateOn;
  isCancelled: boolean;
  isProofApproved: boolean;
  count: number;
  face: Cents;
  total: Cents;
  funded: Cents;
  mintedCount: number;
  activated: Cents;
  shares: readonly FundedShare[];
}>;
type Money = 'face' | 'total' | 'funded' | 'activated';
export type ShareRow = Readonly<{
  payerId: PayerId; basisPoints: number; cap: number | null; reference: string; amount: number; funded: number; feeDue: number;
}>;
type OrderRow = Omit<Order, Money | 'shares' | 'redemptionMax'> & Record<Money, bigint>
  & Readonly<{ redemptionMax: bigint | null; shares: readonly ShareRow[] }>;

/** Whether an order or a share has one of these references already. */
export async function areTaken(tx: Tx, references: readonly OrderReference[]): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ taken: boolean }[]>`
    select exists (select from issuance.order o where o.reference = any(${references}::text[]))
      or exists (select from issuance.order_share s where s.reference = any(${references}::text[])) as taken`;
  return row!.taken;
}

export async function insertOrder(tx: Tx, order: NewOrder, placedBy: string): Promise<void> {
  const { orderId, reference, programmeId, ruleVersion, count, face, total, shares } = order;
  await tx.sql.$executeRaw`
    insert into issuance.order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency,
      on_expiry, sharing, paper, activate_on, placed_by, placed_at)
    values (${orderId}::uuid, ${reference}, ${programmeId}::uuid, ${ruleVersion}, ${count}, ${face}, ${total}, 'EUR',
      ${order.onExpiry}, ${order.sharing}, ${order.paper}, ${order.activateOn}, ${placedBy}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into issuance.order_share (order_id, payer_id, basis_points, cap_cents, priority, amount_cents, reference)
    select ${orderId}::uuid, s.payer_id, s.basis_points, s.cap_cents, s.place - 1, s.amount_cents, s.reference
    from unnest(${shares.map(({ payerId }) => payerId)}::uuid[], ${shares.map(({ basisPoints }) => basisPoints)}::int[],
        ${shares.map(({ cap }) => cap?.toString() ?? null)}::bigint[], ${shares.map(({ amount }) => amount.toString())}::bigint[],
        ${shares.map((share) => share.reference)}::text[])
      with ordinality as s(payer_id, basis_points, cap_cents, amount_cents, reference, place)`;
}

export async function lockOrder(tx: Tx, orderId: OrderId): Promise<Order | undefined> {
  const locked = await tx.sql.$executeRaw`select 1 from issuance.order o where o.id = ${orderId}::uuid for update`;
  return locked === 0 ? undefined : (await readOrders(tx.sql, [orderId]))[0];
}

/** For what only looks. */
export const readOrder = async (sql: Sql, orderId: OrderId): Promise<Order | undefined> => (await readOrders(sql, [orderId]))[0];

/**
 * The orders that have one of these references themselves or in a share, in the order of ids, so that two credits that
 * name the same orders queue instead of blocking each other.
 */
export async function lockOrdersByReference(tx: Tx, references: readonly string[]): Promise<Order[]> {
  const rows = await tx.sql.$queryRaw<{ orderId: OrderId }[]>`
    select o.id as "orderId" from issuance.order o
    where o.reference = any(${references}::text[])
      or o.id in (select s.order_id from issuance.order_share s where s.reference = any(${references}::text[]))
    order by o.id for update`;
  return readOrders(tx.sql, rows.map(({ orderId }) => orderId));
}

/** Read after the lock, in a statement of its own: the one that waited still sees the row as it was before. */
export async function readOrders(sql: Sql, orderIds: readonly OrderId[]): Promise<Order[]> {
  const rows = await sql.$queryRaw<OrderRow[]>`
    select o.id as "orderId", o.reference, o.programme_id as "programmeId", p.custody_account_id as "custodyAccountId", p.kind,
      d.usable_until::text as "usableUntil", d.claimable_until::text as "claimableUntil",
      o.rule_version as "ruleVersion", r.services, r.redemption_max_cents as "redemptionMax", r.service_prices as "servicePrices", r.offline,
      coalesce(o.on_expiry, r.on_expiry) as "onExpiry", o.sharing, o.paper, o.activate_on as "activateOn",
      exists (select from issuance.order_step t where t.order_id = o.id and t.step = 'cancelled') as "isCancelled",
      exists (select from issuance.order_step t where t.order_id = o.id and t.step = 'proof_approved') as "isProofApproved",
      o.count, o.face_cents as face,
      o.total_cents as total, o.funded_cents as funded, o.minted_count as "mintedCount", o.activated_cents as activated,
      (select json_agg(json_build_object('payerId', s.payer_id, 'basisPoints', s.basis_points, 'cap', s.cap_cents, 'reference', s.reference,
          'amount', s.amount_cents, 'funded', s.funded_cents, 'feeDue', coalesce(f.invoiced_cents - f.paid_cents, 0)) order by s.priority)
        from issuance.order_share s left join issuance.share_fee f on f.order_id = s.order_id and f.payer_id = s.payer_id
        where s.order_id = o.id) as shares
    from issuance.order o join issuance.programme p on p.id = o.programme_id
    join issuance.programme_rule r on r.programme_id = o.programme_id and r.version = o.rule_version
    join issuance.order_dates d on d.order_id = o.id
    where o.id = any(${orderIds}::uuid[]) order by o.id`;
  return rows.map((row) => ({
    ...row, redemptionMax: row.redemptionMax === null ? null : cents(row.redemptionMax),
    face: cents(row.face), total: cents(row.total), funded: cents(row.funded), activated: cents(row.activated),
    shares: row.shares.map(shareOf),
  }));
}

export const shareOf = ({ cap, amount, funded, feeDue, ...share }: ShareRow): FundedShare =>
  ({ ...share, cap: cap === null ? null : cents(cap), amount: cents(amount), funded: cents(funded), feeDue: cents(feeDue) });

/** The order's own sum follows by a trigger. */
export async function addFunded(tx: Tx, orderId: OrderId, payerId: PayerId, amount: Cents): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.order_share set funded_cents = funded_cents + ${amount}
    where order_id = ${orderId}::uuid and payer_id = ${payerId}::uuid`;
}

/** Of fee and VAT that are invoiced; the database refuses a cent more. */
export async function addFeePaid(tx: Tx, orderId: OrderId, payerId: PayerId, amount: Cents): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.share_fee set paid_cents = paid_cents + ${amount} where order_id = ${orderId}::uuid and payer_id = ${payerId}::uuid`;
}

export async function addMinted(tx: Tx, orderId: OrderId, count: number): Promise<void> {
  await tx.sql.$executeRaw`update issuance.order set minted_count = minted_count + ${count}::int where id = ${orderId}::uuid`;
}

export async function addActivated(tx: Tx, orderId: OrderId, amount: Cents): Promise<void> {
  await tx.sql.$executeRaw`update issuance.order set activated_cents = activated_cents + ${amount} where id = ${orderId}::uuid`;
}
