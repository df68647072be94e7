import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

const compiled = new Map<string, ValidateFunction>();

/** A schema of this package's `data` directory, compiled once. */
export function compileSchema<T>(name: string): ValidateFunction<T> {
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = new Ajv({ allErrors: true, strict: true }).compile(
      JSON.parse(readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8')),
    );
    compiled.set(name, validate);
  }
  return validate as ValidateFunction<T>;
}

/** Each problem with the path of the field and what is expected there. Never the value, which may be private. */
export function describeProblems(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map((error) => {
    const path = error.instancePath.slice(1).replaceAll('/', '.');
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    switch (error.keyword) {
      case 'additionalProperties':
        return `${at(error.params.additionalProperty as string)} is not a known setting; remove it or correct its spelling`;
      case 'required':
        return `${at(error.params.missingProperty as string)} is missing; add it`;
      case 'enum':
        return `${path} must be one of ${(error.params.allowedValues as unknown[]).join(', ')}`;
      case 'const':
        return `${path} must be ${String(error.params.allowedValue)}`;
      case 'propertyNames':
        return `${path === '' ? 'the file' : path} has a name that is not allowed`;
      default:
        return `${path === '' ? 'the whole' : path} ${error.message ?? 'is not valid'}`;
    }
  });
}
