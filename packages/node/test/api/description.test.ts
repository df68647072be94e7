import { fileURLToPath } from 'node:url';
import { errorCodes as protocolCodes } from '@hansa/protocol/error-codes';
import { Ajv } from 'ajv';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCodes as nodeCodes } from '../../src/error-codes.ts';
import { checkCitizenNumber } from '../../src/import/citizen-number.ts';
import { allBodies, closed, type Description, examplesOf, lacking, operationsOf } from './examples.ts';
import { type Door, type Doors, openDoors } from './fixture.ts';

let doors: Doors;
let description: Description;
beforeAll(async () => {
  doors = await openDoors(1);
  const haikou = doors.doors[0] as Door;
  description = (await haikou.call(undefined, 'GET', '/openapi.json')).json();
});
afterAll(() => doors.close());

// `pnpm generate` writes both files.
test('openapi.json, for clients in other languages, is what the daemon serves', async () => {
  await expect(`${JSON.stringify(description, undefined, 2)}\n`).toMatchFileSnapshot(
    fileURLToPath(new URL('../../openapi.json', import.meta.url)),
  );
});

test('the types of the client are generated from what the daemon serves', async () => {
  const ast = await openapiTypescript(description as unknown as OpenAPI3);
  const types = `// Generated from openapi.json by openapi-typescript.\n${astToString(ast)}`;
  await expect(types).toMatchFileSnapshot(fileURLToPath(new URL('../../src/gen/http-api.ts', import.meta.url)));
});

/** The story is in `data/api-examples.json`; whoever adds a route adds what it is sent and answers there. */
describe('the examples', () => {
  test('are there for every body of every operation, and each that may be refused says with which codes', () => {
    expect(lacking(description)).toEqual([]);
  });

  test('would be missed: nothing of an operation can be left out unnoticed', () => {
    const check = description.paths['/v1/check']?.post as object;
    const without = (change: object) =>
      lacking({ ...description, paths: { '/v1/check': { post: { ...check, ...change } } } });
    expect(without({})).toEqual([]);
    const schema = { type: 'object' };
    const problem = { 'application/problem+json': { schema, example: {} } };
    const bare = { content: { 'application/json': { schema } } };
    const told = { '4XX': { content: problem }, '5XX': { content: problem } };
    const cases: readonly (readonly [object, string])[] = [
      [{ requestBody: bare }, 'POST /v1/check: request application/json has no example'],
      [{ responses: { ...told, 200: bare } }, 'POST /v1/check: 200 application/json has no example'],
      [{ responses: { ...told, 200: {} } }, 'POST /v1/check: 200 does not say what it answers'],
      [{ responses: { '5XX': told['5XX'] } }, 'POST /v1/check does not describe 4XX as a problem'],
      [{ responses: { ...told, '4XX': { content: {} } } }, 'POST /v1/check does not describe 4XX as a problem'],
      [{ responses: { '4XX': told['4XX'] } }, 'POST /v1/check does not describe 5XX as a problem'],
      [{ parameters: [{ in: 'path', name: 'code' }] }, 'POST /v1/check: code has no example'],
    ];
    for (const [change, lack] of cases) expect(without(change)).toContain(lack);
  });

  test('fit their schemas, in which every field of theirs is described', () => {
    const isTime = (text: string) => new Date(text).toISOString() === text;
    const ajv = new Ajv({ strict: false, formats: { 'date-time': isTime, binary: true } });
    const schemas = closed(description.components?.schemas);
    for (const { where, type, media } of allBodies(description)) {
      if (!/\bjson$/.test(type) || /ndjson$/.test(type)) continue;
      const validate = ajv.compile({ ...(closed(media.schema) as object), components: { schemas } });
      for (const example of examplesOf(description, media)) {
        expect(validate(example), `${where}: ${ajv.errorsText(validate.errors)}`).toBe(true);
      }
    }
  });

  test('of parameters fit theirs, and the codes and places in them are those of the bodies', () => {
    const ajv = new Ajv({ strict: false });
    const bodies = JSON.stringify(allBodies(description).flatMap(({ media }) => examplesOf(description, media)));
    for (const [name, { parameters = [] }] of operationsOf(description)) {
      for (const { name: parameter, schema = {}, example } of parameters) {
        if (example === undefined) continue;
        expect(ajv.validate(schema, example), `${name} ${parameter}: ${ajv.errorsText()}`).toBe(true);
        if (/^(code|id|document)$/.test(parameter)) expect(bodies, `${name} ${parameter}`).toContain(`"${example}"`);
      }
      const [city, sequence, position] = ['city', 'sequence', 'position'].map(
        (wanted) => parameters.find((each) => each.name === wanted)?.example,
      );
      if (position !== undefined) expect(bodies, name).toContain(`"${city}/${sequence}/${position}"`);
    }
  });

  test('of files are text, or bytes in base64', () => {
    for (const { where, type, media } of allBodies(description)) {
      if (/\bjson$/.test(type) && !/ndjson$/.test(type)) continue;
      for (const example of examplesOf(description, media)) {
        expect(typeof example, where).toBe('string');
        if (!/^text\/|ndjson$|svg/.test(type)) expect(example, where).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
      }
    }
  });

  test.each(['accounts', 'blacklist'])('of exports are rows that an import takes: %s', async (kind) => {
    const { content } = description.paths[`/v1/import/${kind}`]?.post?.requestBody ?? { content: {} };
    const mappings: Readonly<Record<string, string>> = {
      'text/tab-separated-values': 'danzhou',
      'application/x-ndjson': 'qionghai',
      'application/octet-stream': 'sanya',
    };
    for (const [type, { example }] of Object.entries(content)) {
      const mapping = mappings[type] ?? 'haikou';
      const payload = Buffer.from(String(example), type === 'application/octet-stream' ? 'base64' : 'utf8');
      const url = `/v1/import/${kind}?dryRun=true&mapping=${mapping}`;
      const headers = { 'content-type': type };
      const answer = await (doors.doors[0] as Door).call('operator', 'POST', url, { payload, headers });
      const report = JSON.parse(answer.body.trim().split('\n').at(-1) ?? '');
      expect(report.accepted + report.unchanged, `${type} ${answer.body}`).toBe(1);
    }
  });

  test('of refusals have codes that exist, with the status under which they stand', () => {
    const codes = { ...protocolCodes, ...nodeCodes };
    for (const [name, { responses = {} }] of operationsOf(description)) {
      for (const status of ['4XX', '5XX']) {
        const media = responses[status]?.content?.['application/problem+json'] ?? {};
        for (const problem of examplesOf(description, media) as { code: string; status: number }[]) {
          expect(codes, name).toHaveProperty(problem.code);
          expect(`${Math.floor(problem.status / 100)}XX`, `${name} ${problem.code}`).toBe(status);
        }
      }
    }
  });

  test('name no person but those of a test federation, with numbers whose digits fit', () => {
    const text = JSON.stringify(allBodies(description).flatMap(({ media }) => examplesOf(description, media)));
    const numbers = new Set(text.match(/(?<![0-9A-Za-z+/])[1-9]\d{16}[\dX](?![0-9A-Za-z+/])/g));
    expect(numbers.size).toBeGreaterThan(4);
    for (const number of numbers) {
      expect(checkCitizenNumber(number, { testFederation: true, today: 20_780 }), number).toMatchObject({ ok: true });
      expect(number).toMatch(/^99/);
    }
  });
});
