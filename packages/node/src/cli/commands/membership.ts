import { HansaError } from '@hansa/protocol';
import { Argument } from 'commander';
import type { MembershipSubmitted } from '../../services/membership.ts';
import type {
  ChangeName,
  ChangeView,
  DecisionView,
  MembershipView,
  MemberView,
  ProposalView,
} from '../../services/membership-views.ts';
import { positive } from '../options.ts';
import { type AddCommand, type Answer, runs } from '../output.ts';
import { counted } from '../plural.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { submittedAnswer } from './submitted.ts';
import { type OfficerOptions, officerOptions, submit, submittingOptions } from './submitting.ts';
import { pairs, shortTime, table } from './text.ts';

interface ProposeOptions extends OfficerOptions {
  readonly card?: string;
  readonly city?: string;
  readonly days?: number;
}

/** Written out, so that --help loads no more than it needs; the daemon has the last word. */
const changes: readonly ChangeName[] = ['rotate', 'recover', 'add', 'suspend', 'remove'];
const daysMax = 29;

/** `hansa membership show|propose|approve|withdraw` */
export const addMembership: AddCommand = (program, terminal, exit) => {
  const group = program
    .command('membership')
    .description('the cities that vote, and their keys: show, propose a change, approve one, withdraw one');

  const show = daemonOptions(
    group.command('show').description('the present authorities, open proposals, past changes'),
  );
  show.addHelpText('after', '\nExample:\n  hansa membership show --dir haikou');
  runs<DaemonOptions>(show, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const found = await daemon.get<MembershipView>('/v1/membership');
    return { text: membershipText(found), json: { ...found } };
  });

  const propose = officerOptions(
    submittingOptions(
      group.command('propose').description('propose a change; it is this city\u2019s approval, too (role operator)'),
    )
      .addArgument(
        new Argument('<change>', 'what is to change: see below').choices(changes as unknown as readonly string[]),
      )
      .option('--card <file>', 'member card of the city as it is to be, of rotate, recover and add')
      .option('--city <name>', 'the city, of suspend and remove')
      .option('--days <count>', `so many days it can be approved, 1 to ${daysMax} (default: 7)`, positive(daysMax)),
  );
  propose.addHelpText(
    'after',
    `
Changes:
  rotate   this city gets new keys or addresses; its present keys propose it
  recover  another city, which lost its keys, gets new ones; it votes again if it did not
  add      a new city
  suspend  a city has no vote until it is recovered
  remove   a city has no vote for good

Example:
  hansa membership propose recover --dir haikou --card qionghai.member.json --handler op08 --approver ap02`,
  );
  runs<ProposeOptions>(propose, terminal, exit, async (options, [change]) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const { days, handler, approver } = options;
    const body = { change, ...(await subjectOf(change as ChangeName, options)), days, handler, approver };
    const path = '/v1/membership/proposals';
    return changeAnswer(
      'The proposal is made',
      await submit<MembershipSubmitted>(daemon, terminal, options, path, body),
    );
  });

  const approve = officerOptions(
    submittingOptions(group.command('approve').description('approve another city\u2019s proposal (role operator)'))
      .argument('<proposal>', 'location of the proposal, as "hansa membership show" has it')
      .option('--card <file>', 'the card that the city itself sent: refuse when the proposal has other keys'),
  );
  approve.addHelpText(
    'after',
    '\nExample:\n  hansa membership approve --dir sanya haikou/12/0 --card qionghai.member.json --handler op03 --approver ap01',
  );
  runs<OfficerOptions & { readonly card?: string }>(approve, terminal, exit, async (options, [proposal]) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const { card, handler, approver } = options;
    if (card !== undefined) await compareCard(daemon, String(proposal), card);
    const body = { proposal, handler, approver };
    const path = '/v1/membership/approvals';
    return changeAnswer(
      'The approval is made',
      await submit<MembershipSubmitted>(daemon, terminal, options, path, body),
    );
  });

  const withdraw = officerOptions(
    submittingOptions(
      group.command('withdraw').description('withdraw the own proposal while it is not decided (role operator)'),
    ).argument('<proposal>', 'location of the proposal'),
  );
  withdraw.addHelpText(
    'after',
    '\nExample:\n  hansa membership withdraw --dir haikou haikou/12/0 --handler op08 --approver ap02',
  );
  runs<OfficerOptions>(withdraw, terminal, exit, async (options, [proposal]) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const body = { proposal, handler: options.handler, approver: options.approver };
    const path = '/v1/membership/withdrawals';
    return submittedAnswer(
      `The proposal ${proposal} is withdrawn`,
      await submit<MembershipSubmitted>(daemon, terminal, options, path, body),
    );
  });
};

