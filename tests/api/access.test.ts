import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Contract, REGION_ROLES, ROLES, type Role, rolesOf } from '../../core/contract/contract.ts';
import { DAY } from '../../core/domain/clock.ts';
import { exportInventory } from '../../core/services/export-inventory.ts';
import { createVoucherBatch } from '../../core/services/portal/create-voucher-batch.ts';
import { portalKeys } from '../../core/services/portal/portal-keys.ts';
import { COMMUNITY, layProvince, NOON, openTestApi, PASSWORD, type Province, type TestApi } from '../support/api.ts';
import { everyContract } from '../support/contracts.ts';
import { incidentIn } from '../support/incidents.ts';
import { TEST_SECRET_KEY } from '../support/inventory.ts';
import { listCalls } from '../support/list-calls.ts';
import { photoOf, smallPhoto, tokenFor } from '../support/officer.ts';
import { liveSessionOf, PLAN } from '../support/portal-rows.ts';
import { reportCalls } from '../support/report-calls.ts';
import { signInCalls } from '../support/sign-in-calls.ts';
import { wallCalls } from '../support/wall-calls.ts';

const contracts = await everyContract();
const INSIDE = '16.03';
const OUTSIDE = '16.71';

type Call = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly payload?: object | string | Buffer;
  readonly type?: string;
  /** What an account for another region gets; by default the same as everybody. */
  readonly outside?: number;
  /** What everybody is answered who may call, where that is not its success. */
  readonly answer?: number;
};
/** A good call of each contract, about something in Muara Enim. Made afresh each time: some use up what they name. */
type Calls = Readonly<Record<string, () => Call | Promise<Call>>>;

let api: TestApi;
let province: Province;
let calls: Calls;
beforeAll(async () => {
  api = await openTestApi({
    config: { rum: { alloyUrl: null } },
    portalPreview: async () => '<!doctype html><title>Wi-Fi</title>',
  });
  province = await layProvince(api.inventory);
  await api.inventory.links.update(province.inside.link.id, { provider: 'ISP' });
  calls = callsOf(api, province);
});
afterAll(() => api.close());

