import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { isValidIBAN } from 'ibantools';
import { cents, isRejected, localDate } from '#libs/kernel';
import { isOrderReference, orderReference } from '#libs/contracts';
import { findReferences } from '../../../../apps/settlement/src/bank-files/references.js';
import { FakeBank, fakeIban, mistyped, officialSchema } from './index.js';

const schemas = { '02': await officialSchema('camt.053.001.02'), '08': await officialSchema('camt.053.001.08') };
const checked = schemas['02'] && schemas['08'] ? it : it.skip;

const PLACE = fakeIban(7);
const bankOf = () => new FakeBank({
  iban: fakeIban(1), ownerName: 'MEREAU COMPTE CANTONNE', bic: 'FAKEFRPPXXX', openingCents: cents(100_000), day: localDate('2026-03-02'),
});

type Change = Readonly<{ messageId?: string; date?: string; total?: string; debtor?: string; batch?: string }>;
const paymentFile = ({ messageId = 'M1', date = '2026-03-02', total = '30.00', debtor = fakeIban(1), batch = 'true' }: Change = {}) => `<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>${messageId}</MsgId><NbOfTxs>2</NbOfTxs><CtrlSum>${total}</CtrlSum></GrpHdr>
<PmtInf><PmtInfId>${messageId}-1</PmtInfId><BtchBookg>${batch}</BtchBookg><NbOfTxs>2</NbOfTxs><CtrlSum>30.00</CtrlSum>
<ReqdExctnDt><Dt>${date}</Dt></ReqdExctnDt><DbtrAcct><Id><IBAN>${debtor}</IBAN></Id></DbtrAcct>
${[['E1', '10.00'], ['E2', '20.00']].map(([id, amount]) => `<CdtTrfTxInf><PmtId><EndToEndId>${id}</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="EUR">${amount}</InstdAmt></Amt><Cdtr><Nm>Place &amp; fils</Nm></Cdtr><CdtrAcct><Id><IBAN>${PLACE}</IBAN></Id></CdtrAcct>
<RmtInf><Ustrd>RELEVE 1</Ustrd></RmtInf></CdtTrfTxInf>`).join('')}</PmtInf></CstmrCdtTrfInitn></Document>`;

/** A day with everything that the bank can do. */
function busyDay(): FakeBank {
  const bank = bankOf();
  bank.receive({ amountCents: cents(10_000), from: { name: 'DRFIP', iban: fakeIban(2), ultimateName: 'COMMUNE' }, reference: 'RF75MRO6W1G60EECF' });
  bank.receive({ amountCents: cents(1), from: { name: 'É & <F>', iban: fakeIban(3) }, text: ['RF75 MRO6', 'W1G6 0EEC F'], endToEndId: 'X' });
  bank.noise();
  bank.execute(paymentFile());
  bank.execute(paymentFile({ messageId: 'M2', batch: 'false' }));
  bank.returnPayment('E2');
  bank.debit(cents(99), { name: 'ASSUREUR', iban: fakeIban(4) }, 'PRIME');
  bank.charge(cents(250));
  return bank;
}

describe('a fake IBAN', () => {
  it('passes every check, RIB key included, and differs per account', () => {
    const ibans = Array.from({ length: 500 }, (_, account) => fakeIban(account * 7_919));
    expect(new Set(ibans).size).toBe(500);
    expect(ibans.filter((iban) => !isValidIBAN(iban))).toEqual([]);
  });
});

describe('a statement of the fake bank', () => {
  checked.each(['02', '08'] as const)('is valid by the official schema of version %s, with everything in it and with nothing', (version) => {
    const validate = schemas[version];
    expect(validate?.(busyDay().closeDay(version))).toEqual([]);
    expect(validate?.(bankOf().closeDay(version))).toEqual([]);
    expect(validate?.(busyDay().closeDay(version).replace('<CdtDbtInd>CRDT', '<CdtDbtInd>PLUS'))).not.toEqual([]);
  });

  it('is the same bytes for the same day', () => {
    expect(busyDay().closeDay()).toBe(busyDay().closeDay());
  });

  it('opens with the balance that the day before closed with', () => {
    const bank = busyDay();
    // 1000.00 + 100.00 + 0.01 + 12.34 + 50.00 - 30.00 - 30.00 + 20.00 - 0.99 - 2.50; the pending credit does not count.
    expect(bank.balanceCents).toBe(111_886n);
    const [first, second] = [bank.closeDay(), bank.closeDay()];
    expect(first).toContain('<Amt Ccy="EUR">1118.86</Amt>');
    expect(second.match(/<Amt Ccy="EUR">1118\.86<\/Amt>/g)).toHaveLength(2);
    expect(second).toContain('<Dt>2026-03-03</Dt>');
    expect(second).not.toContain('<Ntry>');
  });
});

