import { Type } from 'typebox';
import { documentBytesMax, documentName, documentTypes } from '../../registry/index.ts';
import type { Role } from '../roles.ts';
import type { RouteContext } from '../route-context.ts';
import { answers, Binary, Day, Hex, Officer, Whole } from '../schemas.ts';
import { ListingParams, named } from './blacklist.ts';
import { Subject } from './check.ts';
import { OpenListing } from './openings.ts';

const decision = {
  subject: Subject,
  judgementNumber: Type.String({ minLength: 1, maxLength: 100, description: 'As the export or the form has it.' }),
  decidedOn: Day,
};

const Decision = Type.Object(decision, { additionalProperties: false });

const Attach = Type.Object(
  {
    ...decision,
    name: Type.String({ pattern: documentName, description: 'Name of the file; one of the same name is replaced.' }),
    content: Type.String({
      // Some bytes more than allowed come through, to be refused with the advice of what to do about it.
      ...{ minLength: 4, maxLength: 2 * documentBytesMax, pattern: '^[A-Za-z0-9+/]+={0,2}$' },
      description: 'A PDF, JPEG or PNG file in base64, at most 511 KiB; eight of a decision.',
    }),
  },
  { additionalProperties: false },
);

export const DocumentSchema = Type.Object({
  name: Type.String(),
  mediaType: Type.String(),
  bytes: Whole,
  sha256: Hex(32),
  commitment: Type.String({ description: 'What the record will have of it, in hexadecimal.' }),
});

const Documents = Type.Object({
  documents: Type.Array(DocumentSchema, { description: 'All that wait for the decision\u2019s listing.' }),
});

const DocumentParams = Type.Object({ ...ListingParams.properties, document: Hex(32) });
const WaitingParams = Type.Object({ id: Hex(16), document: Hex(32) });
const OpenWaiting = Type.Object({ officer: Officer }, { additionalProperties: false });
const contents = Object.fromEntries(documentTypes.map((type) => [type, { schema: Binary }]));

/** Papers of listings: attached before the listing is made, which commits to them, and opened on a legal basis afterwards. */
export function addDocumentRoutes({ app, services }: RouteContext): void {
  app.route({
    method: 'POST',
    url: '/v1/blacklist/documents',
    config: { route: 'POST /v1/blacklist/documents', privateAnswer: true },
    schema: {
      summary: 'Attach a paper to a decision that is not listed yet; its listing commits to it.',
      body: Attach,
      response: answers(200, Documents),
    },
    handler: async (request, reply) => {
      const { name, content, ...of } = request.body;
      const documents = [...(await services.blacklist.attachDocument(of, { name, content }))];
      return reply.header('cache-control', 'no-store').send({ documents });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/blacklist/documents/discard',
    config: { route: 'POST /v1/blacklist/documents/discard' },
    schema: {
      summary: 'Delete the papers that wait for a decision\u2019s listing.',
      body: Decision,
      response: answers(200, Type.Object({ discarded: Whole })),
    },
    handler: async (request) => ({ discarded: await services.blacklist.discardDocuments(request.body) }),
  });

  app.route({
    method: 'POST',
    url: '/v1/blacklist/:city/:sequence/:position/documents/:document',
    config: { route: 'POST /v1/blacklist/:city/:sequence/:position/documents/:document', privateAnswer: true },
    schema: {
      summary: 'One paper of a listing as a file, on a legal basis; each is a look of its own.',
      description:
        '`:document` is the `commitment` that the details have of it. The header `Hansa-Receipt` names the receipt.',
      params: DocumentParams,
      body: OpenListing,
      response: { ...answers(200, Binary), 200: { description: 'The paper.', content: contents } },
    },
    handler: async (request, reply) => {
      const { document, ...listing } = request.params;
      const role = request.role as Role;
      const opened = await services.openings.document(named(listing), document, request.body, role);
      if (opened.receipt !== null) reply.header('hansa-receipt', opened.receipt);
      reply.type(opened.document.mediaType).headers(fileHeaders(opened.document.name));
      return reply.send(Buffer.from(opened.document.content));
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/approvals/:id/documents/:document',
    config: { route: 'POST /v1/approvals/:id/documents/:document', privateAnswer: true },
    schema: {
      summary:
        'A paper that waits with a prepared listing as a file, for the officers who decide; into the book of checks.',
      description: '`:document` is the `commitment` that GET /v1/approvals has of it.',
      params: WaitingParams,
      body: OpenWaiting,
      response: { ...answers(200, Binary), 200: { description: 'The paper.', content: contents } },
    },
    handler: async (request, reply) => {
      const { id, document: commitment } = request.params;
      const judgement = await services.approvals.judgementOf(id, commitment);
      const waiting = { approval: id, judgement, commitment };
      const { officer } = request.body;
      const paper = await services.openings.waitingDocument(waiting, officer, request.role as Role);
      reply.type(paper.mediaType).headers(fileHeaders(paper.name));
      return reply.send(Buffer.from(paper.content));
    },
  });
}

/** P3: what came from another city is a file to the clerk's browser, and nothing that runs in it. */
function fileHeaders(name: string) {
  return {
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename*=UTF-8''${headerName(name)}`,
    'x-content-type-options': 'nosniff',
  };
}

/** `ext-value` of RFC 8187. */
function headerName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
