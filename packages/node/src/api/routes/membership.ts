import { Type } from 'typebox';
import { proposalDaysMax, proposalDaysPreset } from '../../services/membership.ts';
import {
  type ChangeName,
  changeKinds,
  membershipView,
  proposalStates,
  seatStandings,
} from '../../services/membership-views.ts';
import type { ReadContext, RouteContext } from '../route-context.ts';
import {
  AsOf,
  answers,
  answersOrPending,
  Choice,
  CityName,
  Hex,
  Location,
  Nullable,
  Officer,
  Submitted,
  Time,
  WaitQuery,
  Whole,
} from '../schemas.ts';

const PeerId = Type.String({ pattern: '^[1-9A-HJ-NP-Za-km-z]{46,60}$', description: 'libp2p, base58.' });
const Addresses = Type.Array(Type.String({ pattern: '^/[!-~]{1,254}$' }), { maxItems: 16, description: 'Multiaddrs.' });
const DisplayName = Type.String({ minLength: 1, maxLength: 128 });

const keys = {
  laneKey: Hex(32),
  voteKey: Hex(48),
  exchangeKey: Hex(32),
  credentialKey: Hex(32),
};

const Member = { displayName: DisplayName, ...keys, peerId: PeerId, addresses: Addresses };

/** Stands once in the description; the file that `hansa init` writes. */
const Card = Type.Object(
  {
    format: Type.Literal('hansa-member/1'),
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }),
    displayName: DisplayName,
    ...keys,
    voteKeyProof: Hex(96),
    peerId: PeerId,
    addresses: Addresses,
  },
  { additionalProperties: false, description: 'The member card, NAME.member.json, as `hansa init` wrote it.' },
);

const Change = Type.Object({
  kind: Choice(Object.keys(changeKinds) as ChangeName[]),
  city: CityName,
  member: Nullable(Type.Object(Member)),
});

const Approvers = Type.Array(CityName);

const Proposal = Type.Object({
  location: Location,
  proposer: CityName,
  epoch: Whole,
  change: Change,
  state: Choice(proposalStates),
  proposedAt: Time,
  expiresAt: Time,
  approvedBy: Approvers,
  approvalsMissing: Whole,
});

const Decision = Type.Object({
  epoch: Type.Integer({ minimum: 1, description: 'The epoch that the change makes.' }),
  change: Change,
  proposal: Location,
  decidedBy: Location,
  decidedAt: Time,
  approvedBy: Approvers,
});

const Membership = Type.Object({
  epoch: Whole,
  voters: Whole,
  quorum: Type.Integer({ minimum: 1, description: 'So many voters decide.' }),
  seats: Type.Array(
    Type.Object({
      index: Type.Integer({ minimum: 0, description: 'The lane; it never changes.' }),
      city: CityName,
      self: Type.Boolean(),
      standing: Choice(seatStandings),
      quarantined: Type.Boolean(),
      ...Member,
    }),
  ),
  proposals: Type.Array(Proposal, { description: 'Those that can still be approved.' }),
  decided: Nullable(Decision),
  history: Type.Array(Decision, { description: 'Changes so far, the newest first, at most 100.' }),
  asOf: AsOf,
});

const officers = { handler: Officer, approver: Officer };

const ProposeBody = Type.Object(
  {
    change: Choice(Object.keys(changeKinds) as ChangeName[], {
      description:
        'rotate: new keys for the own city; recover: for another one that lost them; add: a new city; suspend, remove: no vote any more.',
    }),
    city: Type.Optional(CityName),
    member: Type.Optional(Card),
    days: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: proposalDaysMax,
        default: proposalDaysPreset,
        description: 'So long it can be approved.',
      }),
    ),
    ...officers,
  },
  {
    additionalProperties: false,
    description: '`city` of suspend and remove, `member` of the others.',
  },
);

const AboutBody = Type.Object({ proposal: Location, ...officers }, { additionalProperties: false });

/** What is done about a proposal that stands, in one way. */
const aboutProposals = [
  {
    name: 'approvals',
    act: 'approve',
    summary: 'Approve another city\u2019s proposal; once more than two thirds did, the change is decided.',
  },
  { name: 'withdrawals', act: 'withdraw', summary: 'Withdraw the own proposal while it is not decided.' },
] as const;

const Done = Type.Object({ ...Submitted.properties, proposal: Nullable(Proposal) });

/** The authorities and what is proposed to be changed of them (C12). */
export function addMembershipReads({ app, city }: ReadContext): void {
  app.route({
    method: 'GET',
    url: '/v1/membership',
    config: { route: 'GET /v1/membership' },
    schema: {
      summary: 'The authorities of the present epoch, open proposals, and the changes so far.',
      response: answers(200, Membership),
    },
    handler: async () => membershipView(city),
  });
}

/** Proposals, approvals and withdrawals of this city; two different officers each. */
export function addMembershipRoutes({ app, services, idempotency }: RouteContext): void {
  const { membership } = services;

  app.route({
    method: 'POST',
    url: '/v1/membership/proposals',
    config: { route: 'POST /v1/membership/proposals' },
    schema: {
      summary: 'Propose a change of the authorities, which is also this city\u2019s approval.',
      querystring: WaitQuery('final'),
      body: ProposeBody,
      response: answersOrPending(201, Done),
    },
    handler: async (request, reply) => {
      const { wait = 'final' } = request.query;
      const done = await membership.propose(request.body, idempotency.attemptOf(request), wait);
      return reply.code(done.state === 'final' ? 201 : 202).send(done);
    },
  });

  for (const { name, act, summary } of aboutProposals) {
    app.route({
      method: 'POST',
      url: `/v1/membership/${name}`,
      config: { route: `POST /v1/membership/${name}` },
      schema: {
        summary,
        querystring: WaitQuery('final'),
        body: AboutBody,
        response: answersOrPending(200, Done),
      },
      handler: async (request, reply) => {
        const { wait = 'final' } = request.query;
        const done = await membership[act](request.body, idempotency.attemptOf(request), wait);
        return reply.code(done.state === 'final' ? 200 : 202).send(done);
      },
    });
  }
}
