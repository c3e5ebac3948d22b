// Lists of councils as they are published, in made-up rows: who becomes a payer, who is one already, and who is nobody.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDITOR, IssuanceWorld, type Answer } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

const COMMUNES = 'code_insee,nom,siren,departement,region,zone,population,codes_postaux';
const DEPARTEMENTS = 'code,nom,region,siret,siren,raison_sociale_sirene';
const REGIONS = 'code,nom,siret,siren,raison_sociale_sirene';
const EPCI = 'siren,nom,type,mode_financement,population_totale,nb_communes,departement_principal,region_principale';

type Row = { outcome: string; code: string; notes: string[]; payerId: string | null; externalId: string | null };
const send = (...lines: string[]) => world.send('payer-imports', lines.join('\n'));
const countsOf = ({ body }: Answer) => ['read', 'imported', 'merged', 'unchanged', 'refused'].map((name) => body[name]);
const rowsOf = async ({ body }: Answer) => (await world.get(`payer-imports/${String(body['importId'])}/rows?limit=200`)).body['items'] as Row[];
const told = async (answer: Answer) => (await rowsOf(answer)).map(({ outcome, code }) => `${outcome} ${code}`);
const search = async (text: string) => (await world.get(`payers?search=${encodeURIComponent(text)}`)).body['items'] as Record<string, unknown>[];

/** The SIREN whose first eight digits are these. */
function siren(digits: string): string {
  const sum = [...digits].reduceRight((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

describe('a list of payers', () => {
  it('of communes makes two payers of two communes with one name, and refuses one without a SIREN', async () => {
    const file = [
      COMMUNES, `26900,Saint-Essai,${siren('21260900')},26,84,metro,456,26150`, `63900,Saint-Essai,${siren('21630900')},63,84,metro,789,"63000|63100"`,
      '01901,Associée,,01,84,metro,12,01500', `1902,Zéro perdu,${siren('21010902')},01,84,metro,1,1000`,
    ];
    const first = await send(...file);
    expect([first.status, countsOf(first)]).toEqual([201, [4, 3, 0, 0, 1]]);
    expect(await told(first)).toEqual(['imported new', 'imported new', 'refused siren_missing', 'imported new']);
    expect(await search('saint-essai')).toMatchObject([
      { siren: siren('21260900'), siret: null, territories: [{ kind: 'commune', code: '26900', name: 'Saint-Essai' }] },
      { siren: siren('21630900'), territories: [{ kind: 'commune', code: '63900' }] },
    ]);
    expect(await search('01902')).toMatchObject([{ name: 'Zéro perdu' }]);
    const again = await send(...file);
    expect([countsOf(again), await search('saint-essai')]).toEqual([[4, 0, 0, 3, 1], await search('saint-essai')]);
  });

  it('of départements and régions knows one body under each of its territories', async () => {
    const file = [
      DEPARTEMENTS, '9A,Faux,94,73282932000074,732829320,FAUX', '2A,Sud,94,73282932000074,732829320,COLLECTIVITE D ESSAI', '2B,Nord,94,732 829 320 00074,732829320,COLLECTIVITE D ESSAI',
    ];
    expect(await told(await send(...file))).toEqual(['refused territory_code_wrong', 'imported new', 'merged territory_added']);
    expect(await told(await send(DEPARTEMENTS, '6AE,,,35600000000048,356000000,ALSACE D ESSAI'))).toEqual(['imported new']);
    const region = await send(REGIONS, '94,Essai,73282932000074,732829320,Collectivité', '973,,73282932000074,732829320,');
    expect((await rowsOf(region)).map(({ outcome, code, notes }) => `${outcome} ${code} ${notes.join()}`))
      .toEqual(['merged territory_added name_kept', 'refused name_missing ']);
    expect(await search('732829320')).toMatchObject([{
      name: 'COLLECTIVITE D ESSAI', siret: '73282932000074',
      territories: [{ kind: 'departement', code: '2A' }, { kind: 'departement', code: '2B' }, { kind: 'region', code: '94', name: 'Essai' }],
    }]);
    expect(await search('Nord')).toHaveLength(1);
    expect(countsOf(await send(...file))).toEqual([3, 0, 0, 2, 1]);
  });

  it('of EPCI goes by SIREN, and of anybody by name, SIREN and SIRET', async () => {
    expect(await told(await send(EPCI, `${siren('20000990')},CC d'Essai,CC,FPU,1,2,74,84`, 'inconnu,CC,CC,FPU,1,2,74,84'))).toEqual(['imported new', 'refused siren_wrong']);
    const plain = await send(
      '\ufeffname;siren;siret', 'Fondation;552081317;55208131766522', 'Fondation;;55208131766522', 'Fondation;552081317;', 'Autre;732829320;55208131766522',
      'Faux;552081318;', 'Ronde;;21760400000000', ';552081317;',
    );
    expect(await told(plain)).toEqual([
      'imported new', 'merged repeated', 'merged repeated', 'refused siret_of_another_body', 'refused siren_wrong', 'refused siret_wrong', 'refused name_missing',
    ]);
  });

  it('meets a payer that was registered by hand, and one that is registered by hand now', async () => {
    const [byHand, both] = [siren('21340900'), siren('21340901')];
    const { payerId } = await world.done('payers', { name: 'À la main', siren: byHand });
    const [row] = await rowsOf(await send('nom;siren', `À la main;${byHand}`));
    expect(row).toMatchObject({ outcome: 'unchanged', code: 'repeated', payerId });
    const outcomes = await Promise.all([send('nom;siren', `Deux fois;${both}`), world.post('payers', { body: { name: 'Deux fois', siren: both } })]);
    expect(outcomes[0].status).toBe(201);
    expect([201, 409]).toContain(outcomes[1].status);
    expect(await search(both)).toHaveLength(1);
  });

  it('does not give a territory to a second body', async () => {
    await send(COMMUNES, `26901,Fusion,${siren('21260901')},26,84,metro,1,26150`);
    expect(await told(await send(COMMUNES, `26901,Fusion nouvelle,${siren('20009901')},26,84,metro,1,26150`))).toEqual(['refused territory_of_another_payer']);
    expect(await search(siren('20009901'))).toEqual([]);
  });

  it('is for the operator; auditors see what became of it', async () => {
    const file = `nom;siren\nA;${siren('21340902')}`;
    expect((await world.send('payer-imports', file, { as: AUDITOR })).status).toBe(403);
    const { body } = await world.send('payer-imports', file);
    expect(await world.get(`payer-imports/${String(body['importId'])}`, AUDITOR)).toMatchObject({ status: 200, body });
  });
});
