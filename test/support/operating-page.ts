import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { joinRecords, recordsType } from '../../packages/node/src/api/record-stream.ts';
import { syntheticListing } from '../../packages/node/src/demo/load.ts';
import type { MembershipView } from '../../packages/node/src/services/membership-views.ts';
import { type Daemon, hansaProgram } from '../../packages/node/src/testbed/daemon.ts';
import { until } from '../../packages/node/src/testbed/until.ts';
import { read } from './tree.ts';

/** The commands of docs/operating/changing-authorities.md, run as they stand there in a federation's directory. */
export class ChangingAuthorities {
  readonly #directory: string;
  readonly #lines = read('docs/operating/changing-authorities.md').split('\n');
  /** What stands for an example of the page. */
  readonly actual = new Map<string, string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** A command of the page, with this federation's places instead of its examples; gives what it prints. */
  async run(command: string, ...more: string[]): Promise<string> {
    expect(this.#lines).toContain(command);
    return this.#hansa(
      ...command
        .split(' ')
        .slice(1)
        .map((word) => this.actual.get(word) ?? word),
      ...more,
    );
  }

  async #hansa(...words: string[]): Promise<string> {
    const child = spawn(process.execPath, [hansaProgram, ...words], {
      cwd: this.#directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect(code, `hansa ${words.join(' ')}\n${out}${error}`).toBe(0);
    return out;
  }

  /**
   * Haikou proposes a change with a card, Sanya and Danzhou approve: all three are in the next epoch when it resolves. `proposed`
   * happens before the approvals; Haikou may be away from then on.
   */
  async decide(
    change: 'add' | 'recover' | 'rotate',
    card: string,
    cities: readonly [Daemon, Daemon, Daemon],
    when: { readonly proposed?: () => Promise<unknown> } = {},
  ): Promise<void> {
    const [haikou, sanya, danzhou] = cities;
    const { epoch } = await membership(haikou);
    const where = change === 'rotate' ? `haikou/${card}` : card;
    const proposed = await this.run(
      `hansa membership propose ${change} --dir haikou --card ${where} --handler op08 --approver ap02`,
    );
    const proposal = /^The proposal is made: (\S+), final/.exec(proposed)?.[1] ?? '';
    expect(proposed).toContain(`2 more cities must approve it, each with: hansa membership approve ${proposal}`);
    this.actual.set('haikou/12/0', proposal);
    for (const daemon of [sanya, danzhou]) {
      await until(`${daemon.name} has the proposal`, async () => (await membership(daemon)).proposals.length === 1);
    }
    await when.proposed?.();
    await this.run(`hansa membership approve haikou/12/0 --dir sanya --card ${card} --handler op03 --approver ap01`);
    await until('danzhou has the approval', async () => {
      return (await membership(danzhou)).proposals[0]?.approvalsMissing === 1;
    });
    const decided = await this.run(
      `hansa membership approve haikou/12/0 --dir danzhou --card ${card} --handler op01 --approver ap03`,
    );
    expect(decided).toContain('It is decided');
    const here = when.proposed === undefined ? cities : [sanya, danzhou];
    for (const daemon of here) {
      await until(`${daemon.name} is in the next epoch`, async () => (await membership(daemon)).epoch === epoch + 1);
    }
  }
}

export async function membership(daemon: Daemon): Promise<MembershipView> {
  return (await daemon.as('auditor')).get<MembershipView>('/v1/membership');
}

/** Has a city seal a listing; gives its place when it is final. */
export async function listing(daemon: Daemon): Promise<string> {
  const operator = await daemon.as('operator');
  const bytes = joinRecords([syntheticListing(Date.now())]);
  let place = '';
  // A city that has just come back may still ask the others for what it signed (R6).
  await until(`${daemon.name} seals`, async () => {
    const answer = await operator.upload('/v1/records', bytes, recordsType);
    place = ((await answer.json()) as { sealed: { first: string }[] }).sealed[0]?.first ?? '';
    return place !== '';
  });
  await finalIn(daemon, place);
  return place;
}

/** Waits until a record is final in a city. */
export async function finalIn(daemon: Daemon, place: string): Promise<void> {
  const auditor = await daemon.as('auditor');
  await until(`${place} is final in ${daemon.name}`, async () => {
    return (await auditor.get<{ state: string }>(`/v1/records/${place}`)).state === 'final';
  });
}
