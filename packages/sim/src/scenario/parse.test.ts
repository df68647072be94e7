import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtinStrategies } from '../adversaries/index.ts';
import { errorCodes } from '../error-codes.ts';
import { parseScenario } from './parse.ts';
import { problemText } from './problem.ts';

/** A few names, so that a new strategy or check changes no transcript. */
const few = ['delayer', 'equivocator', 'silent'];
const names = {
  strategies: new Map([...builtinStrategies].filter(([name]) => few.includes(name))),
  checks: ['agreement', 'ancestry'],
};
const folder = new URL('../../test/transcripts/', import.meta.url);

/** `=== title`, the text of a file, `=== says`, and the answer: what a researcher would see. */
function retold(transcript: string): string {
  const cases = transcript.split(/^=== (?!says$)/m).slice(1);
  return cases
    .map((each) => {
      const [title = '', ...lines] = each.split('\n');
      const text = lines.slice(0, lines.indexOf('=== says')).join('\n');
      const parsed = parseScenario(text, names);
      const answer = parsed.ok ? ['ok'] : parsed.problems.map((problem) => problemText(problem));
      return `=== ${title}\n${text === '' ? '' : `${text}\n`}=== says\n${answer.join('\n')}\n`;
    })
    .join('');
}

// To accept new answers: npx vitest run packages/sim/src/scenario/parse.test.ts --update
describe('a scenario file is answered as the transcripts show', () => {
  const transcripts = readdirSync(folder);

  it.each(transcripts)('%s', async (name) => {
    const url = new URL(name, folder);
    await expect(retold(readFileSync(url, 'utf8'))).toMatchFileSnapshot(url.pathname);
  });

  it('and every code of a scenario is shown by one of them', () => {
    const all = transcripts.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('');
    const codes = Object.keys(errorCodes).filter((code) => code.startsWith('SCENARIO_') && code !== 'SCENARIO_INVALID');
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !all.includes(`(${code})`))).toEqual([]);
  });
});
