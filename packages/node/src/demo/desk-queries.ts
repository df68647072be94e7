import { ApiProblem } from '../client/problem.ts';
import type { Daemon } from '../testbed/daemon.ts';

/** Reads of the steps at the desk. */

export interface Access {
  readonly id: string;
  readonly kind: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly consent: string | null;
}

/** The city's receipts of accesses to a record, in the order of their times. */
export async function accessesOf(daemon: Daemon, record: string): Promise<Access[]> {
  const auditor = await daemon.as('auditor');
  return (await auditor.get<{ accesses: Access[] }>(`/v1/access?record=${record}&limit=1000`)).accesses;
}

/** Cities whose lanes say that they hold payload and salt no more. */
export async function acknowledgedBy(daemon: Daemon, record: string): Promise<string[]> {
  const auditor = await daemon.as('auditor');
  const { acknowledged } = await auditor.get<{ acknowledged: { city: string }[] }>(`/v1/erasures/${record}`);
  return acknowledged.map(({ city }) => city);
}

export async function oprfAlarms(daemon: Daemon): Promise<{ readonly code: string; readonly message: string }[]> {
  const auditor = await daemon.as('auditor');
  return (await auditor.get<{ alarms: { code: string; message: string }[] }>('/v1/oprf')).alarms;
}

export interface CheckAnswer {
  readonly result: 'hit' | 'none';
  readonly listings: readonly { readonly location: string; readonly city: string; readonly disputed: boolean }[];
  readonly proof: string;
}

/** Who asks about a person, and in which matter. */
export interface Asker {
  readonly operator: string;
  readonly case: string;
}

export async function askAs(daemon: Daemon, number: string, asker: Asker): Promise<CheckAnswer> {
  const clerk = await daemon.as('clerk');
  return clerk.post<CheckAnswer>('/v1/check', { subject: { kind: 'id', number }, purpose: 'loan', ...asker });
}

/** Code of why a check is not answered; undefined: it is. */
export async function askRefusal(daemon: Daemon, number: string, asker: Asker): Promise<string | undefined> {
  try {
    await askAs(daemon, number, asker);
    return undefined;
  } catch (error) {
    if (error instanceof ApiProblem) return error.code;
    throw error;
  }
}
