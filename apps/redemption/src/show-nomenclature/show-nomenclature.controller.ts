import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { SERVICE_CODES, SERVICE_NAMES, SERVICE_NAMES_IN_ENGLISH } from '#libs/contracts';
import { Api } from '#libs/http';

const answer = z.strictObject({
  standard: z.string().describe('whose field `services` has the French names'),
  items: z.array(z.strictObject({
    service: z.enum(SERVICE_CODES), names: z.strictObject({ fr: z.string(), en: z.string() }),
  })).describe('in the order of the standard'),
});

/** What vouchers are used for and tariffs are declared of: a constant of the programme, so nothing is asked or read. */
@Controller('redemption/services')
export class ShowNomenclatureController {
  @Get()
  @Api({ summary: 'The public nomenclature of services, with the code and the names of each', who: 'anyone', answer })
  list(): z.output<typeof answer> {
    return {
      standard: 'LaMedNum 1.0.2',
      items: SERVICE_CODES.map((service) => ({ service, names: { fr: SERVICE_NAMES[service], en: SERVICE_NAMES_IN_ENGLISH[service] } })),
    };
  }
}
