import { HansaError, type Rejection } from '@hansa/protocol';
import type { FastifyError, FastifyReply } from 'fastify';
import { meaningOf } from '../services/meanings.ts';

/** RFC 9457. `code` is the stable part; `detail` says what to do now; nothing private is ever in it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly instance?: string;
  readonly retryAfterMs?: number;
}

/** Patterns of fields that have a name for people. */
export const blank = '\\S';
export const day = '^\\d{4}-\\d{2}-\\d{2}$';

export const problemType = 'application/problem+json';

/** HTTP status of the codes that are not 422: "understood, and refused by a rule". */
const statusOf: Readonly<Record<string, number>> = {
  ACCESS_NOT_BATCHED: 503,
  ACCESS_UNKNOWN: 404,
  ACCOUNT_UNKNOWN: 404,
  ANSWER_STALE: 503,
  APPLICATION_DECIDED: 409,
  APPLICATION_UNKNOWN: 404,
  APPROVALS_TOO_MANY: 429,
  APPROVAL_DECIDED: 409,
  APPROVAL_UNKNOWN: 404,
  BLOCK_UNKNOWN: 404,
  BODY_EMPTY: 400,
  BODY_MALFORMED: 400,
  BODY_TOO_LARGE: 413,
  CERTIFICATE_UNKNOWN: 404,
  CHALLENGE_INVALID: 401,
  CITY_UNKNOWN: 404,
  CITY_UNREACHABLE: 503,
  CONSENT_UNKNOWN: 404,
  CONTENT_TYPE_UNKNOWN: 415,
  DOCUMENTS_CHANGED: 409,
  DOCUMENTS_TOO_MANY: 429,
  DOCUMENT_TOO_LARGE: 413,
  DOCUMENT_TOO_LATE: 409,
  FIELD_INVALID: 400,
  FIELD_MISSING: 400,
  FIELD_UNKNOWN: 400,
  FORBIDDEN: 403,
  HOLDER_PROOF_INVALID: 401,
  HOLDER_PROOF_MISSING: 401,
  IDEMPOTENCY_KEY_IN_USE: 409,
  IDEMPOTENCY_KEY_INVALID: 400,
  INTERNAL: 500,
  LANE_WINDOW_FULL: 429,
  LISTING_DOCUMENT_UNKNOWN: 404,
  LISTING_UNKNOWN: 404,
  MALFORMED: 400,
  MEMBERSHIP_APPROVED_ALREADY: 409,
  MEMBERSHIP_DECIDED: 409,
  MEMBERSHIP_PROPOSAL_OPEN: 409,
  MEMBERSHIP_PROPOSAL_UNKNOWN: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  NOT_CERTIFICATE_HOLDER: 403,
  NOT_FINAL_YET: 503,
  NOT_FOUND: 404,
  NOT_JOINED: 503,
  NOT_READY: 503,
  OPRF_CEREMONY_ID_TAKEN: 409,
  OPRF_CEREMONY_OPEN: 409,
  OPRF_GENERATION_WRONG: 409,
  OPRF_KEY_EXISTS: 409,
  OPRF_KEY_MISSING: 409,
  OPRF_NO_KEY: 503,
  OPRF_QUOTA_EXHAUSTED: 429,
  OPRF_TOO_FEW_EVALUATORS: 503,
  PAYLOAD_ERASED: 410,
  PAYLOAD_UNKNOWN: 404,
  RATE_EXCEEDED: 429,
  RECORD_UNKNOWN: 404,
  RECEIPT_NOT_YET: 503,
  RECORDS_TOO_MANY: 413,
  REQUEST_ALREADY_APPLIED: 409,
  REQUEST_TIMEOUT: 408,
  STOPPING: 503,
  STORE_CLOSED: 503,
  STREAMS_TOO_MANY: 429,
  TOKEN_MISSING: 401,
  TOKEN_UNKNOWN: 401,
};

export function statusForCode(code: string): number {
  return statusOf[code] ?? 422;
}