function callsOf({ inventory }: TestApi, { inside, core }: Province): Calls {
  const code = () => `new-${randomUUID()}`;
  const range = { from: String(NOON - DAY), to: String(NOON) };
  const newSite = () =>
    inventory.sites.create({ code: code(), name: 'Baru', kind: 'agency', regionCode: '16.03.11.2009' });
  const newDevice = () =>
    inventory.devices.create({ code: code(), name: 'Baru', kind: 'router', siteId: inside.site.id, host: '127.0.0.1' });
  const newLink = () =>
    inventory.links.create({ code: code(), name: 'Baru', medium: 'fibre', fromSiteId: inside.site.id });
  const newCredential = () =>
    inventory.credentials.create({ name: code(), kind: 'snmp-v2c', settings: { community: COMMUNITY } });
  const ofIncident = async () => ({
    params: { incidentId: (await incidentIn(inventory, inside.site.id)).id },
    outside: 404,
  });
  const newToken = async () => tokenFor((await incidentIn(inventory, inside.site.id)).id, '16.03.11.2009');
  // Touches none of the incidents that the other calls leave behind.
  const nextMonth = { startsAt: NOON + 30 * DAY, endsAt: NOON + 31 * DAY };
  const newWindow = () =>
    inventory.maintenance.create(
      {
        title: 'Perawatan',
        note: '',
        ...nextMonth,
        recurrence: null,
        lastEndsAt: nextMonth.endsAt,
        regionCode: inside.site.regionCode,
        deviceIds: [],
        siteIds: [inside.site.id],
        regionCodes: [],
      },
      { accountId: null, at: NOON },
    );
  const ofDevice = { params: { deviceId: inside.device.id }, outside: 404 };
  const newExclusion = async () => {
    const { account } = await api.signIn('admin');
    const scope = { scopeKind: 'site', scopeId: inside.site.id, reason: 'planned', note: '' } as const;
    return await inventory.exclusions.create(
      { ...scope, from: NOON - DAY, to: NOON },
      { accountId: account.id, at: NOON },
    );
  };
  const hook = { url: 'http://127.0.0.1:1/hook', secret: `${COMMUNITY}-of-a-channel` };
  const newChannel = () => inventory.channels.create({ name: code(), kind: 'webhook', settings: hook });
  const newRecipient = async () =>
    await inventory.recipients.create({ name: code(), role: 'engineer', regionCode: INSIDE, addresses: [] });
  const nights = { kind: 'weekly', days: [1], from: 1080, to: 360 } as const;
  const newShift = async () => {
    const { id } = await newRecipient();
    const times = { ...nights, days: [...nights.days] };
    return await inventory.duty.addShift({ regionCode: INSIDE, role: 'engineer', recipientId: id, times });
  };
  const away = async () => ({
    absentId: (await newRecipient()).id,
    substituteId: (await newRecipient()).id,
    from: NOON,
    to: NOON + DAY,
  });
  const step = {
    afterMinutes: 0,
    minSeverity: 'minor',
    to: [{ kind: 'duty', role: 'engineer' }],
    channelIds: null,
    repeat: null,
    evenIfAcknowledged: false,
  } as const;
  const policy = { regionCode: INSIDE, enabled: true, quietHours: null, steps: [{ ...step, to: [...step.to] }] };
  const newPolicy = async () => {
    await inventory.sql.run('DELETE FROM notice_policy');
    return await inventory.noticePolicies.create(policy, NOON);
  };
  const ofSite = { params: { siteId: inside.site.id }, outside: 404 };
  const newPlan = () => inventory.portal.plans.create({ ...PLAN, name: code() }, NOON);
  const gateway = { siteId: inside.site.id, family: 'mikrotik', radiusSecret: `${COMMUNITY}-of-radius` };
  const newGateway = () => inventory.portal.gateways.create({ ...gateway, name: code() });
  const vouchers = {
    name: 'Balai desa',
    siteId: inside.site.id,
    regionCode: null,
    planId: null,
    count: 3,
    validSeconds: 3600,
    validUntil: NOON + DAY,
  };
  const newVouchers = () =>
    createVoucherBatch({ inventory, keys: portalKeys(TEST_SECRET_KEY), clock: () => NOON }, vouchers, null);
  return {
    listChannels: () => ({}),
    createChannel: () => ({ payload: { name: code(), kind: 'webhook', settings: hook }, outside: 403 }),
    updateChannel: async () => ({
      params: { channelId: (await newChannel()).id },
      payload: { enabled: false },
      outside: 403,
    }),
    deleteChannel: async () => ({ params: { channelId: (await newChannel()).id }, outside: 403 }),
    checkChannel: async () => ({ params: { channelId: (await newChannel()).id }, outside: 403 }),
    testChannel: async () => ({
      params: { channelId: (await newChannel()).id },
      payload: { to: 'noc' },
      outside: 403,
    }),
    listRecipients: () => ({ query: { region: INSIDE } }),
    createRecipient: () => ({
      payload: { name: 'Dewi', role: 'engineer', regionCode: INSIDE, addresses: [] },
      outside: 404,
    }),
    updateRecipient: async () => ({
      params: { recipientId: (await newRecipient()).id },
      payload: { name: 'Sri', siteId: inside.site.id },
      outside: 404,
    }),
    deleteRecipient: async () => ({ params: { recipientId: (await newRecipient()).id }, outside: 404 }),
    getDuty: () => ({ query: { region: INSIDE } }),
    listShifts: () => ({ query: { region: INSIDE } }),
    createShift: async () => ({
      payload: { regionCode: INSIDE, role: 'engineer', recipientId: (await newRecipient()).id, times: nights },
      outside: 404,
    }),
    deleteShift: async () => ({ params: { shiftId: (await newShift()).id }, outside: 404 }),
    listSubstitutions: () => ({ query: { region: INSIDE } }),
    createSubstitution: async () => ({ payload: await away(), outside: 404 }),
    deleteSubstitution: async () => ({
      params: { substitutionId: (await inventory.duty.addSubstitution(await away())).id },
      outside: 404,
    }),
    listNoticePolicies: () => ({ query: { region: INSIDE } }),
    createNoticePolicy: async () => {
      await inventory.sql.run('DELETE FROM notice_policy');
      return { payload: policy, outside: 404 };
    },
    updateNoticePolicy: async () => ({
      params: { policyId: (await newPolicy()).id },
      payload: { enabled: false },
      outside: 404,
    }),
    deleteNoticePolicy: async () => ({ params: { policyId: (await newPolicy()).id }, outside: 404 }),
    previewNotices: () => ({ payload: { region: INSIDE, at: NOON, severity: 'major', policy }, outside: 404 }),
    getNoticeSetup: () => ({}),
    listIncidentNotices: ofIncident,
    retryNotice: async () => {
      const call = await ofIncident();
      const { id: channelId } = await newChannel();
      const { id: recipientId } = await newRecipient();
      const told = { recipientId, channelId, to: 'noc', language: 'id', recipientName: 'Dewi' } as const;
      const noticeId = randomUUID();
      const notice = { ...told, id: noticeId, incidentId: call.params.incidentId, step: 0, round: 0 } as const;
      const rest = {
        kind: 'opened',
        isOfficer: false,
        villageCode: null,
        untilAcknowledged: false,
        heldUntil: null,
        heldExcept: [],
      } as const;
      await inventory.notices.add(inventory.sql, [{ ...notice, ...rest }], NOON);
      const event = { type: 'test', channelName: 'x', at: NOON } as const;
      await inventory.outbox.enqueue([{ id: noticeId, channelId, to: 'noc', language: 'id', event }], NOON);
      await inventory.outbox.giveUp({ id: noticeId, tries: 0 }, NOON, 'refused');
      return { params: { ...call.params, noticeId }, outside: 404 };
    },
    listPlans: () => ({}),
    createPlan: () => ({ payload: { ...PLAN, name: code() }, outside: 403 }),
    updatePlan: async () => ({ params: { planId: (await newPlan()).id }, payload: { devices: 2 }, outside: 403 }),
    deletePlan: async () => ({ params: { planId: (await newPlan()).id }, outside: 403 }),
    listPortalSites: () => ({ query: { region: INSIDE } }),
    getPortalSite: () => ofSite,
    updatePortalSite: () => ({ ...ofSite, payload: { announcement: 'Posyandu hari Sabtu' } }),
    getPortalPreview: () => ofSite,
    getSurvey: () => ofSite,
    getPhoneCodeBudget: () => ({}),
    getLoginHealth: () => ({ ...ofSite, query: range }),
    listPortalGateways: () => ({ query: { region: INSIDE } }),
    createPortalGateway: () => ({ payload: { ...gateway, name: code() }, outside: 404 }),
    updatePortalGateway: async () => ({
      params: { gatewayId: (await newGateway()).id },
      payload: { radiusSecret: `${COMMUNITY}-new` },
      outside: 404,
    }),
    deletePortalGateway: async () => ({ params: { gatewayId: (await newGateway()).id }, outside: 404 }),
    listPortalAudit: () => ({ outside: 403 }),
    listAudit: () => ({ query: { region: INSIDE } }),
    exportAudit: () => ({ query: { region: INSIDE } }),
    checkAudit: () => ({ outside: 403 }),
    getRumSetting: () => ({}),
    collectRum: () => ({ payload: { meta: { view: { name: '/devices' } }, measurements: [] } }),
    getRumFigures: () => ({ query: { region: INSIDE } }),
    listPortalSessions: () => ({ query: { region: INSIDE } }),
    endPortalSession: async () => ({
      params: { sessionId: await liveSessionOf(inventory, (await newGateway()).id, inside.site.id) },
      outside: 404,
    }),
    getPortalFigures: () => ({ query: { region: INSIDE }, outside: 404 }),
    getPortalFiguresFile: () => ({ query: { region: INSIDE }, outside: 404 }),
    listVoucherBatches: () => ({ query: { region: INSIDE } }),
    createVoucherBatch: () => ({ payload: vouchers, outside: 404 }),
    printVouchers: async () => {
      const { batch, codes } = await newVouchers();
      const form = new URLSearchParams({ format: 'csv', codes: codes.join(' ') });
      return {
        params: { batchId: batch.id },
        payload: form.toString(),
        type: 'application/x-www-form-urlencoded',
        outside: 404,
      };
    },
    voidVoucherBatch: async () => ({ params: { batchId: (await newVouchers()).batch.id }, outside: 404 }),
    voidVoucherSerials: async () => ({
      params: { batchId: (await newVouchers()).batch.id },
      payload: { serials: [2] },
      outside: 404,
    }),
    getVoucherUse: async () => ({ params: { batchId: (await newVouchers()).batch.id }, outside: 404 }),
    listTerms: () => ({}),
    addTerms: () => ({
      payload: { textId: 'Ketentuan layanan Wi-Fi desa', textEn: 'Terms of the village Wi-Fi', validFrom: NOON },
      outside: 403,
    }),
    getConsentProof: async () => {
      const { version } = await inventory.portal.terms.current(NOON);
      const consentId = await inventory.portal.consents.add({
        termsVersion: version,
        language: 'id',
        siteId: inside.site.id,
        gatewayId: null,
        macHash: 'x',
        phoneHash: null,
        service: true,
        news: false,
        at: NOON,
      });
      return { params: { consentId }, outside: 403 };
    },
    listDataRequests: () => ({ outside: 403 }),
    completeDataRequest: async () => ({
      params: { requestId: (await inventory.portal.dataRequests.ask(randomUUID(), 'withdraw', NOON)).id },
      payload: { outcome: 'persetujuan ditarik' },
      outside: 403,
    }),
    listForgotten: () => ({}),
    signIn: () => ({ payload: { name: code(), password: 'wrong' }, answer: 401 }),
    ...signInCalls(inventory, INSIDE),
    ...reportCalls(inventory),
    ...listCalls(INSIDE, inside.device.id),
    ...wallCalls(inventory, INSIDE),
    getSession: () => ({}),
    signOut: () => ({}),
    listAccounts: () => ({}),
    createAccount: () => ({
      payload: { name: code(), displayName: 'Baru', role: 'officer', regionCode: INSIDE, password: PASSWORD },
      outside: 404,
    }),
    updateAccount: async () => {
      const passwordHash = 'scrypt$none';
      const account = await inventory.accounts.create({
        name: code(),
        displayName: 'Baru',
        role: 'officer',
        regionCode: INSIDE,
        passwordHash,
      });
      return { params: { accountId: account.id }, payload: { displayName: 'Lain' }, outside: 404 };
    },
    getCoverage: () => ({ query: { region: INSIDE }, outside: 404 }),
    getPlanTable: () => ({ query: { region: INSIDE }, outside: 404 }),
    listPlanVillages: () => ({ query: { region: INSIDE }, outside: 404 }),
    listGaps: () => ({ query: { region: INSIDE }, outside: 404 }),
    getTrend: () => ({ query: { region: INSIDE }, outside: 404 }),
    getPlanFile: () => ({ query: { region: INSIDE }, outside: 404 }),
    getProgramme: () => ({ params: { code: INSIDE }, outside: 404 }),
    setProgramme: () => ({ params: { code: INSIDE }, payload: { programme: 'covered', note: null }, outside: 404 }),
    getSummary: () => ({ query: { region: INSIDE }, outside: 404 }),
    getMap: () => ({ query: { region: INSIDE }, outside: 404 }),
    getVillage: () => ({ params: { code: '16.03.11.2009' }, outside: 404 }),
    listRegions: () => ({ query: { region: INSIDE } }),
    getRegion: () => ({ params: { code: INSIDE }, outside: 404 }),
    getShapes: () => ({ params: { code: INSIDE }, outside: 404 }),
    listSites: () => ({ query: { region: INSIDE } }),
    getSite: () => ({ params: { siteId: inside.site.id }, outside: 404 }),
    createSite: () => ({
      payload: { code: code(), name: 'Baru', kind: 'agency', regionCode: INSIDE },
      outside: 404,
    }),
    updateSite: () => ({ params: { siteId: inside.site.id }, payload: { contact: '0812' }, outside: 404 }),
    deleteSite: async () => ({ params: { siteId: (await newSite()).id }, outside: 404 }),
    listDevices: () => ({ query: { region: INSIDE } }),
    getDevice: () => ofDevice,
    listInterfaces: () => ofDevice,
    listReadings: () => ofDevice,
    listStates: () => ({ ...ofDevice, query: range }),
    querySeries: () => ({ ...ofDevice, query: { ...range, metrics: 'reachability.up' } }),
    createDevice: () => ({
      payload: { code: code(), name: 'Baru', kind: 'router', siteId: inside.site.id, host: '127.0.0.1' },
      outside: 404,
    }),
    updateDevice: () => ({ ...ofDevice, payload: { timeoutMs: 900 } }),
    deleteDevice: async () => ({ params: { deviceId: (await newDevice()).id }, outside: 404 }),
    pollNow: () => ofDevice,
    getPoll: async () => {
      const { cookie } = await api.signIn('engineer');
      const url = `/api/v1/devices/${inside.device.id}/poll`;
      const asked = await api.app.inject({ method: 'POST', url, headers: { cookie } });
      return { params: { deviceId: inside.device.id, askId: asked.json().ask.id }, outside: 404 };
    },
    listLinks: () => ({ query: { region: INSIDE } }),
    // Its far end stands in the other region, where one may look at it too: without the name of this one.
    getLinkHealth: () => ({ params: { linkId: inside.link.id } }),
    getLink: () => ({ params: { linkId: inside.link.id } }),
    createLink: () => ({
      payload: { code: code(), name: 'Baru', medium: 'fibre', fromSiteId: inside.site.id },
      outside: 404,
    }),
    updateLink: () => ({ params: { linkId: inside.link.id }, payload: { provider: 'ISP' }, outside: 404 }),
    deleteLink: async () => ({ params: { linkId: (await newLink()).id }, outside: 404 }),
    listCredentials: () => ({}),
    createCredential: () => ({ payload: { name: code(), kind: 'snmp-v2c', settings: { community: COMMUNITY } } }),
    updateCredential: async () => ({
      params: { credentialId: (await newCredential()).id },
      payload: { settings: { community: `${COMMUNITY}-2` } },
      outside: 403,
    }),
    deleteCredential: async () => ({ params: { credentialId: (await newCredential()).id }, outside: 403 }),
    getAvailability: () => ({ query: { of: `device:${inside.device.id}`, ...range }, outside: 404 }),
    listStatements: () => ({ query: { region: INSIDE } }),
    getStatement: () => ({ params: { month: '2026-11' }, query: { provider: 'ISP' }, outside: 404 }),
    getStatementFile: () => ({ params: { month: '2026-11' }, query: { provider: 'ISP', format: 'csv' }, outside: 404 }),
    listExclusions: () => ({ query: { region: INSIDE } }),
    createExclusion: () => ({
      payload: { scopeKind: 'region', scopeId: INSIDE, from: NOON - DAY, to: NOON, reason: 'planned', note: 'banjir' },
      outside: 404,
    }),
    revokeExclusion: async () => ({
      params: { exclusionId: (await newExclusion()).id },
      payload: { note: 'keliru' },
      outside: 404,
    }),
    listLinkTerms: () => ({ params: { linkId: inside.link.id }, outside: 404 }),
    setLinkTerms: () => ({
      params: { linkId: inside.link.id },
      payload: { validFrom: '2026-01', monthlyFeeRupiah: 5_000_000, steps: [], powerCounts: true },
      outside: 404,
    }),
    listOutages: () => ({ query: { region: INSIDE } }),
    listIncidents: () => ({ query: { region: INSIDE } }),
    listCorrections: () => ({ query: { region: INSIDE } }),
    getIncident: ofIncident,
    listAffectedSites: ofIncident,
    listAssignees: ofIncident,
    acknowledgeIncident: ofIncident,
    unacknowledgeIncident: ofIncident,
    assignIncident: async () => ({ ...(await ofIncident()), payload: { accountId: null } }),
    commentIncident: async () => ({ ...(await ofIncident()), payload: { text: 'berangkat' } }),
    resolveIncident: async () => ({ ...(await ofIncident()), payload: { cause: 'power' } }),
    mergeIncident: async () => {
      const [into, from] = [await incidentIn(inventory, inside.site.id), await incidentIn(inventory, inside.site.id)];
      return { params: { incidentId: into.id }, payload: { incidentIds: [from.id] }, outside: 404 };
    },
    splitIncident: async () => {
      const incident = await incidentIn(inventory, inside.site.id, 2);
      return {
        params: { incidentId: incident.id },
        payload: { outageIds: incident.outageIds.slice(1) },
        outside: 404,
      };
    },
    listPhotos: ofIncident,
    addPhoto: async () => ({ ...(await ofIncident()), payload: await smallPhoto(), type: 'image/png' }),
    getPhoto: async () => {
      const { params, outside } = await ofIncident();
      const photo = await photoOf(inventory, params.incidentId);
      return { params: { ...params, photoId: photo.id }, outside };
    },
    getOfficerIncident: async () => ({ params: { token: await newToken() } }),
    answerOfficer: async () => ({
      params: { token: await newToken() },
      payload: { question: 'lamp', answer: 'off' },
    }),
    sendOfficerPhoto: async () => ({
      params: { token: await newToken() },
      payload: await smallPhoto(),
      type: 'image/png',
    }),
    listMaintenance: () => ({ query: { region: INSIDE } }),
    createMaintenance: () => ({
      payload: { title: 'Perawatan', ...nextMonth, siteIds: [inside.site.id] },
      outside: 404,
    }),
    cancelMaintenance: async () => ({
      params: { windowId: (await newWindow()).id },
      outside: 404,
    }),
    importInventory: async () => {
      const { bytes } = await exportInventory(inventory, { format: 'csv', region: null });
      return { payload: bytes.toString(), type: 'text/csv' };
    },
    exportInventory: () => ({ query: { region: INSIDE, table: 'sites' } }),
    getSystem: () => ({}),
    getCatalogue: () => ({}),
    live: () => ({ query: { region: core.site.regionCode } }),
  };
}

