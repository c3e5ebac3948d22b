// Where invoices to a payer go and what it wants on them. Each change is a further version; the last one counts.
import type { Cents, OrderId, PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Address } from '../invoices/invoice-content.decision.js';
import { actorOf } from '../issuance.work.js';
import type { BillablePayer, PayerBilling, ShareReference } from './billable-payer.decision.js';

export async function insertPayerBilling(tx: Tx, payerId: PayerId, { address, vatNumber, ...needs }: PayerBilling): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into issuance.payer_billing (payer_id, version, street, street_more, postal_code, city, country, vat_number,
      needs_service_code, needs_engagement_number, given_by, given_at)
    select ${payerId}::uuid, coalesce(max(b.version), 0) + 1, ${address.street}, ${address.streetMore}, ${address.postalCode}, ${address.city},
      ${address.country}, ${vatNumber}, ${needs.needsServiceCode}, ${needs.needsEngagementNumber}, ${actorOf(tx)}, ${tx.now}
    from issuance.payer_billing b where b.payer_id = ${payerId}::uuid returning version`;
  return row!.version;
}

export async function insertShareReference(tx: Tx, orderId: OrderId, payerId: PayerId, given: ShareReference): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into issuance.share_reference (order_id, payer_id, version, service_code, engagement_number, given_by, given_at)
    select ${orderId}::uuid, ${payerId}::uuid, coalesce(max(r.version), 0) + 1, ${given.serviceCode}, ${given.engagementNumber},
      ${actorOf(tx)}, ${tx.now}
    from issuance.share_reference r where r.order_id = ${orderId}::uuid and r.payer_id = ${payerId}::uuid returning version`;
  return row!.version;
}

type BillingRow = Address & Omit<PayerBilling, 'address'>;
const billingOf = ({ street, streetMore, postalCode, city, country, ...rest }: BillingRow): PayerBilling =>
  ({ address: { street, streetMore, postalCode, city, country }, ...rest });

/** Undefined until somebody gave it. */
export async function readPayerBilling(sql: Sql, payerId: PayerId): Promise<(PayerBilling & { version: number }) | undefined> {
  const [row] = await sql.$queryRaw<(BillingRow & { version: number })[]>`
    select version, street, street_more as "streetMore", postal_code as "postalCode", city, country, vat_number as "vatNumber",
      needs_service_code as "needsServiceCode", needs_engagement_number as "needsEngagementNumber"
    from issuance.payer_billing where payer_id = ${payerId}::uuid order by version desc limit 1`;
  if (!row) return undefined;
  const { version, ...billing } = row;
  return { version, ...billingOf(billing) };
}

type PayerRow = Omit<BillablePayer, 'share' | 'reference' | 'billing' | 'given'>
  & Readonly<{ billing: BillingRow | null; serviceCode: string | null; engagementNumber: string | null }>;
export type BillableShare = Readonly<{ payerId: PayerId; amount: Cents; reference: string | null }>;

/** The payers of these shares of an order or a draft, in their order. */
export async function billablePayers(tx: Tx, orderId: OrderId, shares: readonly BillableShare[]): Promise<BillablePayer[]> {
  const rows = await tx.sql.$queryRaw<PayerRow[]>`
    select y.id as "payerId", y.name, y.siren, y.siret, r.service_code as "serviceCode", r.engagement_number as "engagementNumber",
      (select json_build_object('street', b.street, 'streetMore', b.street_more, 'postalCode', b.postal_code, 'city', b.city,
          'country', b.country, 'vatNumber', b.vat_number, 'needsServiceCode', b.needs_service_code,
          'needsEngagementNumber', b.needs_engagement_number)
        from issuance.payer_billing b where b.payer_id = y.id order by b.version desc limit 1) as billing
    from issuance.payer y left join lateral (select f.service_code, f.engagement_number from issuance.share_reference f
      where f.order_id = ${orderId}::uuid and f.payer_id = y.id order by f.version desc limit 1) r on true
    where y.id = any(${shares.map(({ payerId }) => payerId)}::uuid[])`;
  return shares.map(({ payerId, amount, reference }) => {
    const { billing, serviceCode, engagementNumber, ...row } = rows.find((one) => one.payerId === payerId)!;
    return { ...row, share: amount, reference, billing: billing && billingOf(billing), given: { serviceCode, engagementNumber } };
  });
}
