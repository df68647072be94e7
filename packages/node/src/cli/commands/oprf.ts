import type { CeremonyOpened } from '../../services/ceremonies.ts';
import { positive } from '../options.ts';
import { type AddCommand, runs } from '../output.ts';
import { counted } from '../plural.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { submittedAnswer } from './submitted.ts';
import { type SubmittingOptions, submit, submittingOptions } from './submitting.ts';
import { shortTime, table } from './text.ts';

interface Status {
  readonly key: null | {
    readonly generation: number;
    readonly threshold: number;
    readonly evaluators: readonly string[];
    readonly publicKey: string;
    readonly settledAt: string;
  };
  readonly holdsShare: boolean;
  readonly ceremony: null | {
    readonly generation: number;
    readonly kind: string;
    readonly threshold: number;
    readonly openedAt: string;
    readonly dealt: readonly string[];
  };
  readonly evaluated: number;
  readonly alarms: readonly { readonly code: string; readonly message: string; readonly at: string }[];
}

interface Evaluation {
  readonly number: number;
  readonly at: string;
  readonly city: string;
  readonly operator: string;
  readonly case: string;
  readonly purpose: string;
  readonly count: number;
  readonly outcome: string;
}

/** `hansa oprf` */
export const addOprf: AddCommand = (program, terminal, exit) => {
  const group = program.command('oprf').description('the key that persons are looked up with, which no city has alone');

  const status = daemonOptions(group.command('status').description('key, shares, ceremony, alarms'));
  runs<DaemonOptions>(status, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'auditor', terminal);
    const answer = await daemon.get<Status>('/v1/oprf');
    return { text: statusText(answer), json: { ...answer } };
  });

  const evaluations = daemonOptions(
    group.command('evaluations').description('what was evaluated for the officers of other cities (role auditor)'),
  )
    .option('--from <number>', 'first number; default: the newest', positive())
    .option('--limit <count>', 'at most so many, up to 1000', positive(1000), 100);
  runs<DaemonOptions & { readonly from?: number; readonly limit: number }>(
    evaluations,
    terminal,
    exit,
    async (options) => {
      const daemon = await Daemon.find(options, 'auditor', terminal);
      const from = options.from === undefined ? '' : `&from=${options.from}`;
      const path = `/v1/oprf/evaluations?limit=${options.limit}${from}`;
      const { evaluations: found } = await daemon.get<{ evaluations: readonly Evaluation[] }>(path);
      const rows = found.map(({ number, at, city, operator, case: matter, purpose, count, outcome }) => [
        ...[String(number), shortTime(at), city, operator.slice(0, 8), matter.slice(0, 8)],
        ...[purpose, String(count), outcome],
      ]);
      const head = ['NUMBER', 'TIME', 'CITY', 'OFFICER', 'CASE', 'PURPOSE', 'COUNT', 'OUTCOME'];
      const text = found.length === 0 ? 'Nothing was evaluated for other cities.' : table(head, rows);
      return { text, json: { evaluations: found } };
    },
  );

  const ceremony = submittingOptions(
    group.command('ceremony').description('open a ceremony by hand; the first one happens by itself (role operator)'),
  )
    .option('--reshare', 'new shares of the present key, which stays: after a change of cities, or to renew shares')
    .option(
      '--threshold <count>',
      'shares that evaluate together; default: f + 1, and never one city alone',
      positive(),
    );
  runs<SubmittingOptions & { readonly reshare?: boolean; readonly threshold?: number }>(
    ceremony,
    terminal,
    exit,
    async (options) => {
      const daemon = await Daemon.find(options, 'operator', terminal);
      const { threshold } = options;
      const kind = options.reshare === true ? 'reshare' : 'fresh';
      const body = { kind, ...(threshold === undefined ? {} : { threshold }) };
      const opened = await submit<CeremonyOpened>(daemon, terminal, options, '/v1/oprf/ceremony', body);
      const answer = submittedAnswer('The ceremony is opened', opened, 'The ceremony');
      return { ...answer, text: `${answer.text}\nFollow it with: hansa oprf status` };
    },
  );
};

function statusText({ key, holdsShare, ceremony, evaluated, alarms }: Status): string {
  const lines =
    key === null
      ? ['NO KEY YET: nobody can be looked up until enough cities have made it together']
      : [
          `KEY of generation ${key.generation}, since ${shortTime(key.settledAt)}`,
          `  public key  ${key.publicKey}`,
          `  shares      ${key.threshold} of ${key.evaluators.length} evaluate together: ${key.evaluators.join(', ')}`,
          `  here        ${holdsShare ? 'a share is held' : 'NO SHARE is held'}; ${counted(evaluated, 'evaluation', 'evaluations')} for others since the start`,
        ];
  if (ceremony !== null) {
    const { kind, generation, openedAt, dealt } = ceremony;
    lines.push(
      `CEREMONY (${kind}) for generation ${generation}, opened ${shortTime(openedAt)}; dealt: ${dealt.join(', ') || 'nobody yet'}`,
    );
  }
  for (const { code, message, at } of alarms) lines.push(`ALARM ${shortTime(at)} ${message} [${code}]`);
  return lines.join('\n');
}