async function madeCall(name: string): Promise<Call> {
  const made = await calls[name]?.();
  if (made === undefined) throw new Error(`the test has no call of ${name}`);
  return made;
}

async function send(name: string, contract: Contract, cookie: string | null, call?: Promise<Call>) {
  const made = await (call ?? madeCall(name));
  const { params = {}, query = {}, payload, type } = made;
  const answer = await api.app.inject({
    method: contract.method,
    url: contract.url.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? key)),
    query,
    ...(payload === undefined ? {} : { payload }),
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...(cookie === null ? {} : { cookie }) },
  });
  return { answer, outside: made.outside, usual: made.answer };
}

/** Calls that end or begin something of whoever calls have an account of their own. */
const OWN_ACCOUNT: readonly string[] = ['signOut', 'changeMyPassword', 'confirmSecondFactor'];
async function cookieOf(name: string, role: Role, region: string): Promise<string> {
  const key = OWN_ACCOUNT.includes(name) ? `${role} ${region} ${name}` : `${role} ${region}`;
  const site = role === 'agency' ? province.inside.site.id : null;
  const cookie = cookies.get(key) ?? (await api.signIn(role, region, site)).cookie;
  cookies.set(key, cookie);
  return cookie;
}
const cookies = new Map<string, string>();

/** The stream never ends, so a call of it is only made where it is refused. */
const answered = [...contracts].filter(([name]) => name !== 'live');
const guarded = [...contracts].filter(([, { access }]) => access !== 'public');
const mayCall = ({ access }: Contract, role: Role): boolean => access === 'public' || rolesOf(access).includes(role);

