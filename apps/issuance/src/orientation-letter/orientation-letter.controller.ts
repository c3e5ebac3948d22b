import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, parse, Problem } from '#libs/http';
import { reject } from '#libs/kernel';
import { communeIn } from '#libs/sirene';
import { drawLetter } from './draw-letter.js';
import { LANGUAGES, SERVICES } from './letter-words.js';
import { WriteLetter } from './orientation-letter.query.js';

const query = z.strictObject({
  programmeId: idIn('programme'), commune: communeIn.describe('near which places are named'),
  service: z.enum(Object.keys(SERVICES) as [string, ...string[]]).optional().describe('that the letter is for; places are named whatever they offer'),
  language: z.enum(LANGUAGES).default('fr'), print: z.enum(['normal', 'large']).default('normal'),
});

@Controller('issuance/orientation-letters')
export class OrientationLetterController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'A letter for somebody who got vouchers (PDF): how to use them, and places near a commune that take them. It names no person and is kept nowhere',
    who: ['distributor', 'operator'], query, refusals: ['programme_not_found'],
  })
  async write(@Query() asked: unknown): Promise<StreamableFile> {
    const { programmeId, commune, service = null, language, print } = parse(query, asked);
    const letter = await this.queries.execute(new WriteLetter({ programmeId, commune, service, language, isLarge: print === 'large' }));
    if (!letter) throw new Problem(reject('programme_not_found'));
    return new StreamableFile(Readable.from(drawLetter(letter)), { type: 'application/pdf', disposition: 'inline; filename="orientation.pdf"' });
  }
}
