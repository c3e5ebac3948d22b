/** Whether codes as lines leave only encrypted, whoever has a key: where vouchers are worth money. */
export class PrintPolicy {
  constructor(readonly encryptsLines: boolean) {}
}