test('every contract is served, and the test knows a call of each', () => {
  expect(Object.keys(calls).sort()).toEqual([...contracts.keys()].sort());
});

describe.each(guarded)('%s', (name, contract) => {
  // What is refused uses nothing up: one call does for all.
  let call: Promise<Call>;
  beforeAll(() => {
    call = madeCall(name);
  });

  test('is refused to who is not signed in', async () => {
    const { answer } = await send(name, contract, null, call);

    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe('not-signed-in');
  });

  test.each(ROLES.filter((role) => !mayCall(contract, role)))('is refused to the role %s', async (role) => {
    const cookie = await cookieOf(name, role, '');

    const { answer } = await send(name, contract, cookie, call);

    expect(answer.statusCode).toBe(403);
    expect(answer.json().code).toBe('forbidden');
  });
});

describe.each(answered)('%s', (name, contract) => {
  const success = Object.keys(contract.schema.response).map(Number)[0];

  test.each(REGION_ROLES.filter((role) => mayCall(contract, role)))(
    'answers the role %s in its region',
    async (role) => {
      for (const region of ['', INSIDE]) {
        const cookie = await cookieOf(name, role, region);

        const { answer, outside, usual = success } = await send(name, contract, cookie);

        const isForAll = region !== '' && outside === 403;
        const isUnknown = name === 'getShapes';
        const expected = isForAll ? 403 : isUnknown ? 404 : usual;
        expect([answer.statusCode, answer.body]).toEqual([expected, expect.any(String)]);
        expect(answer.body).not.toContain(COMMUNITY);
        expect(answer.body).not.toContain('scrypt');
      }
    },
  );

  test.each(REGION_ROLES.filter((role) => mayCall(contract, role)))(
    'tells the role %s of another region nothing',
    async (role) => {
      const cookie = await cookieOf(name, role, OUTSIDE);

      const { answer, outside } = await send(name, contract, cookie);

      if (outside !== undefined) expect(answer.statusCode).toBe(outside);
      if (contract.access !== 'public') expect(answer.body).not.toMatch(/Sukamaju|16\.03\.11/);
    },
  );
});

