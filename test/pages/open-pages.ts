// The pages of the whole platform in a real browser, with the world of the demo in it and every kind of person signed in. Needs Debian's
// chromium on the PATH; nothing is downloaded.
import { execFileSync } from 'node:child_process';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { localDate } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import { playLife, type Life } from '../../apps/cli/src/demo/life.js';
import { authenticatorsInMemory, CODES_TO_TRY, codeNow, type Authenticators } from '../../apps/cli/src/world/authenticator.js';
import { siretOf, sirenOf } from '../../apps/cli/src/world/samples.js';
import { openLayout, type Running } from '../e2e/layouts.js';
import type { PageRow, Who } from './pages.js';

export const chromiumPath = ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find((path) => path !== undefined);

function onPath(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** What the addresses of pages need to know of the world that they show. */
export type Shown = Readonly<{
  life: Life; programmeId: string; payerId: string; orderId: string; runId: string; statementId: string;
  /** A code that nobody used. */
  code: (index: number) => string;
}>;

export type View = Readonly<{
  language?: 'fr' | 'en'; scheme?: 'light' | 'dark'; width: number; height: number;
  /** As a browser that is set to it enlarges everything. */
  zoom?: number; script?: boolean;
}>;
export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1280, height: 900 } as const;

const HELP = { MEREAU_HELP_PHONE: '04 77 00 00 00', MEREAU_HELP_HOURS: 'du lundi au vendredi, 9 h – 17 h' };
const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

export class OpenedPages {
  /** Each person signs in once: a code of a second factor counts once, and half a minute is long for a page. */
  private readonly signedIn = new Map<Who, Promise<Cookies>>();

  private constructor(
    private readonly running: Running, private readonly browser: Browser, readonly shown: Shown,
    private readonly emails: ReadonlyMap<Who, string>, private readonly authenticators: Authenticators,
  ) {}

  get origin(): string {
    return this.running.origins.identity;
  }

