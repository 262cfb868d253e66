import { randomUUID } from 'node:crypto';
import type { Recipient } from '../../core/contract/recipients.ts';
import { DAY, HOUR, SECOND } from '../../core/domain/clock.ts';
import { WALL_SCENES } from '../../core/domain/wall.ts';
import { createVoucherBatch } from '../../core/services/portal/create-voucher-batch.ts';
import { portalKeys } from '../../core/services/portal/portal-keys.ts';
import { makeWall } from '../../core/services/wall.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { NOON } from './api.ts';
import { incidentIn } from './incidents.ts';
import { TEST_SECRET_KEY } from './inventory-at.ts';
import { photoOf, tokenFor } from './officer.ts';
import { dayOf, liveSessionOf, PLAN } from './portal-rows.ts';

export const OWN = '16.03';
export const OTHER = '16.71';

/** How things of a side are called, numbered and placed: whatever of it stands in an answer gives it away. */
type Side = {
  readonly village: string;
  readonly word: string;
  /** In hosts, coordinates and telephone numbers. */
  readonly number: string;
  readonly mac: string;
};
const OWN_SIDE: Side = { village: `${OWN}.11.2009`, word: 'Kampungku', number: '33', mac: '02:33:33:33:33' };
/** Stands in names; the numbers are of a kind that no figure or id takes by chance. */
const OTHER_SIDE: Side = { village: `${OTHER}.01.1001`, word: 'Seberang', number: '77', mac: '02:77:77:77:77' };

export type Marked = {
  readonly own: Laid;
  readonly agency: Laid;
  readonly other: Laid;
  /** What a user of the one regency may find nowhere. */
  readonly marksOfOther: readonly string[];
  /** The same for an agency of that regency: everything but itself, its links and its own incident. */
  readonly marksForAgency: readonly string[];
  readonly sharedIncidentId: string;
};

/** Ids of what was laid, by the names that parameters, queries and bodies of the API give them. */
export type Laid = Readonly<Record<string, string>>;

/**
 * Two regencies with one of everything in each, an agency in the first, a link across, and an incident that takes both
 * down. Ids are told apart by when they came: whatever is in the store after the second that was not before is of it.
 */
export async function layMarkedProvince(inventory: Inventory): Promise<Marked> {
  await layRegions(inventory);
  const common = await layCommon(inventory);
  const { token: wallToken } = await layWall(inventory, 'Dinding', OWN);
  const agency = await layAgency(inventory);
  const own0 = await idsOf(inventory);
  const own = await layRegency(inventory, OWN_SIDE, common);
  const own1 = await idsOf(inventory);
  const other = await layRegency(inventory, OTHER_SIDE, common);
  const otherIds = [...(await idsOf(inventory))].filter((id) => !own1.has(id));
  const ownIds = [...own1].filter((id) => !own0.has(id));
  await inventory.links.create({
    code: 'across',
    name: 'Lintas',
    medium: 'fibre',
    fromSiteId: other.siteId,
    toSiteId: own.siteId,
    deviceId: other.deviceId,
    ifIndex: 1,
    provider: 'ISP',
    contractMbps: 50,
  });
  const line = await inventory.links.create({
    code: 'agency-line',
    name: 'Jalur Dinas',
    medium: 'fibre',
    fromSiteId: agency.siteId,
    toSiteId: own.siteId,
    deviceId: own.deviceId,
    ifIndex: 1,
    provider: 'ISP',
    contractMbps: 20,
  });
  const sharedIncidentId = await layShared(inventory, [own, other, agency]);
  const wordsOf = ({ word, number, mac }: Side) => [
    word,
    `10.${number}.${number}.`,
    `-2.${number}${number}`,
    `103.${number}${number}`,
    `0811${number}${number}${number}`,
    mac,
  ];
  return {
    own: { ...common, ...own, wallToken },
    agency: {
      ...agency,
      of: `agency:${agency.siteId}`,
      wallToken,
      linkId: line.id,
      agency: agency.siteId,
      incidentId: sharedIncidentId,
    },
    // Whoever has the token of a wall sees its region: there is no other right beside it.
    other: { ...common, ...other, wallToken },
    marksOfOther: [...wordsOf(OTHER_SIDE), ...otherIds],
    marksForAgency: [...wordsOf(OTHER_SIDE), ...otherIds, ...wordsOf(OWN_SIDE), ...ownIds],
    sharedIncidentId,
  };
}

