import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES, type Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected, type Rejected } from '#libs/kernel';
import { SAVED_QUESTION_LENGTH_MAX, SAVED_VIEW_NAME_LENGTH_MAX } from '../limits.js';
import { ListSavedViews, RemoveView, RenameView, SaveView, type SavedViewId } from './saved-view.commands.js';

/** Of two words at most, as the addresses of lists are. */
const list = z.string().regex(/^(\/[a-z][a-z-]{0,39}){1,2}$/, 'expected the path of a list, like /payments');
const name = textIn(SAVED_VIEW_NAME_LENGTH_MAX);
const param = z.strictObject({ savedViewId: idIn('savedView') });
const query = z.strictObject({ list });
const saveBody = z.strictObject({
  list, name, question: z.string().max(SAVED_QUESTION_LENGTH_MAX).regex(/^[!-~]*$/, 'expected a query string, percent-encoded').refine((text) => !text.includes('#'), 'expected no fragment')
    .describe('what stands behind the question mark of the list\'s address'),
});
const renameBody = z.strictObject({ name });
const none = z.strictObject({});
const done = z.strictObject({ savedViewId: idText('savedView') });
const views = z.strictObject({ items: z.array(z.strictObject({ savedViewId: idText('savedView'), name: z.string(), question: z.string() })) });

@Controller('identity/me/saved-views')
export class SavedViewsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'One\'s own saved views of a list, by name', who: ROLES, mandate: 'none', query, answer: views })
  async list(@Query() asked: unknown, @Caller() { userId }: Principal): Promise<z.output<typeof views>> {
    const rows = await this.queries.execute(new ListSavedViews(userId, parse(query, asked).list));
    return { items: rows.map(({ savedViewId, ...view }) => ({ ...view, savedViewId: idOut('savedView', savedViewId) })) };
  }

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Keep how one looks at a list, under a name; nobody else sees it', who: ROLES, mandate: 'none', body: saveBody, answer: done, status: 201,
    refusals: ['saved_view_exists', 'saved_views_too_many'],
  })
  async save(@Body() asked: unknown, @Meta() meta: HttpMeta) {
    return shown(await this.commands.execute(new SaveView({ userId: meta.caller.userId, ...parse(saveBody, asked) }, meta)));
  }

  @Post(':savedViewId/name')
  @HttpCode(200)
  @Api({
    summary: 'Call a saved view otherwise', who: ROLES, mandate: 'none', body: renameBody, answer: done, refusals: ['saved_view_not_found', 'saved_view_exists'],
  })
  async rename(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta) {
    const { savedViewId } = parse(param, of);
    return shown(await this.commands.execute(new RenameView(meta.caller.userId, savedViewId, parse(renameBody, asked).name, meta)));
  }

  @Post(':savedViewId/removal')
  @HttpCode(200)
  @Api({ summary: 'Take a saved view away', who: ROLES, mandate: 'none', body: none, answer: done, refusals: ['saved_view_not_found'] })
  async remove(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta) {
    parse(none, asked);
    return shown(await this.commands.execute(new RemoveView(meta.caller.userId, parse(param, of).savedViewId, meta)));
  }
}

function shown(outcome: Readonly<{ savedViewId: SavedViewId }> | Rejected): z.output<typeof done> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { savedViewId: idOut('savedView', outcome.savedViewId) };
}