  static async open(name: string): Promise<OpenedPages> {
    const running = await openLayout('platform', 'postgres', `${seedOfRun()}:${name}`, HELP);
    try {
      const authenticators = authenticatorsInMemory();
      const today = localDate(new Date().toISOString().slice(0, 10));
      const life = await playLife({ ...running.setting, authenticators }, today, () => {});
      const { emails, shown } = await peopleOf(life);
      const browser = await chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
      return new OpenedPages(running, browser, shown, emails, authenticators);
    } catch (error) {
      await running.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.running.close();
  }

  /** A browser that nobody has used before, with `who` signed in. */
  async browserOf(who: Who, { language = 'fr', scheme = 'light', width, height, zoom = 1, script = true }: View): Promise<BrowserContext> {
    const size = { width: Math.floor(width / zoom), height: Math.floor(height / zoom) };
    const options: BrowserContextOptions = {
      baseURL: this.origin, locale: LOCALES[language], colorScheme: scheme, viewport: size, deviceScaleFactor: zoom, reducedMotion: 'reduce',
      javaScriptEnabled: script,
    };
    const context = await this.browser.newContext(options);
    const email = this.emails.get(who);
    if (email === undefined) return context;
    const cookies = this.signedIn.get(who) ?? this.signIn(context, email);
    this.signedIn.set(who, cookies);
    await context.addCookies(await cookies);
    return context;
  }

  private async signIn(context: BrowserContext, email: string): Promise<Cookies> {
    const post = async (path: string, data: object) => {
      const answer = await context.request.post(path, { data, headers: { origin: this.origin } });
      return { ok: answer.ok(), text: `${path} answered ${answer.status()} ${await answer.text()}` };
    };
    let answer = await post('/identity/auth/sign-in/email', { email, password: this.running.plot.passwordFor(email) });
    const secret = this.authenticators.secretOf(email);
    // Who has a second factor shows it, by the first of the codes that the play has not used.
    for (const ahead of secret === undefined || !answer.ok ? [] : CODES_TO_TRY) {
      answer = await post('/identity/second-factors/codes', { code: await codeNow(secret!, ahead) });
      if (answer.ok) break;
    }
    if (!answer.ok) throw new Error(`${email} could not sign in: ${answer.text}`);
    return context.cookies();
  }

  /** Opens it in `page`, and does there what its row says. */
  async show(page: Page, { path, status = 200, then }: PageRow): Promise<void> {
    const answer = await page.goto(typeof path === 'string' ? path : path(this.shown), { waitUntil: 'load' });
    if (answer!.status() !== status) throw new Error(`${page.url()} answered ${answer!.status()}`);
    await then?.(page, this.shown);
  }
}

/** With addresses, so that somebody can be sent there. */
async function openPlacesNear({ people: { operator }, scheme, dates }: Life): Promise<void> {
  const rows = [
    ['n1', 'Espace numérique du Lavoir', '42218', '42000', 'Tilleul-le-Haut', '45.44', '4.39', '3 place du Lavoir', siretOf(sirenOf(401)), '04 77 00 00 01', 'Mo-Fr 09:00-18:00'],
    ['n2', 'Centre social des Ormes', '42207', '42400', 'Ormes-sur-Gier', '45.47', '4.51', '18 rue des Écoles', siretOf(sirenOf(402)), '04 77 00 00 02', 'sur rendez-vous'],
  ];
  const head = 'id,nom,code_insee,code_postal,commune,latitude,longitude,adresse,pivot,telephone,horaires';
  const file = [head, ...rows.map((cells) => cells.map((cell) => `"${cell}"`).join(','))].join('\n');
  await operator.upload('/redemption/place-imports', new TextEncoder().encode(file), 'text/csv');
  const { items } = await operator.get<{ items: { placeId: string; name: string }[] }>('/redemption/places?limit=200');
  for (const { placeId } of items.filter(({ name }) => rows.some((cells) => cells[1] === name))) {
    await operator.post(`/redemption/places/${placeId}/accreditations`, { programmeId: scheme.programmeId, from: dates.today, to: dates.usableUntil });
  }
}

/** Who is in the demo, and who is hired for the pages that nobody of the demo sees. */
async function peopleOf(life: Life): Promise<Readonly<{ emails: ReadonlyMap<Who, string>; shown: Shown }>> {
  const { staff, people: { operator, approver, auditor }, payer, places, scheme, run, vouchers } = life;
  const { organisationId } = await places[0]!.till.get<{ organisationId: string }>('/identity/me');
  const manager = await staff.hire('manager', organisationId, { name: 'Zoé Martin', email: 'zoe.martin@mereau.example' }, 'manager');
  const library = { name: 'Bibliothèque du Val', siret: siretOf(sirenOf(301)), communes: ['42218'] };
  const { distributorId } = await operator.post<{ distributorId: string }>('/issuance/distributors', library);
  const distributor = await staff.found({ kind: 'distributor', name: library.name, partyId: distributorId }, 'distributor',
    { name: 'Paul Renard', email: 'paul.renard@mereau.example' }, 'distributor');
  await openPlacesNear(life);
  const [statement] = (await places[0]!.till.get<{ items: { statementId: string }[] }>('/settlement/statements')).items;
  const [order] = (await payer.get<{ items: { orderId: string; shares: { payerId: string }[] }[] }>('/issuance/orders')).items;
  const emails = new Map<Who, string>(Object.entries({ till: places[0]!.till, manager, payer, distributor, operator, approver, auditor })
    .map(([who, { email }]): [Who, string] => [who as Who, email]));
  return {
    emails,
    shown: {
      life, programmeId: scheme.programmeId, payerId: order!.shares[0]!.payerId, orderId: order!.orderId,
      runId: run.runId, statementId: statement!.statementId,
      code: (index) => vouchers[places.length + index]!.code,
    },
  };
}