async function layRegions({ sql, settings }: Inventory): Promise<void> {
  const rows: readonly (readonly [code: string, level: string, name: string])[] = [
    ['16', 'province', 'Sumatera Selatan'],
    [OWN, 'regency', 'Kabupaten Satu'],
    [`${OWN}.11`, 'district', 'Kecamatan Satu'],
    [OWN_SIDE.village, 'village', 'Desa Satu'],
    [OTHER, 'regency', `Kota ${OTHER_SIDE.word}`],
    [`${OTHER}.01`, 'district', `Kecamatan ${OTHER_SIDE.word}`],
    [OTHER_SIDE.village, 'village', `Desa ${OTHER_SIDE.word}`],
    [`${OTHER}.01.1002`, 'village', `Tanpa ${OTHER_SIDE.word}`],
  ];
  for (const [code, level, name] of rows) {
    const { number } = code.startsWith(OTHER) ? OTHER_SIDE : OWN_SIDE;
    const parent = code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null;
    await sql.run(
      `INSERT INTO region (code, level, parent_code, name, lat, lng, population, desa_count, kelurahan_count, edition)
       VALUES ($1, $2, $3, $4, $5, $6, 1000, 3, 1, 'test')`,
      [code, level, parent, name, -Number(`2.${number}${number}`), Number(`103.${number}${number}`)],
    );
    const [west, south] = [Number(`103.${number}${number}`), -Number(`2.${number}${number}`)];
    const ring = [
      [west, south],
      [west + 0.01, south],
      [west + 0.01, south + 0.01],
      [west, south],
    ];
    const geometry = JSON.stringify({ type: 'Polygon', coordinates: [ring] });
    if (level !== 'province')
      await sql.run('INSERT INTO region_shape (code, geometry) VALUES ($1, $2)', [code, geometry]);
  }
  await settings.set('province', '16');
}

/** What belongs to no region: anybody who may see such a thing at all may see these. */
async function layCommon(inventory: Inventory) {
  const channel = await inventory.channels.create({
    name: 'Saluran',
    kind: 'webhook',
    settings: { url: 'http://127.0.0.1:1/hook', secret: randomUUID() },
  });
  const credential = await inventory.credentials.create({
    name: 'Baca',
    kind: 'snmp-v2c',
    settings: { community: randomUUID() },
  });
  const plan = await inventory.portal.plans.create({ ...PLAN, name: 'Warga' }, NOON);
  const asked = await inventory.portal.dataRequests.ask(randomUUID(), 'withdraw', NOON);
  return {
    channelId: channel.id,
    credentialId: credential.id,
    planId: plan.id,
    requestId: asked.id,
    // Of a moment only: nobody has it.
    askId: randomUUID(),
  };
}

const layWall = (inventory: Inventory, name: string, regionCode: string) =>
  makeWall(
    { walls: inventory.walls, clock: () => NOON },
    {
      ...{ name, regionCode, theme: 'auto', language: 'id', variant: 'internal' },
      scenes: WALL_SCENES.map((scene) => ({ scene, seconds: 20 })),
    },
  );

