// The four days that stand in `samples/`: made up here, so that nothing of a real bank is published.
import { orderReference, printReference } from '#libs/contracts';
import { cents, idOf, localDate } from '#libs/kernel';
import { FakeBank } from './fake-bank.js';
import { fakeIban } from './fake-iban.js';

const FIRST_ORDER = idOf('order', '0190c2f4-7a10-7cc3-98c4-dc0c0c07398f');
const SECOND_ORDER = idOf('order', '0190c2f4-7a10-7cc3-98c4-dc0c0c073990');
const LIBRARY = {
  endToEndId: 'MR0190d1a07a107cc398c40000000000a1', name: 'Mediatheque des Tilleuls', iban: fakeIban(201), amount: '412.50',
};
const WORKSHOP = {
  endToEndId: 'MR0190d1a07a107cc398c40000000000a2', name: 'Atelier numerique du Port', iban: fakeIban(202), amount: '96.00',
};

/** What settlement would have sent to the bank on the second day. */
const paymentFile = (debtorIban: string) => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>MRO-20260303-1</MsgId><NbOfTxs>2</NbOfTxs><CtrlSum>508.50</CtrlSum></GrpHdr>
<PmtInf><PmtInfId>MRO-20260303-1-1</PmtInfId><BtchBookg>true</BtchBookg><NbOfTxs>2</NbOfTxs><CtrlSum>508.50</CtrlSum>
<ReqdExctnDt><Dt>2026-03-03</Dt></ReqdExctnDt><DbtrAcct><Id><IBAN>${debtorIban}</IBAN></Id></DbtrAcct>
${[LIBRARY, WORKSHOP].map(({ endToEndId, name, iban, amount }) => `<CdtTrfTxInf><PmtId><EndToEndId>${endToEndId}</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="EUR">${amount}</InstdAmt></Amt><Cdtr><Nm>${name}</Nm></Cdtr><CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct>
<RmtInf><Ustrd>Releve de fevrier 2026</Ustrd></RmtInf></CdtTrfTxInf>`).join('')}
</PmtInf></CstmrCdtTrfInitn></Document>`;

/** File name -> content. */
export function sampleStatements(): Readonly<Record<string, string>> {
  const iban = fakeIban(1);
  const bank = new FakeBank({
    iban, ownerName: 'ASSOCIATION MEREAU COMPTE CANTONNE', bic: 'FAKEFRPPXXX',
    openingCents: cents(0), day: localDate('2026-03-02'),
  });
  bank.receive({
    amountCents: cents(500_000),
    from: { name: 'DRFIP DU RHONE', iban: fakeIban(301), ultimateName: 'COMMUNE DE VAL FLEURI' },
    reference: orderReference(FIRST_ORDER), text: 'MANDAT 2026-118 MEDIATION NUMERIQUE',
  });
  const printed = printReference(orderReference(SECOND_ORDER));
  bank.receive({
    amountCents: cents(120_000), from: { name: 'CCAS DE HAUTE RIVE', iban: fakeIban(302) },
    text: [`BONS NUMERIQUES ${printed.slice(0, 12)}`, printed.slice(12)],
  });
  bank.noise();
  bank.charge(cents(1_500));
  const receipts = bank.closeDay();
  bank.execute(paymentFile(iban));
  const payout = bank.closeDay();
  bank.returnPayment(WORKSHOP.endToEndId);
  const back = bank.closeDay('02');
  bank.receive({ amountCents: cents(30_000), from: { name: 'FONDATION DU PORT', iban: fakeIban(303) }, text: ['DON BONS NUMERIQUES'] });
  return {
    '2026-03-02-receipts.camt053.xml': receipts,
    '2026-03-03-payout.camt053.xml': payout,
    '2026-03-04-return.camt053.xml': back,
    '2026-03-05-receipt.cfonb120.txt': bank.closeDay('cfonb120'),
  };
}
