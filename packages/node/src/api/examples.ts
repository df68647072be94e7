import { readFileSync } from 'node:fs';
import { meaningOf } from '../services/meanings.ts';
import { type Problem, problemOf, problemType } from './problems.ts';
import { access, type RouteName, roles } from './roles.ts';

/** What a route is sent and answers in the story of `data/api-examples.json`, and codes of its own that it may refuse with. */
interface RouteExamples {
  /** Of the path and the query, by name. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** By media type; the bytes of what is not text in base64. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** By status, then by media type. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly refusals?: readonly string[];
}

interface Media {
  schema?: object;
  example?: unknown;
  examples?: Record<string, unknown>;
}

interface Response {
  description?: string;
  content?: Record<string, Media>;
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  example?: unknown;
  examples?: unknown;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  responses: Record<string, Response>;
}

interface Description {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components?: { schemas?: object; examples?: object };
}

const story = JSON.parse(readFileSync(new URL('../../data/api-examples.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, RouteExamples>
>;

/**
 * Gives each operation of the description its examples: what it is sent and answers, and with which codes it may refuse.
 * A problem stands once among the components, however many operations may answer with it.
 */
export function withExamples<D extends Description>(description: D): D {
  const problems = new Map<string, { summary: string; value: Problem }>();
  let problemSchema: object | undefined;
  for (const [path, methods] of Object.entries(description.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const route = `${method.toUpperCase()} ${path.replaceAll(/\{([a-z]+)\}/gi, ':$1')}` as RouteName;
      const own = story[route];
      for (const parameter of operation.parameters ?? []) {
        const value = own?.parameters?.[parameter.name];
        if (value === undefined) continue;
        parameter.example = value;
        delete parameter.examples;
      }
      show(operation.requestBody?.content, own?.request);
      for (const [status, response] of Object.entries(operation.responses)) {
        show(response.content, own?.responses[status]);
        problemSchema ??= response.content?.[problemType]?.schema;
      }
      for (const [status, codes] of refusals(route, operation, own?.refusals ?? [])) {
        for (const code of codes) problems.set(code, { summary: meaningOf(code), value: problemFor(code) });
        if (codes.length === 0) delete operation.responses[status];
        else operation.responses[status] = { description: 'RFC 9457', content: { [problemType]: problemMedia(codes) } };
      }
    }
  }
  description.components = {
    ...description.components,
    schemas: { ...description.components?.schemas, ...(problemSchema === undefined ? {} : { Problem: problemSchema }) },
    examples: Object.fromEntries([...problems].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return description;
}

function show(content: Record<string, Media> | undefined, values: Readonly<Record<string, unknown>> | undefined): void {
  for (const [type, media] of Object.entries(content ?? {})) {
    if (values !== undefined && Object.hasOwn(values, type)) media.example = values[type];
  }
}

function problemMedia(codes: readonly string[]): Media {
  return {
    schema: { $ref: '#/components/schemas/Problem' },
    examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
  };
}

function problemFor(code: string): Problem {
  return problemOf({ code, message: meaningOf(code) });
}

/** What the door itself may refuse with, before the route is asked, and the route's own codes; by class of status. */
function refusals(
  route: RouteName,
  { parameters = [], requestBody }: Operation,
  own: readonly string[],
): readonly (readonly ['4XX' | '5XX', readonly string[]])[] {
  const allowed = access[route];
  const byToken = allowed !== 'open' && allowed !== 'holder';
  const json = requestBody?.content['application/json'] !== undefined;
  const checked = json || parameters.some((parameter) => parameter.in !== 'header');
  const codes = new Set([
    ...(byToken ? ['TOKEN_MISSING', 'TOKEN_UNKNOWN'] : []),
    ...(byToken && allowed.length < roles.length ? ['FORBIDDEN'] : []),
    ...(allowed === 'holder' ? ['HOLDER_PROOF_MISSING', 'HOLDER_PROOF_INVALID'] : []),
    ...(json ? ['BODY_MALFORMED', 'CONTENT_TYPE_UNKNOWN', 'BODY_TOO_LARGE'] : []),
    ...(checked ? ['FIELD_INVALID'] : []),
    ...(route.startsWith('POST ') ? ['IDEMPOTENCY_KEY_REUSED'] : []),
    ...own,
    'INTERNAL',
  ]);
  const isServerError = (code: string) => problemFor(code).status >= 500;
  return [
    ['4XX', [...codes].filter((code) => !isServerError(code))],
    ['5XX', [...codes].filter(isServerError)],
  ];
}
