import { writeFileSync } from 'node:fs';
import type { RunOutcome } from '../run/outcome.ts';
import { firstSeed } from '../run/seeds.ts';
import { checkScenario } from '../scenario/check/check.ts';
import type { Scenario } from '../scenario/schema.ts';
import { scenarioYaml } from '../scenario/write.ts';
import { shrink } from '../shrink/shrink.ts';
import { breath, runJob } from './jobs.ts';
import { loadPlugIns } from './plug-in-files.ts';
import { showProgress } from './progress.ts';
import { loadScenario, strategiesWith } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

export interface RunShrinkOptions {
  readonly name: string;
  readonly terminal: Terminal;
  readonly seed?: number;
  readonly check?: string;
  readonly runs: number;
  readonly forUs?: number;
  readonly out?: string;
  readonly plugin?: readonly string[];
}

type Violation = RunOutcome['violations'][number];

export interface ShrunkFile {
  readonly seed: number;
  /** Of the small scenario; undefined: the large one did not fail either. */
  readonly violation: Violation | undefined;
  readonly file: string;
  readonly text: string;
  readonly linesBefore: number;
  readonly linesAfter: number;
  readonly runs: number;
  readonly minimal: boolean;
  readonly interrupted: boolean;
}

export async function runShrink(options: RunShrinkOptions): Promise<ShrunkFile> {
  const { terminal, forUs = Number.POSITIVE_INFINITY } = options;
  const plugIns = await loadPlugIns(options.plugin);
  const scenario = loadScenario(options.name, { plugIns });
  const seed = options.seed ?? firstSeed(scenario);
  const startedMs = performance.now();
  let interrupted = false;
  const listening = terminal.onInterrupt(() => {
    interrupted = true;
  });
  const stopped = () => interrupted || (performance.now() - startedMs) * 1000 >= forUs;
  const outcomeOf = async (candidate: Scenario) => {
    const done = await runJob({ id: 0, seed, scenario: candidate }, plugIns, async () => {
      await breath();
      return interrupted ? 'stop' : 'go-on';
    });
    return done?.outcome;
  };
  const line = showProgress(terminal, 'shrink: runs', options.runs);
  try {
    const first = (await outcomeOf(scenario))?.violations.find(({ check }) => (options.check ?? check) === check);
    let violation = first;
    const file = options.out ?? `${scenario.name}-seed-${seed}.min.yaml`;
    const about = { seed, file, linesBefore: lines(scenarioYaml(scenario)), interrupted };
    if (first === undefined) {
      return { ...about, violation: undefined, text: '', linesAfter: 0, runs: 1, minimal: false };
    }
    let runs = 0;
    const shrunk = await shrink(scenario, {
      isValid: (candidate) => checkScenario(candidate, { strategies: strategiesWith(plugIns) }).length === 0,
      fails: async (candidate) => {
        const found = (await outcomeOf(candidate))?.violations.find(({ check }) => check === first.check);
        line.update(++runs);
        violation = found ?? violation;
        return found !== undefined;
      },
      runsMax: options.runs,
      stopped,
    });
    const written = scenarioYaml(shrunk.scenario);
    writeFileSync(file, `# ${first.check}, seed ${seed}\n${written}`);
    const { minimal } = shrunk;
    return { ...about, violation, text: written, linesAfter: lines(written), runs: shrunk.runs, minimal, interrupted };
  } finally {
    line.stop();
    listening();
  }
}

function lines(text: string): number {
  return text.trimEnd().split('\n').length;
}