async function layAgency(inventory: Inventory) {
  const site = await inventory.sites.create({
    code: 'dinas',
    name: 'Dinas Pendidikan',
    kind: 'agency',
    regionCode: OWN_SIDE.village,
    lat: -2.5,
    lng: 103.5,
  });
  const device = await inventory.devices.create({
    code: 'dinas-cam',
    name: 'Kamera Dinas',
    kind: 'camera',
    siteId: site.id,
    host: '10.1.1.1',
  });
  return { siteId: site.id, deviceId: device.id };
}

async function layRegency(
  inventory: Inventory,
  { village, word, number, mac }: Side,
  { channelId, credentialId }: Pick<Awaited<ReturnType<typeof layCommon>>, 'channelId' | 'credentialId'>,
) {
  const region = village.slice(0, 5);
  let made = 0;
  const place = async (kind: 'village-office' | 'village-public' | 'agency' | 'pop', parentIds: string[] = []) => {
    made += 1;
    const site = await inventory.sites.create({
      code: `${word}-${kind}`,
      name: `Situs ${kind} ${word}`,
      kind,
      regionCode: village,
      lat: -Number(`2.${number}${number}${made}`),
      lng: Number(`103.${number}${number}${made}`),
      address: `Jalan ${word} ${made}`,
      contact: `0811${number}${number}${number}`,
    });
    const device = await inventory.devices.create({
      code: `${word}-${kind}-d`,
      name: `Router ${kind} ${word}`,
      kind: 'router',
      siteId: site.id,
      host: `10.${number}.${number}.${made}`,
      mac: `${mac}:0${made}`,
      credentialId,
      parentIds,
    });
    await inventory.sql.run(
      `INSERT INTO interface (device_id, index, name, alias, mac, seen_at) VALUES ($1, 1, 'ether1', $2, $3, $4)`,
      [device.id, `ke ${word}`, `${mac}:1${made}`, new Date(NOON)],
    );
    return { site, device };
  };
  const pop = await place('pop');
  const office = await place('village-office', [pop.device.id]);
  await place('village-public', [pop.device.id]);
  const agency = await place('agency', [pop.device.id]);
  const link = await inventory.links.create({
    code: `${word}-line`,
    name: `Jalur ${word}`,
    medium: 'fibre',
    fromSiteId: agency.site.id,
    toSiteId: pop.site.id,
    deviceId: agency.device.id,
    ifIndex: 1,
    provider: 'ISP',
    contractMbps: 50,
    slaPercent: 99,
  });
  const account = await inventory.accounts.create({
    name: `petugas-${number}`,
    displayName: `Petugas ${word}`,
    role: 'engineer',
    regionCode: region,
    passwordHash: 'scrypt$none',
  });
  const by = { accountId: account.id, at: NOON };
  await inventory.linkTerms.set(
    link.id,
    { validFrom: '2026-01', monthlyFeeRupiah: 5_000_000, steps: [], powerCounts: true },
    by,
  );
  const incident = await incidentIn(inventory, office.site.id);
  await inventory.sql.run('UPDATE device SET name = $2, code = $2 WHERE id = ANY($1::uuid[])', [
    incident.deviceIds,
    `AP ${word}`,
  ]);
  await inventory.incidents.append([
    { incidentId: incident.id, at: NOON, kind: 'commented', accountId: account.id, data: { text: `Kata ${word}` } },
  ]);
  const photo = await photoOf(inventory, incident.id, village);
  const exclusion = await inventory.exclusions.create(
    {
      scopeKind: 'site',
      scopeId: agency.site.id,
      reason: 'planned',
      note: `Sebab ${word}`,
      from: NOON - DAY,
      to: NOON,
    },
    by,
  );
  const window = await inventory.maintenance.create(
    {
      title: `Perawatan ${word}`,
      note: `Catatan ${word}`,
      startsAt: NOON - HOUR,
      endsAt: NOON + DAY,
      recurrence: null,
      lastEndsAt: NOON + DAY,
      regionCode: village,
      deviceIds: [office.device.id],
      siteIds: [office.site.id],
      regionCodes: [],
    },
    by,
  );
  const person = async (name: string) =>
    await inventory.recipients.create({
      name: `${name} ${word}`,
      role: 'engineer',
      regionCode: region,
      addresses: [{ channelId, to: `0811${number}${number}${number}` }],
    });
  const [first, second] = [await person('Budi'), await person('Sari')];
  const times = { kind: 'weekly' as const, days: [1, 6] as (1 | 6)[], from: 0, to: 1_439 };
  const shift = await inventory.duty.addShift({ regionCode: region, role: 'engineer', recipientId: first.id, times });
  const away = { absentId: first.id, substituteId: second.id, from: NOON, to: NOON + DAY };
  const substitution = await inventory.duty.addSubstitution(away);
  const step = {
    afterMinutes: 0,
    minSeverity: 'minor' as const,
    to: [{ kind: 'duty' as const, role: 'engineer' as const }],
    channelIds: null,
    repeat: null,
    evenIfAcknowledged: false,
  };
  const policy = { regionCode: region, enabled: true, quietHours: null, steps: [step] };
  const { id: policyId } = await inventory.noticePolicies.create(policy, NOON);
  const gateway = await inventory.portal.gateways.create({
    name: `Gerbang ${word}`,
    siteId: office.site.id,
    family: 'mikrotik',
  });
  const sessionId = await liveSessionOf(inventory, gateway.id, office.site.id);
  await dayOf(inventory, office.site.id, '2026-11-20', 7);
  const { batch } = await createVoucherBatch(
    { inventory, keys: portalKeys(TEST_SECRET_KEY), clock: () => NOON },
    {
      name: `Karcis ${word}`,
      siteId: office.site.id,
      regionCode: null,
      planId: null,
      count: 2,
      validSeconds: 3_600,
      validUntil: NOON + DAY,
    },
    account.id,
  );
  const noticeId = await layNotice(inventory, incident.id, first, channelId);
  const { version } = await inventory.portal.terms.current(NOON);
  const consentId = await inventory.portal.consents.add({
    termsVersion: version,
    language: 'id',
    siteId: office.site.id,
    gatewayId: gateway.id,
    macHash: word,
    phoneHash: null,
    service: true,
    news: false,
    at: NOON,
  });
  const token = await inventory.apiTokens.create({
    accountId: account.id,
    name: `Mesin ${word}`,
    prefix: 'sim',
    tokenHash: randomUUID(),
    scopes: [],
    createdAt: NOON,
    expiresAt: NOON + DAY,
  });
  const reportId = randomUUID();
  await inventory.sql.run(
    `INSERT INTO officer_report (id, village_code, site_id, account_id, kind, noticed_at, at) VALUES ($1, $2, $3, $4, 'dead', $5, $5)`,
    [reportId, village, office.site.id, account.id, new Date(NOON)],
  );
  const wall = await layWall(inventory, `Dinding ${word}`, region);
  const view = await inventory.savedViews.save(
    { screen: 'devices', name: `Tampilan ${word}`, search: { q: word }, sharedWith: region },
    by,
  );
  return {
    region,
    code: village,
    wallId: wall.wall.id,
    viewId: view?.id ?? '',
    noticeId,
    consentId,
    tokenId: token.id,
    reportId,
    // Whoever has it has its village: there is no other right beside it.
    token: tokenFor(incident.id, OWN_SIDE.village),
    siteId: office.site.id,
    of: `site:${office.site.id}`,
    deviceId: office.device.id,
    agency: agency.site.id,
    linkId: link.id,
    accountId: account.id,
    incidentId: incident.id,
    outageId: incident.outageIds[0] ?? '',
    photoId: photo.id,
    exclusionId: exclusion.id,
    windowId: window.id,
    recipientId: first.id,
    shiftId: shift.id,
    substitutionId: substitution.id,
    policyId,
    gatewayId: gateway.id,
    sessionId,
    batchId: batch.id,
    q: word,
  };
}

