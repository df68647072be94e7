import { describe, expect, it } from 'vitest';
import { play, shipped, shippedNames, shippedText } from './shipped.ts';

/** Events of the bounded part: some views of every scenario but the largest. */
const EVENTS = 12_000;

describe('the scenarios that ship', () => {
  it('are at least sixteen, among them those that everybody asks for', () => {
    expect(shippedNames.length).toBeGreaterThanOrEqual(16);
    const asked = 'four-cities nation capital-cut-off week-offline third-byzantine lossy-winter double-use-race'.split(
      ' ',
    );
    expect(shippedNames).toEqual(expect.arrayContaining(asked));
  });

  it.each(shippedNames)('%s has the name of its file, a schema for editors, and one line on what it shows', (name) => {
    const scenario = shipped(name);
    expect(scenario.name).toBe(name);
    expect(scenario.shows).toMatch(/^[A-Z].{50,130}\.$/);
    const [schema, ...lines] = shippedText(name).split('\n');
    expect(schema).toBe('# yaml-language-server: $schema=../schemas/scenario.schema.json');
    expect(lines.find((line) => !line.startsWith('#'))).toBe('format: hansa-scenario/1');
    expect(lines.some((line) => line.includes('Look at:'))).toBe(true);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(130);
  });

  it.each(shippedNames)('%s: a bounded part of it runs, and breaks no rule', async (name) => {
    const { result } = await play(shipped(name, { 'stop.events': EVENTS }));
    expect(result.violations).toEqual([]);
    expect(result.verdict).toBe('passed');
    expect(result.endedBecause).toBe('events');
    expect(result.events).toBe(EVENTS);
  });
});
