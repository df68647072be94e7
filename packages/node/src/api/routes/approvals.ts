import { HansaError, limits } from '@hansa/protocol';
import { Type } from 'typebox';
import { behaviours } from '../../import/vocabulary.ts';
import { type LiftReasonName, liftReasons, type SeverityName, severityNames, timeView } from '../../services/views.ts';
import type { Approval, Change } from '../approval-ports.ts';
import { blank } from '../problems.ts';
import type { Role } from '../roles.ts';
import type { RouteContext } from '../route-context.ts';
import { answers, Choice, Day, Hex, Location, Nullable, Officer, Time, WaitQuery } from '../schemas.ts';
import { Subject } from './check.ts';
import { DocumentSchema } from './documents.ts';

const Id = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{32}$', examples: ['3f0a4b439a5e0d9c1f3b7a10b5cf9c2e'] }),
});
const Severity = Choice(Object.keys(severityNames) as SeverityName[]);
const Text = Type.String({ minLength: 1, maxLength: 128, pattern: blank });

const ListingForm = Type.Object(
  {
    subject: Subject,
    name: Text,
    behaviour: Choice(behaviours),
    severity: Severity,
    amountFen: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e15 })),
    judgementNumber: Text,
    noticeDate: Day,
    objectionUntil: Day,
    decidedOn: Day,
    restrictUntil: Day,
  },
  { additionalProperties: false },
);

const PrepareBody = Type.Object(
  {
    kind: Choice(['list', 'amend', 'lift']),
    listing: Type.Optional(ListingForm),
    location: Type.Optional(Location),
    severity: Type.Optional(Severity),
    publishUntil: Type.Optional(Day),
    shareUntil: Type.Optional(Day),
    restrictUntil: Type.Optional(Day),
    reason: Type.Optional(Choice(Object.keys(liftReasons) as LiftReasonName[])),
    handler: Officer,
  },
  {
    additionalProperties: false,
    description: '`listing` for list; `location` and what changes for amend; `location` and `reason` for lift.',
  },
);

const ApproveBody = Type.Object(
  {
    approver: Officer,
    documents: Type.Optional(
      Type.Array(Hex(32), {
        maxItems: limits.documentCommitmentsMax,
        description:
          'Commitments of the papers that the approver saw, none when left out: refused when others wait with the listing.',
      }),
    ),
  },
  { additionalProperties: false },
);

const ReturnBody = Type.Object(
  { approver: Officer, reason: Type.String({ minLength: 1, maxLength: 256, pattern: blank }) },
  { additionalProperties: false },
);

const ApprovalSchema = Type.Object({
  id: Hex(16),
  state: Choice(['waiting', 'approved', 'returned']),
  change: Type.Unsafe<Change>({ type: 'object', description: 'What was prepared; without the person once decided.' }),
  handler: Type.String(),
  preparedAt: Time,
  decidedAt: Nullable(Time),
  approver: Nullable(Type.String()),
  location: Nullable(Location),
  reason: Nullable(Type.String()),
});

const WaitingSchema = Type.Object({
  ...ApprovalSchema.properties,
  documents: Type.Array(DocumentSchema, {
    description: 'Papers that the listing commits to when it is approved; to auditors without their names.',
  }),
});

/** Decided ones that are shown. */
const decidedMax = 50;

/** Changes of the blacklist by two officers: one prepares, another approves or returns. */
export function addApprovalRoutes({ app, services, idempotency }: RouteContext): void {
  const { approvals } = services;

  app.route({
    method: 'POST',
    url: '/v1/approvals',
    config: { route: 'POST /v1/approvals', privateAnswer: true },
    schema: {
      summary: 'Prepare a listing, an amendment or a lift for a second officer.',
      body: PrepareBody,
      response: answers(201, ApprovalSchema),
    },
    handler: async (request, reply) => {
      const attempt = idempotency.attemptOf(request);
      const approval = await approvals.prepare(changeOf(request.body), request.body.handler, attempt);
      return reply.code(201).header('cache-control', 'no-store').send(approvalView(approval));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/approvals',
    config: { route: 'GET /v1/approvals' },
    schema: {
      summary:
        'What waits for a second officer, oldest first, and what was decided lately; to auditors without persons.',
      response: answers(200, Type.Object({ waiting: Type.Array(WaitingSchema), decided: Type.Array(ApprovalSchema) })),
    },
    handler: async (request, reply) => {
      const { waiting, decided } = await approvals.list(decidedMax);
      const role = request.role as Role;
      const view = (approval: Approval) => approvalView(forRole(approval, role));
      reply.header('cache-control', 'no-store');
      return {
        waiting: waiting.map((approval) => ({
          ...view(approval),
          documents: approval.documents.map((paper) => (role === 'auditor' ? { ...paper, name: '' } : { ...paper })),
        })),
        decided: decided.map(view),
      };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/approvals/:id/approve',
    config: { route: 'POST /v1/approvals/:id/approve' },
    schema: {
      summary: 'Approve and carry out, by another officer than the one who prepared it.',
      params: Id,
      querystring: WaitQuery('final'),
      body: ApproveBody,
      response: answers(200, ApprovalSchema),
    },
    handler: async (request) => {
      const attempt = idempotency.attemptOf(request);
      const { id } = request.params;
      return approvalView(await approvals.approve(id, request.body, attempt, request.query.wait ?? 'final'));
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/approvals/:id/return',
    config: { route: 'POST /v1/approvals/:id/return' },
    schema: {
      summary: 'Return a prepared change, with the reason.',
      params: Id,
      body: ReturnBody,
      response: answers(200, ApprovalSchema),
    },
    handler: async (request) => {
      const { approver, reason } = request.body;
      return approvalView(await approvals.giveBack(request.params.id, approver, reason));
    },
  });
}

/** One of three forms; a field that its kind needs, or does not know, is named. */
function changeOf({ kind, listing, handler: _, ...rest }: Type.Static<typeof PrepareBody>): Change {
  const { location, reason, ...amended } = rest;
  const needs = (name: string) => new HansaError('FIELD_MISSING', `body: the field ${name} is missing. Add it.`);
  const tooMany = new HansaError('FIELD_UNKNOWN', `body: a field does not belong to the kind ${kind}. Remove it.`);
  if (kind === 'list') {
    if (listing === undefined) throw needs('listing');
    if (Object.keys(rest).length > 0) throw tooMany;
    return { kind, listing };
  }
  if (location === undefined) throw needs('location');
  if (listing !== undefined) throw tooMany;
  if (kind === 'lift') {
    if (reason === undefined) throw needs('reason');
    if (Object.keys(amended).length > 0) throw tooMany;
    return { kind, location, reason };
  }
  if (reason !== undefined) throw tooMany;
  if (Object.keys(amended).length === 0) throw needs('restrictUntil');
  return { kind, location, ...amended };
}

/** P1: a supervisor sees who decided what, not about whom. */
function forRole(approval: Approval, role: Role): Approval {
  if (role !== 'auditor' || approval.change.kind !== 'list') return approval;
  const { listing } = approval.change;
  const change = {
    kind: 'list',
    listing: { ...listing, subject: { ...listing.subject, number: '' }, name: '' },
  } as const;
  return { ...approval, change };
}

function approvalView({ preparedAtMs, decidedAtMs, approver, location, reason, ...approval }: Approval) {
  return {
    ...approval,
    preparedAt: timeView(preparedAtMs),
    decidedAt: decidedAtMs === undefined ? null : timeView(decidedAtMs),
    approver: approver ?? null,
    location: location ?? null,
    reason: reason ?? null,
  };
}
