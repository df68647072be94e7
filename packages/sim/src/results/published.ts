import type { JsonSchema } from '../scenario/json-schema.ts';
import { publishedSchema } from '../scenario/publish.ts';
import { scenarioJsonSchema, scenarioParts } from '../scenario/published.ts';
import { ScenarioSchema } from '../scenario/schema.ts';
import { CellSchema, DifferenceSchema, EstimateSchema, SweepResultSchema, SweepRunSchema } from '../sweep/schema.ts';
import { CityResultSchema, DistributionSchema, ResultSchema } from './schema.ts';

/** `schemas/result.schema.json`. */
export function resultJsonSchema(): JsonSchema {
  const parts = {
    ...scenarioParts,
    scenario: ScenarioSchema,
    distribution: DistributionSchema,
    city: CityResultSchema,
  };
  return publishedSchema(ResultSchema, 'The result of one run of the Hansa simulator, version 1', parts);
}

/** `schemas/sweep.schema.json`. */
export function sweepJsonSchema(): JsonSchema {
  const parts = {
    ...scenarioParts,
    scenario: ScenarioSchema,
    run: SweepRunSchema,
    estimate: EstimateSchema,
    cell: CellSchema,
    difference: DifferenceSchema,
  };
  return publishedSchema(SweepResultSchema, 'The result of a sweep of the Hansa simulator, version 1', parts);
}

/** The published schemas by the names of their files, as they are committed. */
export function publishedSchemas(): Readonly<Record<string, string>> {
  const text = (schema: JsonSchema) => `${JSON.stringify(schema, null, 2)}\n`;
  return {
    'scenario.schema.json': text(scenarioJsonSchema()),
    'result.schema.json': text(resultJsonSchema()),
    'sweep.schema.json': text(sweepJsonSchema()),
  };
}
