import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Access, access, type RouteName, roles } from '../../src/api/roles.ts';
import { type Door, type Doors, openDoors } from './fixture.ts';

let doors: Doors;
let haikou: Door;
beforeAll(async () => {
  doors = await openDoors(1);
  haikou = doors.doors[0] as Door;
});
afterAll(() => doors.close());

const routes = Object.keys(access) as RouteName[];

/** A request that passes the door when the role may; what happens behind it does not matter here. */
function request(route: RouteName): { method: 'GET' | 'POST'; url: string } {
  const [method, pattern] = route.split(' ') as ['GET' | 'POST', string];
  const url = pattern
    .replace(':city', 'haikou')
    .replace(':sequence', '1')
    .replace(':position', '0')
    .replace(':height', '1');
  return { method, url: url.replace(/:code|:id/, '00'.repeat(16)) };
}

async function statusOf(
  route: RouteName,
  authorization: string | undefined,
): Promise<{ status: number; code: string | undefined }> {
  const response = await haikou.app.inject({
    ...request(route),
    payloadAsStream: true,
    headers: authorization === undefined ? {} : { authorization },
  });
  // An event stream does not end by itself.
  if (route === 'GET /v1/events' && response.statusCode === 200) {
    response.stream().destroy();
    return { status: 200, code: undefined };
  }
  let text = '';
  for await (const chunk of response.stream()) text += String(chunk);
  const problem = /problem/.test(String(response.headers['content-type']))
    ? (JSON.parse(text) as { code: string })
    : undefined;
  return { status: response.statusCode, code: problem?.code };
}

describe('the access table', () => {
  test('has exactly the routes that the API has', async () => {
    const { paths } = haikou.app.swagger() as { paths: Record<string, Record<string, unknown>> };
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{([a-z]+)\}/gi, ':$1')}`),
    );
    expect(served.sort()).toEqual([...routes].sort());
  });

  test('is the table of docs/operating/roles.md', () => {
    const page = readFileSync(new URL('../../../../docs/operating/roles.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `((?:GET|POST) [^`]+)` \|(.*)\|$/gm)].map((row) => {
      const cells = (row[2] ?? '').split('|').map((cell) => cell.trim());
      const [first] = cells;
      const forAll = (first === 'open' || first === 'holder') && cells.every((cell) => cell === first);
      return [row[1], forAll ? first : roles.filter((_, at) => cells[at] === 'yes')];
    });
    expect(Object.fromEntries(rows)).toEqual(access);
  });

  test('has every route in docs/operating/http-api.md', () => {
    const page = readFileSync(new URL('../../../../docs/operating/http-api.md', import.meta.url), 'utf8');
    for (const route of routes) {
      const path = route.split(' ')[1] ?? '';
      expect(page, route).toContain(path.startsWith('/v1/') ? path.slice(path.lastIndexOf('/')) : path);
    }
  });

  test.each(routes)('%s is closed without a token and with a wrong one, unless it is open', async (route) => {
    const open = access[route] === 'open' || access[route] === 'holder';
    expect((await statusOf(route, undefined)).code === 'TOKEN_MISSING').toBe(!open);
    expect((await statusOf(route, 'Basic b3BlcmF0b3I6')).code === 'TOKEN_MISSING').toBe(!open);
    expect((await statusOf(route, 'Bearer hansa_nobody')).code === 'TOKEN_UNKNOWN').toBe(!open);
  });

  test.each(routes.flatMap((route) => roles.map((role) => [route, role] as const)))('%s by %s', async (route, role) => {
    const allowed: Access = access[route];
    const { tokenOf } = await import('./fixture.ts');
    const { status, code } = await statusOf(route, `Bearer ${tokenOf[role]}`);
    if (allowed === 'holder') expect({ status, code }).toEqual({ status: 401, code: 'HOLDER_PROOF_MISSING' });
    else if (allowed === 'open' || allowed.includes(role)) expect([401, 403]).not.toContain(status);
    else expect({ status, code }).toEqual({ status: 403, code: 'FORBIDDEN' });
  });

  test('lets nobody but clerks ask about a person, by a receipt neither', async () => {
    const payload = { subject: { kind: 'id', number: '990101199001010019' }, purpose: 'loan', case: 'C-1' };
    for (const role of ['issuer', 'approver', 'auditor'] as const) {
      const response = await haikou.call(role, 'POST', '/v1/receipts', { payload });
      expect(response.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
  });
});
