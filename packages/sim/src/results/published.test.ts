import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { publishedSchemas } from './published.ts';

const folder = new URL('../../schemas/', import.meta.url);

describe('the published JSON Schemas', () => {
  it('are what the types of today say: run pnpm generate', () => {
    const schemas = publishedSchemas();
    expect(readdirSync(folder).sort()).toEqual(Object.keys(schemas).sort());
    for (const [name, text] of Object.entries(schemas)) {
      expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text);
    }
  });

  it.each(Object.keys(publishedSchemas()))(
    '%s compiles under the strictest rules, and says what each part is',
    (name) => {
      const schema = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      expect(new Ajv({ strict: true }).compile(schema)({})).toBe(false);
      for (const [part, { description, $ref }] of Object.entries<{ description?: string; $ref?: string }>(
        schema.definitions,
      )) {
        expect(description ?? $ref, part).toMatch(/\w/);
      }
    },
  );

  it('say a part that stands in several places once', () => {
    const text = readFileSync(new URL('scenario.schema.json', folder), 'utf8');
    expect(text.match(/"The process stands still, /g)).toHaveLength(1);
    expect(text.length).toBeLessThan(45_000);
  });
});
