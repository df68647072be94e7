/** What a description of the API (OpenAPI 3.1) has of an operation, as far as its examples are concerned. */
export interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown; readonly $ref?: string }>>;
}

export interface Operation {
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly schema?: object;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One body of an operation: what it is sent, or what it answers with a status. */
export interface Body {
  readonly where: string;
  readonly type: string;
  readonly media: Media;
}

const problemType = 'application/problem+json';

function bodiesOf(name: string, { requestBody, responses }: Operation): Body[] {
  const sent = Object.entries(requestBody?.content ?? {}).map(([type, media]) => ({
    where: `${name}: request ${type}`,
    ...{ type, media },
  }));
  const answered = Object.entries(responses ?? {}).flatMap(([status, { content }]) =>
    Object.entries(content ?? {}).map(([type, media]) => ({ where: `${name}: ${status} ${type}`, type, media })),
  );
  return [...sent, ...answered];
}

export function operationsOf({ paths }: Description): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

/** Follows a reference within the description. */
export function resolved(description: Description, value: unknown): unknown {
  const reference = (value as { $ref?: unknown } | undefined)?.$ref;
  if (typeof reference !== 'string') return value;
  const steps = reference.replace(/^#\//, '').split('/');
  return resolved(
    description,
    steps.reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], description),
  );
}

export function examplesOf(description: Description, { example, examples }: Media): unknown[] {
  const named = Object.values(examples ?? {}).map((each) => (resolved(description, each) as { value?: unknown }).value);
  return [example, ...named].filter((value) => value !== undefined);
}

/** All bodies of all operations. */
export function allBodies(description: Description): Body[] {
  return operationsOf(description).flatMap(([name, operation]) => bodiesOf(name, operation));
}

/**
 * What the description lacks: a body without an example, an answer of which nothing is said, an operation that may be
 * refused and does not say so. Whoever needs a token, signs, or sends what is checked may be refused; any may fail.
 */
export function lacking(description: Description): string[] {
  const missing = allBodies(description).flatMap(({ where, media }) =>
    examplesOf(description, media).length === 0 ? [`${where} has no example`] : [],
  );
  for (const [name, operation] of operationsOf(description)) {
    const { security = [], parameters = [], requestBody, responses = {} } = operation;
    for (const [status, { content }] of Object.entries(responses)) {
      if (Object.keys(content ?? {}).length === 0) missing.push(`${name}: ${status} does not say what it answers`);
    }
    for (const { in: place, name: parameter, example } of parameters) {
      if (place === 'path' && example === undefined) missing.push(`${name}: ${parameter} has no example`);
    }
    const refusable =
      security.length > 0 || requestBody !== undefined || parameters.some((parameter) => parameter.in !== 'header');
    for (const status of refusable ? ['4XX', '5XX'] : ['5XX']) {
      const types = Object.keys(responses[status]?.content ?? {});
      if (types.join() !== problemType) missing.push(`${name} does not describe ${status} as a problem`);
    }
  }
  return missing;
}

/** A schema that admits nothing that it does not name, so that an example shows no field that is not described. */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  const named = Object.hasOwn(parts, 'properties') && !Object.hasOwn(parts, 'additionalProperties');
  return named ? { ...parts, additionalProperties: false } : parts;
}
