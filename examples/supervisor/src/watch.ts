import { type CityApi, type Connection, cityEvents, connectCity } from '@hansa/node/client';

/** One city's API, with the token of an auditor: it reads everything public and changes nothing. */
export interface WatchedCity extends Connection {
  readonly name: string;
}

export type Finding =
  /** Two cities show different final blocks at one height: agreement is broken, call everybody. */
  | { readonly kind: 'disagreement'; readonly height: number; readonly digests: Readonly<Record<string, string>> }
  /** A city stopped voting, or says that something is wrong. */
  | { readonly kind: 'alarm'; readonly city: string; readonly code: string }
  /** A proof that a member misbehaved. */
  | { readonly kind: 'evidence'; readonly accused: string; readonly what: string }
  | { readonly kind: 'unreachable'; readonly city: string }
  | { readonly kind: 'agreed'; readonly height: number; readonly cities: readonly string[] };

/**
 * Compares the cities now: what each says of itself, and whether all show the same block at the greatest height that all
 * have. A city that does not answer is a finding, never an error.
 */
export async function inspect(cities: readonly WatchedCity[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const answered: { readonly name: string; readonly api: CityApi; readonly height: number }[] = [];
  const evidence = new Map<string, Finding>();
  for (const city of cities) {
    const api = connectCity(city);
    try {
      const { data: status } = await api.GET('/v1/status');
      const { data: proofs } = await api.GET('/v1/evidence');
      if (status === undefined || proofs === undefined) continue;
      answered.push({ name: city.name, api, height: status.finalizedHeight });
      if (status.alarm !== null) findings.push({ kind: 'alarm', city: city.name, code: status.alarm.code });
      for (const { city: accused, kind: what } of proofs.evidence) {
        evidence.set(`${accused} ${what}`, { kind: 'evidence', accused, what });
      }
    } catch {
      findings.push({ kind: 'unreachable', city: city.name });
    }
  }
  findings.push(...evidence.values());
  const height = Math.min(...answered.map((city) => city.height));
  if (answered.length > 0 && height > 0) findings.push(await compareBlocks(answered, height));
  return findings;
}

async function compareBlocks(
  cities: readonly { readonly name: string; readonly api: CityApi }[],
  height: number,
): Promise<Finding> {
  const digests: Record<string, string> = {};
  for (const { name, api } of cities) {
    const { data: block } = await api.GET('/v1/blocks/{height}', { params: { path: { height } } });
    if (block !== undefined) digests[name] = block.digest;
  }
  return new Set(Object.values(digests)).size === 1
    ? { kind: 'agreed', height, cities: Object.keys(digests) }
    : { kind: 'disagreement', height, digests };
}

/** Inspects at the start, and again whenever the first city sees a block executed, evidence or an alarm. */
export async function* watch(cities: readonly WatchedCity[], signal: AbortSignal): AsyncGenerator<Finding, void> {
  const [first] = cities;
  if (first === undefined) return;
  yield* await inspect(cities);
  for await (const { name } of cityEvents(first, { signal })) {
    if (name === 'executed' || name === 'evidence' || name === 'alarm') yield* await inspect(cities);
  }
}