export function problemOf(error: Rejection, instance?: string): Problem {
  return {
    type: `urn:hansa:error:${error.code}`,
    title: titleOf(error.code),
    status: statusForCode(error.code),
    code: error.code,
    detail: error.message,
    ...(instance === undefined ? {} : { instance }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
}

/** The first sentence: what it is. The second says what to do, which `detail` does for the case at hand. */
function titleOf(code: string): string {
  return `${meaningOf(code).split('. ')[0]?.replace(/\.$/, '')}.`;
}

/** Sends a rejection, with the headers that its status asks for (RFC 9110 sections 10.2.3 and 11.6.1). */
export function sendProblem(reply: FastifyReply, error: Rejection): FastifyReply {
  const problem = problemOf(error, reply.request.id);
  if (problem.status === 401) {
    const scheme = problem.code.startsWith('TOKEN_') ? 'Bearer' : 'Hansa-Holder';
    reply.header('www-authenticate', `${scheme} realm="hansa"`);
  }
  if (problem.retryAfterMs !== undefined)
    reply.header('retry-after', String(Math.max(1, Math.ceil(problem.retryAfterMs / 1000))));
  // Not through a serializer of the route: a problem has one shape everywhere.
  return reply.code(problem.status).type(problemType).serializer(JSON.stringify).send(problem);
}

/** Turns whatever a handler or Fastify threw into a rejection, or undefined when it is a bug (then 500, logged). */
export function rejectionOf(error: unknown): Rejection | undefined {
  if (error instanceof HansaError) return error;
  const { code, validation, validationContext } = error as Partial<FastifyError>;
  if (validation !== undefined) return fieldInvalid(validation, validationContext ?? 'body');
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return {
        code: 'BODY_TOO_LARGE',
        message: 'The body is larger than this route takes. Split it into several requests.',
      };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return {
        code: 'CONTENT_TYPE_UNKNOWN',
        message: 'This route does not read that content type. See /openapi.json for the ones it reads.',
      };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return {
        code: 'BODY_MALFORMED',
        message: 'The body is shorter or longer than Content-Length says. Send it again.',
      };
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return { code: 'BODY_EMPTY', message: 'The body is empty. Send the JSON object that /openapi.json describes.' };
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return { code: 'BODY_MALFORMED', message: 'The body is not valid JSON in UTF-8. Correct it and send it again.' };
    case 'FST_ERR_BAD_URL':
      return {
        code: 'NOT_FOUND',
        message: 'The path has a wrong percent escape. See /openapi.json for the paths there are.',
      };
    default:
      return undefined;
  }
}

/** Names the field and the rule, never the value. */
function fieldInvalid(validation: NonNullable<FastifyError['validation']>, context: string): Rejection {
  const where = context === 'querystring' ? 'query' : context === 'params' ? 'path' : context;
  if (validation.some(({ keyword }) => keyword === 'anyOf')) {
    return {
      code: 'FIELD_INVALID',
      message: `${where}: it has none of the forms that /openapi.json describes. Send one of them.`,
    };
  }
  const first = validation[0];
  const params = (first?.params ?? {}) as Readonly<Record<string, unknown>>;
  const unknown = params.additionalProperty;
  const missing = params.missingProperty;
  const path = (first?.instancePath ?? '').slice(1).replaceAll('/', '.');
  const at = (name: unknown) => [path, String(name)].filter((part) => part !== '').join('.');
  if (typeof unknown === 'string') {
    return {
      code: 'FIELD_UNKNOWN',
      message: `${where}: a field is not known here. Remove what /openapi.json does not list.`,
    };
  }
  if (typeof missing === 'string') {
    return { code: 'FIELD_MISSING', message: `${where}: the field ${at(missing)} is missing. Add it.` };
  }
  const field = path === '' ? 'the value' : `the field ${path}`;
  const rule = ruleOf(first?.keyword, params) ?? first?.message ?? 'is not valid';
  return { code: 'FIELD_INVALID', message: `${where}: ${field} ${rule}. Correct it.` };
}

/** The broken rule in words, where the schema's own are for programs. */
function ruleOf(keyword: string | undefined, params: Readonly<Record<string, unknown>>): string | undefined {
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as readonly unknown[]).join(', ')}`;
  if (keyword === 'minLength' && params.limit === 1) return 'must not be empty';
  if (keyword === 'pattern' && params.pattern === blank) return 'must not be blank';
  if (keyword === 'pattern' && params.pattern === day) return 'must be a date like 2026-11-23';
  return undefined;
}
