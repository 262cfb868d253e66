import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../core/domain/errors.ts';
import { officerSaid } from '../../core/domain/officer.ts';
import { answerOfficer } from '../../core/services/officer/answer-officer.ts';
import { officerIncident } from '../../core/services/officer/officer-incident.ts';
import { OFFICER_PATH, type OfficerGrant } from '../../core/services/officer/officer-link.ts';
import { sendPhoto } from '../../core/services/officer/send-photo.ts';
import { PHOTO_BYTES } from '../../core/services/photos/encode-photo.ts';
import { fileInForm } from '../officer/file-in-form.ts';
import { languageOf } from '../officer/page.ts';
import { addressOf, incidentPage, type ProblemKind, problemPage, STEPS, stepAfter } from '../officer/screens.ts';
import { PAGE_POLICY } from '../officer/style.ts';
import { problemOf } from '../problem.ts';
import type { OfficerDeps } from './officer.ts';

type Asked = { readonly Params: { readonly token: string }; readonly Querystring: Readonly<Record<string, unknown>> };
type Deps = OfficerDeps & { readonly helpPhone: string | null };

const FORM_BYTES = 4 * 1024;
/** Boundaries and names around the one file of the form. */
const FORM_ROOM_BYTES = 64 * 1024;

/**
 * The page that a village officer opens from a message. It is HTML from here, and its forms need no script: a cheap
 * telephone on a bad line shows it after one answer of a few kilobytes, and every tap is kept at once.
 */
export const officerPages: FastifyPluginAsync<Deps> = async (app, deps) => {
  const { door, clock, log, helpPhone } = deps;
  app.decorateRequest('officer', null);
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    async (_: unknown, body: string) => new URLSearchParams(body),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: PHOTO_BYTES + FORM_ROOM_BYTES },
    async (request: FastifyRequest, body: Buffer) => await fileInForm(body, request.headers['content-type'] ?? ''),
  );
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', PAGE_POLICY).header('cache-control', 'no-store');
  });

  const send = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
    reply.code(status).type('text/html; charset=utf-8').serializer(String).send(page);

  app.setErrorHandler((error, request, reply) => {
    const { code, status } = problemOf(error);
    if (status >= 500) log.error({ requestId: request.id, err: error }, 'a page of an officer was not served');
    const { token = '' } = request.params as { token?: string };
    const language = languageOf((request.query as { l?: unknown }).l);
    const isPhoto = request.routeOptions.url?.endsWith('/photo') === true;
    const kind = problemKind(code, isPhoto);
    const isLink = kind !== 'wrong' && kind !== 'expired' && kind !== 'unset';
    const other = `${OFFICER_PATH}${encodeURIComponent(token)}${language === 'id' ? '?l=en' : ''}`;
    if (error instanceof AppError && error.retryAfterMs !== undefined)
      reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
    return send(
      reply,
      problemPage(kind, language, {
        helpPhone,
        back: isLink ? addressOf(token, language, backTo(kind, isPhoto)) : null,
        here: other,
      }),
      kind === 'unset' ? 503 : status,
    );
  });

  app.get<Asked>(`${OFFICER_PATH}:token`, async (request, reply) => {
    const { token } = request.params;
    const seen = await officerIncident(deps, door.open(request, token, 'look'));
    const step = STEPS.find((known) => known === request.query['s']) ?? null;
    const language = languageOf(request.query['l']);
    return send(reply, incidentPage({ seen, token, language, now: clock(), helpPhone }, step));
  });

  app.post<Asked>(`${OFFICER_PATH}:token`, { bodyLimit: FORM_BYTES }, async (request, reply) => {
    const { token } = request.params;
    const grant = door.open(request, token, 'answer');
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const said = officerSaid(form.get('question'), form.get('answer'));
    if (said === null) throw new AppError('bad-input', 'this is no answer to a question');
    await unlessOver(() => answerOfficer(deps, grant, said));
    const step = stepAfter(said.question, await officerIncident(deps, grant));
    return reply.redirect(addressOf(token, languageOf(request.query['l']), step), 303);
  });

  app.post<Asked>(
    `${OFFICER_PATH}:token/photo`,
    {
      bodyLimit: PHOTO_BYTES + FORM_ROOM_BYTES,
      // Before the first byte of the body is read.
      onRequest: async (request, reply) => {
        request.officer = door.open(request, request.params.token, 'photo');
        deps.uploads.enter(reply);
      },
    },
    async (request, reply) => {
      const { officer, body } = request;
      if (officer === null || !Buffer.isBuffer(body))
        throw new AppError('bad-input', 'there is no photograph in the form');
      await sendUnlessOver(officer, body);
      return reply.redirect(addressOf(request.params.token, languageOf(request.query['l']), 'done'), 303);
    },
  );

  /** It may come back between two taps: the page that follows says so, and nothing went wrong. */
  async function unlessOver(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    });
  }
  async function sendUnlessOver(grant: OfficerGrant, bytes: Buffer): Promise<void> {
    const { isOver } = await officerIncident(deps, grant);
    if (!isOver) await sendPhoto(deps, grant, bytes);
  }
};

function problemKind(code: string, isPhoto: boolean): ProblemKind {
  switch (code) {
    case 'gone':
      return 'expired';
    case 'not-found':
      return 'wrong';
    case 'config':
      return 'unset';
    case 'too-many-requests':
      return 'often';
    case 'conflict':
      return 'too-many-photos';
    case 'too-large':
      return 'photo-too-large';
    case 'not-supported':
    case 'bad-input':
      return isPhoto ? 'photo-unreadable' : 'failed';
    default:
      return 'failed';
  }
}

function backTo(kind: ProblemKind, isPhoto: boolean) {
  if (kind === 'too-many-photos') return 'done';
  return isPhoto ? 'photo' : undefined;
}
