import type { JsonSchema } from './json-schema.ts';
import { publishedSchema } from './publish.ts';
import {
  ActionSchema,
  DurationSchema,
  FaultSchema,
  GossipSchema,
  LatencySchema,
  LinkSchema,
  PredicateSchema,
  ScenarioSchema,
  SelectorSchema,
} from './schema.ts';

/** Parts of the scenario's schema that have a name of their own in the published one. */
export const scenarioParts = {
  duration: DurationSchema,
  selector: SelectorSchema,
  latency: LatencySchema,
  link: LinkSchema,
  gossip: GossipSchema,
  predicate: PredicateSchema,
  action: ActionSchema,
  fault: FaultSchema,
} as const;

/** `schemas/scenario.schema.json`. */
export function scenarioJsonSchema(): JsonSchema {
  return publishedSchema(ScenarioSchema, 'A scenario of the Hansa simulator, version 1', scenarioParts);
}
