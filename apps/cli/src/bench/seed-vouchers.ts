// One accredited place and a batch of vouchers with large balances, so that no run ends because a voucher is empty.
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { idOf, type PlaceId } from '#libs/kernel';
import { deriveCode, newBatchKey, type Keyring, type VoucherCode } from '#libs/keys';

export type SeededTills = Readonly<{ placeId: PlaceId; codes: readonly VoucherCode[]; macs: readonly string[] }>;

const FACE_CENTS = 10_000_000;
const CUSTODY = '01900000-0000-7000-8000-0000000000aa';
const ROWS_PER_INSERT = 20_000;

export async function seedVouchers(redemptionUrl: string, keyring: Keyring, count: number): Promise<SeededTills> {
  const client = new pg.Client({ connectionString: redemptionUrl });
  await client.connect();
  try {
    const [programmeId, placeId, batchId] = [uuidv7(), idOf('place', uuidv7()), uuidv7()];
    await seedRules(client, programmeId, placeId);
    await client.query(
      `insert into redemption.batch values ($1, $2, $3, $4, 1, $5, 'EUR', false, '2099-12-31', '2099-12-31', $6, $7, 's1', now())`,
      [batchId, uuidv7(), programmeId, count, FACE_CENTS, CUSTODY, keyring.pepperKeyId]);
    const batchKey = newBatchKey();
    const vouchers = Array.from({ length: count }, (_, index) => {
      const code = deriveCode(batchKey, index);
      return { index, code, mac: keyring.codeMac(code).mac };
    }).sort((a, b) => (a.mac < b.mac ? -1 : 1));
    for (let from = 0; from < count; from += ROWS_PER_INSERT) {
      await insertVouchers(client, batchId, vouchers.slice(from, from + ROWS_PER_INSERT));
    }
    await activate(client, batchId, count);
    return { placeId, codes: vouchers.map(({ code }) => code), macs: vouchers.map(({ mac }) => mac) };
  } finally {
    await client.end();
  }
}

async function seedRules(client: pg.Client, programmeId: string, placeId: PlaceId): Promise<void> {
  await client.query(
    `insert into redemption.known_programme values ($1, 1, 'Bench', false, $2, 'EUR', '2099-12-31', '2099-12-31', $3)`, [programmeId, FACE_CENTS, CUSTODY]);
  await client.query(`insert into redemption.known_fee_rule values ($1, 1, '2020-01-01', 200, 2000, 100)`, [programmeId]);
  await client.query(`insert into redemption.place values ($1, '73282932000074', 'Bench', now())`, [placeId]);
  await client.query(`insert into redemption.site values ($1, $2, 'Bench', 'Europe/Paris', now())`, [uuidv7(), placeId]);
  await client.query(`insert into redemption.accreditation values ($1, $2, $3, 1, '2020-01-01', '2099-12-31', now())`, [uuidv7(), placeId, programmeId]);
}

async function insertVouchers(client: pg.Client, batchId: string, vouchers: readonly { index: number; mac: string }[]): Promise<void> {
  await client.query(
    `insert into redemption.voucher (id, batch_id, index, code_mac, unit, face, balance)
     select t.id, $1, t.index, t.mac, false, $2, $2 from unnest($3::uuid[], $4::int[], $5::uuid[]) as t(id, index, mac)`,
    [batchId, FACE_CENTS, vouchers.map(() => uuidv7()), vouchers.map(({ index }) => index), vouchers.map(({ mac }) => mac)]);
}

/** The range and its half of row 6, so that the invariants hold while tills are measured. */
async function activate(client: pg.Client, batchId: string, count: number): Promise<void> {
  const [activationId, amount] = [uuidv7(), count * FACE_CENTS];
  await client.query(
    `insert into redemption.voucher_range values ($1, $2, 0, $3, $4, 'EUR', now(), now())`, [activationId, batchId, count - 1, amount]);
  await client.query(
    `insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
     values ($1, 0, '6', 'clearing:issuance', $2, $3, 'EUR', $4)`, [activationId, `outstanding:${batchId}`, amount, CUSTODY]);
}
