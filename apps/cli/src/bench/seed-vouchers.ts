// One place that takes the vouchers of several payers, each with a batch of large balances, so that no run ends because a
// voucher is empty. Written by the superuser: how vouchers get there is measured elsewhere.
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { idOf, type PlaceId } from '#libs/kernel';
import { deriveCode, newBatchKey, type Keyring, type VoucherCode } from '#libs/keys';

export type SeededBatch = Readonly<{ codes: readonly VoucherCode[]; macs: readonly string[] }>;
export type SeededTills = Readonly<{ placeId: PlaceId; batches: readonly SeededBatch[] }>;

/** `known`: vouchers with a code that tills can use; `others`: those that only lie in the same table, among them. */
export type BatchSize = Readonly<{ known: number; others?: number }>;

const FACE_CENTS = 10_000_000;
const CUSTODY = '01900000-0000-7000-8000-0000000000aa';
const ROWS_PER_INSERT = 20_000;

/** `batches`: one per payer, each with its order and its programme. */
export async function seedVouchers(adminUrl: string, keyring: Keyring, batches: readonly BatchSize[]): Promise<SeededTills> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const placeId = idOf('place', uuidv7());
    await client.query(`insert into redemption.place values ($1, '73282932000074', 'Bench', now())`, [placeId]);
    await client.query(`insert into redemption.site values ($1, $2, 'Bench', 'Europe/Paris', now())`, [uuidv7(), placeId]);
    await client.query('create temporary table seed (index int, mac uuid)');
    const seeded: SeededBatch[] = [];
    for (const size of batches) {
      seeded.push(await seedBatch(client, keyring, { programmeId: await seedProgramme(client, placeId), ...size }));
    }
    return { placeId, batches: seeded };
  } finally {
    await client.end();
  }
}

async function seedProgramme(client: pg.Client, placeId: PlaceId): Promise<string> {
  const programmeId = uuidv7();
  await client.query(
    `insert into redemption.known_programme values ($1, 1, 'Bench', false, $2, 'EUR', '2099-12-31', '2099-12-31', $3)`, [programmeId, FACE_CENTS, CUSTODY]);
  await client.query(`insert into redemption.known_fee_rule values ($1, 1, '2020-01-01', 200, 2000, 100)`, [programmeId]);
  await client.query(`insert into redemption.accreditation values ($1, $2, $3, 1, '2020-01-01', '2099-12-31', now())`, [uuidv7(), placeId, programmeId]);
  return programmeId;
}

type Seed = BatchSize & Readonly<{ programmeId: string }>;

async function seedBatch(client: pg.Client, keyring: Keyring, { programmeId, known, others = 0 }: Seed): Promise<SeededBatch> {
  const [batchId, batchKey, count] = [uuidv7(), newBatchKey(), known + others];
  await client.query(
    `insert into redemption.batch values ($1, $2, $3, $4, 1, $5, 'EUR', false, '2099-12-31', '2099-12-31', $6, $7, 's1', now())`,
    [batchId, uuidv7(), programmeId, count, FACE_CENTS, CUSTODY, keyring.pepperKeyId]);
  const codes = Array.from({ length: known }, (_, index) => deriveCode(batchKey, index));
  const macs = codes.map((code) => keyring.codeMac(code).mac);
  await client.query('truncate seed');
  for (let from = 0; from < known; from += ROWS_PER_INSERT) {
    await client.query('insert into seed select $1 + ordinality - 1, mac from unnest($2::uuid[]) with ordinality as t(mac, ordinality)',
      [from, macs.slice(from, from + ROWS_PER_INSERT)]);
  }
  await client.query('insert into seed select index, gen_random_uuid() from generate_series($1::int, $2::int) as index', [known, count - 1]);
  // In the order of their hashes, as a real batch is loaded: the known ones lie spread among the others.
  await client.query(
    `insert into redemption.voucher (id, batch_id, index, code_mac, unit, face, balance)
     select uuidv7(), $1, index, mac, false, $2, $2 from seed order by mac`, [batchId, FACE_CENTS]);
  await activate(client, batchId, count);
  return { codes, macs };
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
