import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRejected } from '#libs/kernel';
import { sampleData } from '#libs/testing';
import type { PaymentReport } from '../payment-report.js';
import { readPain002 } from './pain002.js';

type Parts = Readonly<{ version?: string; group?: string; parts?: string; header?: string }>;
const report = ({ version = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10', group = '', parts = '', header = '<MsgId>R1</MsgId><CreDtTm>2026-04-02T18:00:00Z</CreDtTm>' }: Parts = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="${version}"><CstmrPmtStsRpt><GrpHdr>${header}</GrpHdr>
  <OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>${parts}</CstmrPmtStsRpt></Document>`;
const read = (xml: string) => readPain002(Buffer.from(xml));
const fine = (xml: string): PaymentReport => {
  const found = read(xml);
  if (isRejected(found)) throw new Error(`${found.code} ${JSON.stringify(found.details)}`);
  return found;
};

const PART = `<OrgnlPmtInfAndSts><OrgnlPmtInfId>M1-1</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>
  <TxInfAndSts><OrgnlInstrId>I1</OrgnlInstrId><OrgnlEndToEndId>E1</OrgnlEndToEndId><TxSts>RJCT</TxSts>
    <StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>COMPTE</AddtlInf><AddtlInf>INCORRECT</AddtlInf></StsRsnInf>
    <OrgnlTxRef><Amt><InstdAmt Ccy="EUR">9.66</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>
  <TxInfAndSts><OrgnlEndToEndId>E2</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>`;

describe('a payment report', () => {
  it('is read on its three levels, with reasons, words and amounts', () => {
    const { messageId, originalMessageId, version, status, parts } = fine(report({ group: '<GrpSts>PART</GrpSts>', parts: PART }));
    expect([messageId, originalMessageId, version, status]).toEqual(['R1', 'M1', '10', { code: 'PART' }]);
    expect(parts).toEqual([{
      paymentInformationId: 'M1-1', status: { code: 'PART' },
      payments: [
        {
          endToEndId: 'E1', instructionId: 'I1', amount: { amountCents: 966n, currency: 'EUR' },
          status: { code: 'RJCT', reason: 'AC01', text: 'COMPTE INCORRECT' },
        },
        { endToEndId: 'E2', status: { code: 'ACSP' } },
      ],
    }]);
  });

  it('may be of the older version, of a namespace of one\'s own, or have prefixes', () => {
    expect(fine(report({ version: 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.03' })).version).toBe('03');
    expect(fine(report({ version: 'http://bank.example/pain.002.001.03.ch.02.xsd' })).version).toBe('03');
    const prefixed = report().replaceAll(/<(\/?)(\w)/g, '<$1p:$2').replace('xmlns=', 'xmlns:p=');
    expect(fine(prefixed).originalMessageId).toBe('M1');
  });

  it.each<[string, string, string]>([
    ['bank_file_not_report', 'a statement', '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt/></Document>'],
    ['bank_file_version_unknown', 'a version with other names', report({ version: 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.02' })],
    ['bank_file_field_missing', 'no id', report({ header: '<CreDtTm>2026-04-02T18:00:00Z</CreDtTm>' })],
    ['bank_file_field_missing', 'no original file', report().replace(/<OrgnlMsgId>.*?<\/OrgnlMsgId>/, '')],
    ['bank_file_field_wrong', 'an id longer than the standard allows', report({ header: `<MsgId>${'x'.repeat(36)}</MsgId><CreDtTm>2026-04-02T18:00:00Z</CreDtTm>` })],
    ['bank_file_field_wrong', 'a status that is no code', report({ group: '<GrpSts>rejected</GrpSts>' })],
    ['bank_file_field_wrong', 'an amount that is none', report({ parts: PART.replace('9.66', '9.666') })],
    ['bank_file_malformed', 'half a file', report().slice(0, 300)],
    ['bank_file_has_dtd', 'a document type', report().replace('<Document', '<!DOCTYPE x><Document')],
  ])('is refused as %s: %s', (code, _what, xml) => {
    expect(read(xml)).toMatchObject({ kind: 'rejected', code });
  });
});

const SAMPLES: readonly [string, object][] = [
  ['banque/iso20022js__nordea__pain_002_v3_group_reject.xml', { status: { code: 'RJCT', reason: 'DU01' }, parts: [] }],
  ['banque/iso20022js__nordea__pain_002_v3_txn_reject.xml', { parts: [{ status: { code: 'RJCT' }, payments: [{ status: { code: 'RJCT', reason: 'NARR' } }, { status: { code: 'RJCT' } }] }] }],
  ['banque/postfinance-et-baltes-moov__pain002-epo_p_0_0_0_2018031510491259.xml', { status: { code: 'ACTC' } }],
  ['banque/postfinance-et-baltes-moov__pain002-epo_p_ch5109000000250092291_1110097605_0_2018031511252307.xml', { parts: [{ status: { code: 'PART' }, payments: [{ status: { code: 'RJCT', reason: 'AC01' } }] }] }],
  ['banque/atruvia-vop__pain.002.001.10-vop-discordance.xml', { status: { code: 'RVCM' }, parts: [{ payments: [{ endToEndId: 'NOTPROVIDED', status: { code: 'RVNM' } }] }] }],
];

describe('reports that banks wrote', () => {
  for (const [path, expected] of SAMPLES) {
    const file = sampleData(path);
    (file ? it : it.skip)(`are read: ${path}${file ? '' : ' (skipped: no sample data)'}`, () => {
      expect(fine(readFileSync(file!, 'utf8'))).toMatchObject(expected);
    });
  }
});