describe('the noise of the fake bank', () => {
  it('is the same for a seed, and other money for another: a stranger, a mistyped reference, one of no order of ours', () => {
    const day = (seed: string) => {
      const bank = bankOf();
      return { noise: bank.noise(seed), balance: bank.balanceCents, statement: bank.closeDay() };
    };
    const [first, again, other] = [day('a'), day('a'), day('b')];
    expect(again).toEqual(first);
    expect(other.noise).not.toEqual(first.noise);
    const { strangerCents, mistypedCents, wrongCents } = first.noise;
    expect(first.balance).toBe(100_000n + strangerCents + mistypedCents + wrongCents);
    const found = findReferences(first.statement.match(/<(?:Ustrd|Ref)>[^<]*/g)!.map((text) => text.replace(/<\w+>/, ' ')));
    expect(found.ours).toHaveLength(1);
  });

  it('types a reference so that its check digits do not fit', () => {
    for (let at = 0; at < 5_000; at += 1) {
      const hex = createHash('sha256').update(`order ${at}`).digest('hex');
      const reference = orderReference(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`);
      expect([isOrderReference(reference), isOrderReference(mistyped(reference))]).toEqual([true, false]);
    }
  });

  it('is no payout: that one is a credit of the processor with its descriptor and its trace', () => {
    const bank = bankOf();
    bank.receivePspPayout({ amountCents: cents(3_915), descriptor: 'MEREAU', traceId: 'FAKE12' });
    expect(bank.closeDay()).toMatch(/<EndToEndId>FAKE12<[\s\S]*STRIPE PAYMENTS[\s\S]*<Ustrd>MEREAU</);
  });
});

describe('a payment file at the fake bank', () => {
  it('is booked as one debit per batch, which names the file and not its payments', () => {
    const bank = bankOf();
    const file = bank.execute(paymentFile());
    if (isRejected(file)) throw new Error(file.code);
    expect(file.groups[0]?.payments.map((payment) => [payment.endToEndId, payment.amountCents, payment.creditorName])).toEqual(
      [['E1', 1000n, 'Place & fils'], ['E2', 2000n, 'Place & fils']]);
    const statement = bank.closeDay();
    expect(statement).toMatch(/<MsgId>M1<\/MsgId>\s*<PmtInfId>M1-1<\/PmtInfId>\s*<NbOfTxs>2</);
    expect(statement).not.toContain('E1');
  });

  it('waits for its day', () => {
    const bank = bankOf();
    bank.execute(paymentFile({ date: '2026-03-03' }));
    expect(bank.balanceCents).toBe(100_000n);
    bank.closeDay();
    expect(bank.balanceCents).toBe(97_000n);
  });

  it('is debited without the payments that the bank rejects, and the report names them', () => {
    const bank = bankOf();
    bank.execute(paymentFile(), { E2: 'AC01' });
    expect(bank.balanceCents).toBe(99_000n);
    const report = bank.report('M1');
    expect(report).toMatch(/<OrgnlMsgId>M1<[\s\S]*<PmtInfSts>PART<[\s\S]*<OrgnlEndToEndId>E2<[\s\S]*<TxSts>RJCT<[\s\S]*<Cd>AC01</);
    expect(report).not.toContain('E1');
    expect(bank.closeDay()).toContain('<NbOfTxs>1<');
    expect(() => bank.returnPayment('E2')).toThrow('no payment E2');
    expect(() => bank.report('M9')).toThrow('never given a file M9');
  });

  it('is not debited at all when all of it is rejected, or the file refused', () => {
    const bank = bankOf();
    bank.execute(paymentFile(), { E1: 'AC04', E2: 'AC01' });
    bank.refuse(paymentFile({ messageId: 'M2' }), 'DU01');
    expect(bank.balanceCents).toBe(100_000n);
    expect(bank.report('M1', '03')).toContain('<PmtInfSts>RJCT<');
    expect(bank.report('M2')).toMatch(/<GrpSts>RJCT<[\s\S]*<Cd>DU01</);
    expect(bank.closeDay()).not.toContain('<Ntry>');
  });

  it('comes back as a credit with its reason and its own id', () => {
    const bank = bankOf();
    bank.execute(paymentFile());
    bank.closeDay();
    bank.returnPayment('E2');
    const statement = bank.closeDay();
    expect(statement).toMatch(/<EndToEndId>E2<\/EndToEndId>[\s\S]*<RtrInf>[\s\S]*<Cd>AC04<\/Cd>/);
    expect(() => bank.returnPayment('E3')).toThrow('no payment E3');
  });

  it.each([
    ['payment_file_repeated', paymentFile()],
    ['payment_file_totals_wrong', paymentFile({ messageId: 'M2', total: '30.01' })],
    ['payment_file_not_our_account', paymentFile({ messageId: 'M2', debtor: fakeIban(9) })],
    ['payment_file_unreadable', paymentFile({ messageId: 'M2' }).slice(0, 300)],
    ['payment_file_unreadable', '<other/>'],
  ])('is refused as %s, and nothing is debited', (code, xml) => {
    const bank = bankOf();
    bank.execute(paymentFile());
    expect(bank.execute(xml)).toMatchObject({ kind: 'rejected', code });
    expect(bank.balanceCents).toBe(97_000n);
  });
});