test('lists are narrowed to the region of the account, whatever is asked for', async () => {
  const { cookie } = await api.signIn('officer', INSIDE);
  const codes = async (url: string): Promise<string[]> => {
    const { items } = (await api.app.inject({ url, headers: { cookie } })).json();
    return items.map(
      (item: { regionCode?: string; code?: string; fromSiteName?: string }) => item.regionCode ?? item.code,
    );
  };

  for (const list of ['sites', 'devices', 'regions']) {
    for (const asked of ['', '?region=16', '?region=16.03', '?region=16.03.11']) {
      const seen = await codes(`/api/v1/${list}${asked}`);
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.every((code) => code.startsWith(INSIDE))).toBe(true);
    }
    expect(await codes(`/api/v1/${list}?region=${OUTSIDE}`)).toEqual([]);
  }
  const links = await codes('/api/v1/links');
  expect(links).toContain('link-in');
  expect(links).not.toContain('link-out');
  expect(await codes(`/api/v1/devices?siteId=${province.outside.site.id}`)).toEqual([]);
});

test('nobody ties something of theirs to something outside', async () => {
  const { cookie } = await api.signIn('engineer', INSIDE);
  const { inside, outside } = province;
  const change = (url: string, payload: object) =>
    api.app.inject({ method: 'PATCH', url: `/api/v1/${url}`, payload, headers: { cookie } });

  const answers = [
    await change(`sites/${inside.site.id}`, { regionCode: OUTSIDE }),
    await change(`devices/${inside.device.id}`, { siteId: outside.site.id }),
    await change(`devices/${inside.device.id}`, { parentIds: [outside.device.id] }),
    await change(`links/${inside.link.id}`, { toSiteId: outside.site.id }),
    await change(`links/${inside.link.id}`, { deviceId: outside.device.id }),
    await change(`links/${outside.link.id}`, { provider: 'mine now' }),
  ];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404, 404, 404]);
});

test('a device asked to be polled now is handed to the collector', async () => {
  const { cookie } = await api.signIn('engineer');
  const { id } = province.inside.device;

  const answer = await api.app.inject({ method: 'POST', url: `/api/v1/devices/${id}/poll`, headers: { cookie } });

  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toMatchObject({ queued: true, ask: { status: 'waiting' } });
  expect(api.collectorCalls.polled).toContain(id);
});
