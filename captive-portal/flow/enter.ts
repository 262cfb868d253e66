import { randomUUID } from 'node:crypto';
import { AppError } from '../../core/domain/errors.ts';
import { dayOf } from '../../core/domain/portal/day.ts';
import { issueLogin } from '../../core/services/portal/issue-login.ts';
import type { OpenPortalGateway } from '../../core/stores/inventory/portal/gateways.ts';
import type { GatewayFamily, OneTimeLogin } from '../gateway.ts';
import type { Entered, Entering } from '../method.ts';
import { FIELD, MOST_SURVEY, refusalNotice } from '../pages/login-page.ts';
import { noticePage } from '../pages/notice-page.ts';
import { type Language, wordsOf } from '../pages/words.ts';
import { type Answer, type PortalRequest, page, seeOther } from './answer.ts';
import { stalePage, switchedOff } from './arrive.ts';
import { asGateway, type Flow, familyOf, footOf, isSafe, statusUrlOf, THROUGH } from './context.ts';
import type { PortalPlace } from './directory.ts';
import { type FormState, readState } from './form-state.ts';
import { enteringOf, type Shown, showLogin, type Visit } from './login-view.ts';

type Pressed = { readonly answer: Answer; readonly admitted: boolean };
const shown = (answer: Answer): Pressed => ({ answer, admitted: false });

/** A form of the login page came back. */
export async function enter(flow: Flow, gateway: OpenPortalGateway, request: PortalRequest): Promise<Answer> {
  const { form, language } = request;
  const place = await flow.directory.place(gateway.siteId);
  const family = familyOf(flow, gateway);
  if (place === null || family === null || !place.portal.enabled) return switchedOff(flow, gateway, place, language);
  const read = readState(flow.sealed, form.get(FIELD.state) ?? '', flow.clock());
  if (read.kind !== 'state') return stalePage(flow, gateway, place, language, read.kind === 'stale' ? 200 : 400);
  const { state } = read;
  if (state.gatewayId !== gateway.id) return stalePage(flow, gateway, place, language, 400);
  const { arrival, arrivedAt } = state;
  const visit: Visit = { gateway, place, arrival, arrivedAt, language };
  const answer = await flow.pages.press(state.nonce, form.toString(), () => pressed(flow, family, visit, state, form));
  return answer ?? (await showLogin(flow, visit, { notice: { text: wordsOf(language).staleAgain, isError: true } }));
}

async function pressed(
  flow: Flow,
  family: GatewayFamily,
  visit: Visit,
  state: FormState,
  form: URLSearchParams,
): Promise<Pressed> {
  const { gateway, place, language } = visit;
  const id = form.get(FIELD.method);
  const offered = place.portal.methods.find(({ kind }) => kind === id);
  const method = offered === undefined ? undefined : flow.parts.methods.get(offered.kind);
  if (offered === undefined || method === undefined) {
    flow.counts.refused(gateway, '');
    return shown(await showLogin(flow, visit, { notice: refusalNotice(language, 'not-offered'), form }));
  }
  const step = state.step?.method === offered.kind ? state.step.text : null;
  const entering = await enteringOf(flow, visit, offered, step);
  const entered = await method.enter(entering, form, flow.methodTools);
  if (entered.kind !== 'admitted') {
    if (entered.kind === 'refused') flow.counts.refused(gateway, offered.kind);
    return shown(await showLogin(flow, visit, toShow(entered, offered.kind, state, form, language)));
  }
  const planId = entered.planId === undefined ? (offered.planId ?? place.portal.planId) : entered.planId;
  return await admit(flow, family, visit, { state, form, entering, entered, method: offered.kind, planId });
}

/** What the page says after a way in did not let anybody in yet. */
function toShow(
  entered: Exclude<Entered, { kind: 'admitted' }>,
  method: string,
  state: FormState,
  form: URLSearchParams,
  language: Language,
): Shown {
  if (entered.kind === 'next')
    return { step: { method, text: entered.step }, stepNotice: entered.notice, form: emptied(form) };
  const { refusal, field, retryAfterMs } = entered;
  return {
    refused: { method, refusal, ...(field === undefined ? {} : { field }) },
    notice: field === undefined ? refusalNotice(language, refusal, { retryAfterMs }) : null,
    step: state.step,
    form,
  };
}