/** @returns the id of what somebody was told of an incident */
async function layNotice(
  { sql }: Inventory,
  incidentId: string,
  { id, name, addresses }: Recipient,
  channelId: string,
): Promise<string> {
  const rows = await sql.query<{ id: string }>(
    `INSERT INTO notice (id, incident_id, kind, step, round, recipient_id, channel_id, recipient_name, address, language,
       is_officer, village_code, until_acknowledged, decided_at, held_except, written_at)
     VALUES ($1, $2, 'opened', 0, 0, $3, $4, $5, $6, 'id', false, null, true, $7, '{}', $7) RETURNING id`,
    [randomUUID(), incidentId, id, channelId, name, addresses[0]?.to ?? '', new Date(NOON)],
  );
  return rows[0]?.id ?? '';
}

/** An incident of a cable that both regencies hang on, and on which both have worked. */
async function layShared(inventory: Inventory, sides: readonly Laid[]): Promise<string> {
  const { incidentLedger: ledger, incidents, statuses } = inventory;
  const deviceIds = sides.map(({ deviceId }) => deviceId ?? '');
  const outages: string[] = [];
  for (const deviceId of deviceIds) {
    const { outage } = await statuses.recordTransition({
      deviceId,
      state: 'down',
      previous: 'up',
      at: NOON,
      reason: 'timeout',
      lastSeenAt: NOON,
      memory: {},
      outage: { open: { startedAt: NOON - HOUR, detectedAt: NOON - HOUR + 10 * SECOND } },
    });
    outages.push(outage?.id ?? '');
  }
  const { id } = await ledger.alone(async (tx) => {
    // It hangs on the device of the other side.
    const root = { kind: 'device', deviceId: deviceIds[1] ?? '' } as const;
    const made = await ledger.open(tx, { root, startedAt: NOON - HOUR, openedAt: NOON - HOUR, regionCode: '16' });
    await ledger.place(tx, made.id, outages);
    await ledger.addEffects(tx, made.id, deviceIds);
    return made;
  });
  const [, other = {}] = sides;
  const said = { villageCode: other['code'], village: `Desa ${other['q']}`, question: 'lamp', answer: 'off' };
  const merged = { incidentId: other['incidentId'], number: 2, count: 1 };
  const evidence = JSON.stringify([{ kind: 'cuts-off', figure: 1, at: NOON, of: other['deviceId'] }]);
  await inventory.sql.run('UPDATE incident SET evidence = $2 WHERE id = $1', [id, evidence]);
  await incidents.append([
    { incidentId: id, at: NOON, kind: 'opened', accountId: null, data: { count: 2 } },
    { incidentId: id, at: NOON, kind: 'officer-answered', accountId: null, data: said },
    { incidentId: id, at: NOON, kind: 'absorbed', accountId: null, data: merged },
  ]);
  await photoOf(inventory, id, other['code'] ?? '');
  for (const { recipientId, channelId } of sides) {
    const told = recipientId === undefined ? null : await inventory.recipients.get(recipientId);
    if (told !== null) await layNotice(inventory, id, told, channelId ?? told.addresses[0]?.channelId ?? '');
  }
  return id;
}

/** Every id in the store, whatever table it is in; bytes of keys and tokens aside. */
async function idsOf({ sql }: Inventory): Promise<ReadonlySet<string>> {
  const columns = await sql.query<{ table: string; column: string }>(
    `SELECT c.table_name AS "table", c.column_name AS "column" FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.data_type = 'uuid'`,
  );
  const parts = columns.map(
    ({ table, column }) => `SELECT "${column}" AS id FROM "${table}" WHERE "${column}" IS NOT NULL`,
  );
  const rows = await sql.query<{ id: string }>(`SELECT DISTINCT id::text FROM (${parts.join(' UNION ALL ')}) ids`);
  return new Set(rows.map(({ id }) => id));
}
