import { fromHex } from '@hansa/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nativeCrypto } from '../../src/crypto/index.ts';
import { decodeDocument, documentBytesMax, encodeDocument } from '../../src/registry/documents.ts';
import { until } from './cities.ts';
import { type Door, type Doors, listedNumber, listingForm, openDoors, receiptsAt, unlistedNumber } from './fixture.ts';

/** Papers behind a listing: from the officer who prepares it to the clerk of another city, and to their end. */
let doors: Doors;
let haikou: Door;
let sanya: Door;
beforeAll(async () => {
  doors = await openDoors(4);
  [haikou, sanya] = doors.doors as [Door, Door];
  await until(() => sanya.city.status().executedHeight > 0);
});
afterAll(() => doors.close());
afterEach(() => {
  vi.restoreAllMocks();
});

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}`);
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2000, 7)]);

const decisionOf = (number: string, judgementNumber: string) => {
  const { subject, decidedOn } = listingForm(number, judgementNumber);
  return { subject, judgementNumber, decidedOn };
};
const attach = (of: object, name: string, content: Uint8Array) =>
  haikou.call('clerk', 'POST', '/v1/blacklist/documents', {
    payload: { ...of, name, content: Buffer.from(content).toString('base64') },
  });
const list = async (number: string, judgementNumber: string): Promise<string> => {
  const payload = { kind: 'list', listing: listingForm(number, judgementNumber), handler: 'op08' };
  const { id } = (await haikou.call('clerk', 'POST', '/v1/approvals', { payload })).json();
  const { waiting } = (await haikou.call('approver', 'GET', '/v1/approvals')).json();
  const { documents } = waiting.find((each: { id: string }) => each.id === id);
  const approved = await haikou.call('approver', 'POST', `/v1/approvals/${id}/approve`, {
    payload: { approver: 'ap02', documents: documents.map(({ commitment }: { commitment: string }) => commitment) },
  });
  expect(approved.json(), approved.body).toMatchObject({ state: 'approved' });
  await doors.settled();
  return approved.json().location;
};
const look = { basis: 'LOAN_DECISION', case: 'LOAN-2026-0117', handler: 'op03' };
const open = (location: string, door = sanya) =>
  door.call('clerk', 'POST', `/v1/blacklist/${location}/open`, { payload: look });
const fetchPaper = (location: string, commitment: string, door = sanya, payload: object = look) =>
  door.call('clerk', 'POST', `/v1/blacklist/${location}/documents/${commitment}`, { payload });

describe('papers of a listing', () => {
  let location: string;
  let papers: { name: string; mediaType: string; bytes: number; sha256: string; commitment: string }[];

  beforeAll(async () => {
    const of = decisionOf(listedNumber, '测试认字第1号');
    await attach(of, '认定书.pdf', pdf('a page is missing'));
    await attach(of, '认定书.pdf', pdf('whole'));
    const attached = await attach(of, "notice's photo.jpg", jpeg);
    expect(attached.statusCode, attached.body).toBe(200);
    papers = attached.json().documents;
    location = await list(listedNumber, '测试认字第1号');
  });

  it('are committed to by the listing, and named in its details (P1, P3)', async () => {
    const { details } = (await open(location)).json();
    expect(details.documents).toEqual(papers);
    expect(papers.map(({ name, mediaType, bytes }) => [name, mediaType, bytes])).toEqual([
      ['认定书.pdf', 'application/pdf', pdf('whole').length],
      ["notice's photo.jpg", 'image/jpeg', jpeg.length],
    ]);
  });

  it('are opened by another city as files that its browser runs nothing of, each with a receipt in both cities (P3)', async () => {
    const before = [await receiptsAt(haikou), await receiptsAt(sanya)];
    const answers = [];
    for (const { commitment } of papers) answers.push(await fetchPaper(location, commitment));
    const [first, second] = answers as [(typeof answers)[0], (typeof answers)[0]];
    expect([first?.rawPayload, second?.rawPayload]).toEqual([pdf('whole'), jpeg]);
    expect(second?.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': "attachment; filename*=UTF-8''notice%27s%20photo.jpg",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'hansa-receipt': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(Buffer.from(nativeCrypto.sha256(second?.rawPayload ?? Buffer.alloc(0))).toString('hex')).toBe(
      papers[1]?.sha256,
    );
    expect([await receiptsAt(haikou), await receiptsAt(sanya)]).toEqual(before.map((count) => count + 2));
  });

  it('are opened in the own city into the book of checks (P3)', async () => {
    const answer = await fetchPaper(location, papers[0]?.commitment ?? '', haikou);
    expect(answer.rawPayload).toEqual(pdf('whole'));
    expect(answer.headers).not.toHaveProperty('hansa-receipt');
    const { checks } = (await haikou.call('auditor', 'GET', '/v1/checks')).json();
    expect(checks.at(-1)).toMatchObject({ given: 'paper', case: look.case, proof: `listing:${location}` });
  });

  it('are refused when they come changed, or on no legal basis, or are none of the listing’s (P1, P3)', async () => {
    const commitment = papers[0]?.commitment ?? '';
    const honest = await haikou.registry.open(fromHex(commitment) ?? new Uint8Array(0));
    const payload = encodeDocument({ name: '认定书.pdf', mediaType: 'application/pdf', content: pdf('forged') });
    vi.spyOn(haikou.registry, 'open').mockResolvedValue({ salt: honest?.salt ?? new Uint8Array(32), payload });
    expect((await fetchPaper(location, commitment)).json()).toMatchObject({ code: 'PAYLOAD_NOT_COMMITTED' });
    vi.restoreAllMocks();
    const curious = await fetchPaper(location, commitment, sanya, { ...look, basis: 'CURIOSITY' });
    expect(curious.json()).toMatchObject({ code: 'LEGAL_BASIS_UNKNOWN' });
    const { opened } = (await open(location)).json();
    // The details' own commitment is the listing's, but no paper.
    expect((await fetchPaper(location, opened.commitment)).json()).toMatchObject({ code: 'LISTING_DOCUMENT_UNKNOWN' });
  });

  it('come too late once the listing commits to what there was (P1)', async () => {
    const late = await attach(decisionOf(listedNumber, '测试认字第1号'), 'late.pdf', pdf('late'));
    expect(late.json()).toMatchObject({ code: 'DOCUMENT_TOO_LATE', status: 409 });
  });

  it('are gone with the listing: nobody is given one, and the city that made it keeps none (P1, P3)', async () => {
    const payload = { reason: 'void', handler: 'op08', approver: 'ap02' };
    await haikou.call('approver', 'POST', `/v1/blacklist/${location}/lift`, { payload });
    await doors.actedOn();
    for (const { commitment } of papers) {
      expect((await fetchPaper(location, commitment)).json()).toMatchObject({ code: 'LISTING_LIFTED' });
      expect((await fetchPaper(location, commitment, haikou)).json()).toMatchObject({ code: 'LISTING_LIFTED' });
      expect(await haikou.registry.open(fromHex(commitment) ?? new Uint8Array(0))).toBeUndefined();
    }
  });
});

describe('a paper that waits for its listing', () => {
  const of = () => decisionOf(unlistedNumber, '测试认字第2号');

  it('is refused when it is too large, of another type, named like a path, or one too many', async () => {
    const large = Buffer.concat([pdf(''), Buffer.alloc(documentBytesMax)]);
    expect((await attach(of(), 'large.pdf', large)).json()).toMatchObject({ code: 'DOCUMENT_TOO_LARGE', status: 413 });
    expect((await attach(of(), 'page.pdf', Buffer.from('<html>'))).json()).toMatchObject({
      code: 'DOCUMENT_TYPE_UNKNOWN',
    });
    for (const name of ['../../etc/passwd', 'a"b.pdf', 'line\nbreak.pdf', '']) {
      expect((await attach(of(), name, pdf('x'))).json()).toMatchObject({ code: 'FIELD_INVALID' });
    }
    for (let page = 1; page <= 8; page++) {
      expect((await attach(of(), `page ${page}.jpg`, jpeg)).statusCode).toBe(200);
    }
    expect((await attach(of(), 'page 9.jpg', jpeg)).json()).toMatchObject({ code: 'DOCUMENTS_TOO_MANY' });
    expect((await attach(of(), 'page 8.jpg', pdf('instead'))).json().documents).toHaveLength(8);
  });

  it('is seen and read by the second officer as long as it waits, and seen by an auditor without its name (P1, P3)', async () => {
    const number = '990103197506150037';
    const decision = decisionOf(number, '测试认字第3号');
    const [paper] = (await attach(decision, '认定书.pdf', pdf('x'))).json().documents;
    const payload = { kind: 'list', listing: listingForm(number, '测试认字第3号'), handler: 'op08' };
    const { id } = (await haikou.call('clerk', 'POST', '/v1/approvals', { payload })).json();
    const seenBy = async (role: 'approver' | 'auditor') => {
      const { waiting } = (await haikou.call(role, 'GET', '/v1/approvals')).json();
      return waiting.find((each: { id: string }) => each.id === id)?.documents;
    };
    expect(await seenBy('approver')).toEqual([paper]);
    expect(await seenBy('auditor')).toEqual([{ ...paper, name: '' }]);
    const read = (approval: string, commitment: string) =>
      haikou.call('approver', 'POST', `/v1/approvals/${approval}/documents/${commitment}`, {
        payload: { officer: 'ap02' },
      });
    const opened = await read(id, paper.commitment);
    expect(opened.rawPayload).toEqual(pdf('x'));
    expect(opened.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' });
    const { checks } = (await haikou.call('auditor', 'GET', '/v1/checks')).json();
    const look = { given: 'paper', operator: 'ap02', case: '测试认字第3号', proof: `approval:${id}` };
    expect(checks.at(-1)).toMatchObject(look);
    // What the vault holds besides, and what stands in no queue, is opened by no approval.
    const stranger = decisionOf(unlistedNumber, '测试认字第4号');
    const other = (await attach(stranger, 'other.pdf', pdf('y'))).json().documents.at(-1).commitment;
    expect((await read(id, other)).json()).toMatchObject({ code: 'LISTING_DOCUMENT_UNKNOWN', status: 404 });
    await haikou.call('clerk', 'POST', '/v1/blacklist/documents/discard', { payload: stranger });
    expect((await read('ab'.repeat(16), paper.commitment)).json()).toMatchObject({ code: 'APPROVAL_UNKNOWN' });
    const [exchanged] = (await attach(decision, '认定书.pdf', pdf('z'))).json().documents;
    for (const documents of [[paper.commitment], [], undefined, [exchanged.commitment, paper.commitment]]) {
      const payload = { approver: 'ap02', documents };
      const approved = await haikou.call('approver', 'POST', `/v1/approvals/${id}/approve`, { payload });
      expect(approved.json()).toMatchObject({ code: 'DOCUMENTS_CHANGED', status: 409 });
    }
    await haikou.call('clerk', 'POST', '/v1/blacklist/documents/discard', { payload: decision });
    expect(await seenBy('approver')).toEqual([]);
    expect((await read(id, paper.commitment)).json()).toMatchObject({ code: 'LISTING_DOCUMENT_UNKNOWN' });
    await haikou.call('approver', 'POST', `/v1/approvals/${id}/return`, {
      payload: { approver: 'ap02', reason: 'The judgement is not attached.' },
    });
    expect((await read(id, paper.commitment)).json()).toMatchObject({ code: 'APPROVAL_DECIDED' });
  });

  it('is deleted with its salt when it is discarded or replaced (P1)', async () => {
    const [{ commitment }] = (await attach(of(), 'page 1.jpg', pdf('new'))).json().documents.slice(-1);
    const replaced = (await attach(of(), 'page 1.jpg', pdf('newer'))).json().documents.at(-1).commitment;
    const kept = async (each: string) => haikou.registry.open(fromHex(each) ?? new Uint8Array(0));
    expect([await kept(commitment), await kept(replaced)]).toEqual([undefined, expect.anything()]);
    const discarded = await haikou.call('clerk', 'POST', '/v1/blacklist/documents/discard', { payload: of() });
    expect(discarded.json()).toEqual({ discarded: 8 });
    expect(await kept(replaced)).toBeUndefined();
    const location = await list(unlistedNumber, '测试认字第2号');
    expect((await open(location)).json().details).not.toHaveProperty('documents');
  });

  it('carries its name, and is nothing when it is not what it says (P3)', () => {
    const document = { name: 'a.pdf', mediaType: 'application/pdf', content: pdf('x') } as const;
    expect(decodeDocument(encodeDocument(document))).toMatchObject({ name: 'a.pdf', mediaType: 'application/pdf' });
    const html = Buffer.from('<html><script>alert(1)</script>');
    const lies = [
      encodeDocument({ ...document, content: html }),
      encodeDocument({ ...document, mediaType: 'text/html' as never, content: html }),
      encodeDocument({ ...document, mediaType: 'image/png' }),
      encodeDocument({ ...document, name: '../a.pdf' }),
      pdf('without a line of its own'),
      Buffer.from('{"format":"hansa-document/1"'),
    ];
    expect(lies.map(decodeDocument)).toEqual(lies.map(() => undefined));
  });
});
