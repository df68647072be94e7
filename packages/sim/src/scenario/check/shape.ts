import { Ajv, type ValidateFunction } from 'ajv';
import { isObject, type JsonSchema } from '../json-schema.ts';
import type { Finding } from '../problem.ts';
import { scenarioJsonSchema } from '../published.ts';
import { type Scenario, ScenarioSchema } from '../schema.ts';
import { explain } from './explain.ts';
import { narrow } from './narrow.ts';

const schema = ScenarioSchema as unknown as JsonSchema;
let compiled: ValidateFunction<Scenario> | undefined;
let explainer: Ajv | undefined;

/** Whether a value has the shape that the schema says. */
export function isScenario(value: unknown): value is Scenario {
  compiled ??= new Ajv({ strict: true }).compile<Scenario>(scenarioJsonSchema());
  return compiled(value);
}

const FORMAT = ScenarioSchema.properties.format.const;

function formatFinding(format: unknown): Finding {
  const what = format === undefined ? 'The format is missing.' : `"${String(format)}" is not a format of this release.`;
  return { code: 'SCENARIO_FORMAT_UNKNOWN', path: ['format'], message: `${what} Write: format: ${FORMAT}.` };
}

/** Everything that is wrong with the shape of a value; nothing exactly where `isScenario` holds. */
export function shapeFindings(value: unknown): Finding[] {
  if (isScenario(value)) return [];
  // Of another format nothing else can be said.
  if (isObject(value) && value.format !== FORMAT) return [formatFinding(value.format)];
  const findings: Finding[] = [];
  const narrowed = narrow(schema, value, [], findings);
  explainer ??= new Ajv({ allErrors: true, verbose: true, strict: false, meta: false, validateSchema: false });
  const validate = explainer.compile(narrowed);
  if (!validate(value)) findings.push(...(validate.errors ?? []).map((error) => explain(error, value)));
  explainer.removeSchema(narrowed);
  if (findings.length === 0) throw new Error('invariant broken: a scenario is refused, and nothing is wrong with it');
  return findings;
}