/** Which city, and how it is to be. Errors: USAGE and those of the card. */
async function subjectOf(change: ChangeName, { card, city }: ProposeOptions): Promise<object> {
  if (change === 'suspend' || change === 'remove') {
    if (city === undefined || card !== undefined) {
      throw new HansaError('USAGE', `to ${change} a city, name it with --city NAME, without --card`);
    }
    return { city };
  }
  if (card === undefined || city !== undefined) {
    throw new HansaError('USAGE', `to ${change}, give the city's member card with --card FILE, without --city`);
  }
  return { member: await cardFile(card) };
}

async function cardFile(path: string) {
  const { memberCardFile, readMemberCard } = await import('../../keys/index.ts');
  return memberCardFile(await readMemberCard(path));
}

/** Errors: MEMBERSHIP_CARD_DIFFERS, MEMBERSHIP_PROPOSAL_UNKNOWN and those of the card. */
async function compareCard(daemon: Daemon, location: string, path: string): Promise<void> {
  const { name, format: _, voteKeyProof: __, ...card } = await cardFile(path);
  const { proposals } = await daemon.get<MembershipView>('/v1/membership');
  const proposal = proposals.find((each) => each.location === location);
  if (proposal === undefined) {
    throw new HansaError(
      'MEMBERSHIP_PROPOSAL_UNKNOWN',
      `No proposal ${location} is open here. See: hansa membership show; the city may not have it yet.`,
    );
  }
  const { city, member } = proposal.change;
  const differ = (Object.keys(card) as (keyof MemberView)[]).filter(
    (field) => JSON.stringify(member?.[field]) !== JSON.stringify(card[field]),
  );
  if (city === name && differ.length === 0) return;
  const what = city === name ? differ.join(', ') : 'name';
  throw new HansaError(
    'MEMBERSHIP_CARD_DIFFERS',
    `The proposal ${location} and the card differ in: ${what}. Do not approve; ask ${name} and ${proposal.proposer}, by telephone, which is right.`,
  );
}

function changeAnswer(done: string, submitted: MembershipSubmitted): Answer {
  const answer = submittedAnswer(done, submitted);
  const { proposal } = submitted;
  if (submitted.state !== 'final' || proposal === null) return answer;
  return { ...answer, text: `${answer.text}\n${nextStep(proposal)}` };
}

function nextStep({ location, state, approvalsMissing }: ProposalView): string {
  if (state === 'decided') return 'It is decided: the next block ends the epoch. See: hansa membership show';
  if (state !== 'open') return `The proposal is ${state}. See: hansa membership show`;
  const more = counted(approvalsMissing, 'more city', 'more cities');
  return `${more} must approve it, each with: hansa membership approve ${location}`;
}

function membershipText({ epoch, voters, quorum, seats, proposals, decided, history }: MembershipView): string {
  const rows = seats.map(({ city, displayName, standing, quarantined, laneKey, addresses }) => [
    ...[city, displayName, quarantined ? `${standing}, QUARANTINED` : standing, laneKey.slice(0, 16)],
    addresses.join(', '),
  ]);
  return [
    `EPOCH ${epoch}: ${counted(voters, 'city votes', 'cities vote')}, ${quorum} of them decide`,
    table(['CITY', 'NAME', 'STANDING', 'LANE KEY', 'ADDRESSES'], rows),
    ...(proposals.length === 0 ? ['No proposal is open.'] : proposals.map(proposalText)),
    ...(decided === null ? [] : [`DECIDED, the next block ends the epoch: ${decisionText(decided)}`]),
    ...history.map((decision) => `EPOCH ${decision.epoch} began with: ${decisionText(decision)}`),
  ].join('\n');
}

function proposalText({ location, proposer, change, expiresAt, approvedBy, approvalsMissing }: ProposalView): string {
  const lines: (readonly [string, string])[] = [
    ['by', `${proposer}, until ${shortTime(expiresAt)}`],
    ['approved by', `${approvedBy.join(', ')}; ${approvalsMissing} more must`],
    ...keyLines(change),
  ];
  return `PROPOSAL ${location}: ${changeText(change)}\n${pairs(lines)}`;
}

/** What officers compare, by telephone, with the city that it is about. */
function keyLines({ member }: ChangeView): (readonly [string, string])[] {
  if (member === null) return [];
  return [
    ['lane key', member.laneKey],
    ['vote key', member.voteKey],
    ['exchange key', member.exchangeKey],
    ['credential key', member.credentialKey],
    ['peer', member.peerId],
    ['addresses', member.addresses.join(', ')],
  ];
}

function changeText({ kind, city }: ChangeView): string {
  return `${kind} ${city}`;
}

function decisionText({ change, proposal, decidedAt, approvedBy }: DecisionView): string {
  return `${changeText(change)}, proposed in ${proposal}, decided ${shortTime(decidedAt)} by ${approvedBy.join(', ')}`;
}
