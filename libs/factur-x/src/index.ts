export { attachFacturX, XML_NAME } from './attach.js';
export { ciiOf, EN16931 } from './cii.js';
export type { FacturX, FacturXAddress, FacturXLine, FacturXNote, FacturXParty, FacturXPayment, FacturXTax } from './factur-x.js';