/** The next step begins with empty fields, but for what was ticked and answered beside it. */
function emptied(form: URLSearchParams): URLSearchParams {
  const names = [FIELD.news, FIELD.survey];
  return new URLSearchParams([...form].filter(([name]) => names.some((own) => own === name)));
}

type Admission = {
  readonly state: FormState;
  readonly form: URLSearchParams;
  readonly entering: Entering;
  readonly entered: Entered & { readonly kind: 'admitted' };
  readonly method: string;
  readonly planId: string | null;
};

async function admit(flow: Flow, family: GatewayFamily, visit: Visit, admission: Admission): Promise<Pressed> {
  const { parts, counts, records } = flow;
  const { gateway, place, language, arrivedAt } = visit;
  const { state, form, entering, entered, method, planId } = admission;
  const consentId = randomUUID();
  const issued = await issueLogin(
    { ...parts, standing: records.standing, addLogin: records.addLogin },
    {
      gateway,
      macHash: entering.macHash,
      method,
      subjectHash: entered.subjectHash,
      planId,
      consentId,
      arrivedAt,
      reentryUntil: entered.reentryUntil,
      notAfter: entered.notAfter,
    },
  );
  if (issued.kind === 'refused') {
    const { refusal, opensAt } = issued;
    counts.refusedByPlan(gateway);
    return shown(await showLogin(flow, visit, { notice: refusalNotice(language, refusal, { opensAt }), form }));
  }
  // The way in is told to nobody before the consent that it rests on is stored.
  await Promise.all([
    records.addConsent({
      id: consentId,
      loginId: issued.id,
      termsVersion: state.terms.version,
      language: state.terms.language,
      siteId: gateway.siteId,
      gatewayId: gateway.id,
      macHash: entering.macHash,
      phoneHash: entered.phoneHash ?? null,
      service: true,
      news: place.portal.news && form.get(FIELD.news) === '1',
      at: flow.clock(),
    }),
    answerSurvey(flow, place, form),
  ]);
  const answer = await release(flow, family, visit, issued, entering.macHash);
  return { answer, admitted: answer.kind === 'redirect' };
}

async function answerSurvey({ parts, clock }: Flow, { portal }: PortalPlace, form: URLSearchParams): Promise<void> {
  const said = (form.get(FIELD.survey) ?? '').trim().slice(0, MOST_SURVEY);
  if (portal.surveyQuestion === '' || said === '') return;
  const { siteId, surveyQuestion: question } = portal;
  await parts.inventory.portal.survey.add({ siteId, day: dayOf(clock(), parts.zone), question, answer: said });
}

/** Opens the gateway, or says how the browser does. */
async function release(
  flow: Flow,
  family: GatewayFamily,
  { gateway, place, arrival, language }: Visit,
  login: OneTimeLogin,
  macHash: string,
): Promise<Answer> {
  const { parts, counts, bounces, tokens, familyTools } = flow;
  const token = tokens.tokenOf(login.id);
  const statusUrl = statusUrlOf(flow, token, language, { [THROUGH]: '1' });
  const full = { ...arrival, originUrl: null, refusal: null, isOnline: false };
  try {
    const how = await family.release(asGateway(gateway), full, login, { statusUrl }, familyTools);
    const own = how.kind === 'open' ? statusUrl : statusUrlOf(flow, token, language);
    const url = how.kind === 'redirect' ? how.url : own;
    if (!isSafe(flow, gateway, url))
      throw new AppError('config', 'the gateway has no address that browsers reach it at');
    counts.loggedIn(gateway);
    bounces.released(gateway.id, macHash);
    return seeOther(url);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    counts.failed(gateway);
    const fields = { gatewayId: gateway.id, siteId: gateway.siteId, code: error.code, reason: error.message };
    parts.log.warn(fields, 'a gateway could not be opened for somebody');
    const t = wordsOf(language).gatewayAway;
    return {
      ...page(503, noticePage({ language, title: t.title, texts: [t.text], foot: footOf(flow, place, null) })),
      retryAfterS: 60,
    } as Answer;
  }
}
