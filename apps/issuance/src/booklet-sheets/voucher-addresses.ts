import { codeUrl, type VoucherCode } from '#libs/keys';

/** Where the QR of a voucher leads: the public host of this installation, with the code behind the `#`. */
export class VoucherAddresses {
  private readonly host: string;

  constructor(baseUrl: string) {
    this.host = new URL(baseUrl).host;
  }

  of(code: VoucherCode): string {
    return codeUrl(this.host, code);
  }
}
