/** A refusal of the API (RFC 9457). `code` is stable (docs/operating/http-api.md); the message says what to do now. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** When the same request may be sent again; absent when that would not help. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: {
    readonly status: number;
    readonly code: string;
    readonly detail: string;
    readonly retryAfterMs?: number | undefined;
  }) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.retryAfterMs = problem.retryAfterMs;
  }
}

/** The problem that an answer carries; code `UNKNOWN` when something else than a daemon answered. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const body: unknown = await answer.json().catch(() => undefined);
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  return new ApiProblem({
    status: answer.status,
    code: typeof fields.code === 'string' ? fields.code : 'UNKNOWN',
    detail: typeof fields.detail === 'string' ? fields.detail : `The answer was ${answer.status} ${answer.statusText}.`,
    retryAfterMs: typeof fields.retryAfterMs === 'number' ? fields.retryAfterMs : undefined,
  });
}
