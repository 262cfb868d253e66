import type {
  AffectedSite,
  EvidenceItem,
  Incident,
  IncidentDetail,
  TimelineEvent,
} from '../../../core/contract/incidents.ts';
import type { Outage } from '../../../core/contract/outages.ts';
import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { CAUSES, type Cause } from '../../../core/domain/incident.ts';
import type { StubProvince } from './stub-province.ts';

export const STUB_PEOPLE = [
  { id: '00000000-0000-4000-8000-0000000000aa', name: 'Sri Wahyuni' },
  { id: '00000000-0000-4000-8000-0000000000ac', name: 'Agus Salim' },
] as const;
const ME = STUB_PEOPLE[0].name;

type Work = {
  acknowledged: Incident['acknowledged'];
  assignee: Incident['assignee'];
  resolved: Incident['resolved'];
  corrected: Cause | null;
  readonly events: TimelineEvent[];
};

/** Incidents over the outages of a province in memory: those of one place within minutes are one. */
export class StubIncidents {
  private readonly province: StubProvince;
  private readonly work = new Map<string, Work>();
  /** Outages that people put into another incident than the one they would be in. */
  private readonly moved = new Map<string, string>();

  constructor(province: StubProvince) {
    this.province = province;
  }

  private groups(): ReadonlyMap<string, readonly Outage[]> {
    const idByKey = new Map<string, string>();
    const groups = new Map<string, Outage[]>();
    for (const outage of this.province.outages) {
      const key = `${outage.regionCode} ${Math.floor(outage.startedAt / (3 * MINUTE))} ${outage.endedAt === null}`;
      const usual = idByKey.get(key) ?? `3${outage.id.slice(1)}`;
      idByKey.set(key, usual);
      const id = this.moved.get(outage.id) ?? usual;
      groups.set(id, [...(groups.get(id) ?? []), outage]);
    }
    return groups;
  }

  /** Where its devices stand. */
  sites(id: string): readonly AffectedSite[] {
    const sites = new Map<string, AffectedSite>();
    for (const { siteId, siteName, siteKind, regionCode, place, endedAt } of this.groups().get(id) ?? []) {
      const known = sites.get(siteId) ?? { siteId, siteName, siteKind, regionCode, place, devices: 0, openOutages: 0 };
      const openOutages = known.openOutages + Number(endedAt === null);
      sites.set(siteId, { ...known, devices: known.devices + 1, openOutages });
    }
    return [...sites.values()];
  }

  private workOn(id: string): Work {
    const known = this.work.get(id);
    if (known !== undefined) return known;
    const fresh: Work = { acknowledged: null, assignee: null, resolved: null, corrected: null, events: [] };
    this.work.set(id, fresh);
    return fresh;
  }

  private incident(id: string, outages: readonly Outage[]): Incident {
    const [first] = outages;
    if (first === undefined) throw new Error('an incident without outages');
    const number = Number.parseInt(id.slice(-6), 16);
    const { corrected, events: _, ...work } = this.workOn(id);
    const isOpen = outages.some(({ endedAt }) => endedAt === null);
    const endedAt = isOpen ? null : Math.max(...outages.map((outage) => outage.endedAt ?? 0));
    const guess = CAUSES[number % 4] ?? 'unknown';
    const { deviceId, deviceName, siteId, siteName, regionCode, place } = first;
    const villages = new Set(
      outages.filter(({ siteKind }) => siteKind.startsWith('village')).map((one) => one.regionCode),
    );
    return {
      id,
      number,
      startedAt: Math.min(...outages.map(({ startedAt }) => startedAt)),
      endedAt,
      openedAt: first.detectedAt,
      closedAt: endedAt === null ? null : endedAt + 30 * SECOND,
      rootKind: outages.length > 1 ? 'place' : 'device',
      root: { deviceId, deviceName, siteId, siteName, regionCode, place },
      regionCode,
      cause: corrected ?? guess,
      confidence: corrected === null ? 0.55 + (number % 5) / 12 : 1,
      guessedCause: corrected === null ? null : guess,
      isFlapping: number % 9 === 4,
      ...work,
      mergedInto: null,
      effect: {
        devices: outages.length,
        sites: new Set(outages.map((outage) => outage.siteId)).size,
        villages: villages.size,
        agencies: outages.filter(({ siteKind }) => siteKind === 'agency').length,
        population: villages.size * 2_140,
      },
      openOutages: outages.filter((outage) => outage.endedAt === null).length,
    };
  }

  all(): readonly Incident[] {
    return [...this.groups()]
      .map(([id, outages]) => this.incident(id, outages))
      .sort((a, b) => b.effect.devices - a.effect.devices || b.startedAt - a.startedAt);
  }

  detail(id: string): IncidentDetail | null {
    const outages = this.groups().get(id);
    if (outages === undefined) return null;
    const incident = this.incident(id, outages);
    const system = (eventId: number, at: number, kind: TimelineEvent['kind'], cause: Cause | null): TimelineEvent => ({
      id: eventId,
      at,
      kind,
      by: null,
      text: null,
      cause,
      count: kind === 'opened' ? outages.length : null,
      incident: null,
      officer: null,
      photoId: null,
    });
    const { openedAt, closedAt, startedAt } = incident;
    const evidence: EvidenceItem[] = [
      { kind: 'mains-off', figure: 0, unit: 'V', at: startedAt, of: 'Kotak daya' },
      { kind: 'neighbours-down', figure: 3, unit: 'devices', at: startedAt, of: null },
      { kind: 'signal-fell', figure: 7.4, unit: 'dB', at: startedAt - MINUTE, of: incident.root?.deviceName ?? null },
    ];
    return {
      ...incident,
      evidence,
      timeline: [
        system(1, openedAt, 'opened', null),
        system(2, openedAt + MINUTE, 'cause-found', incident.guessedCause ?? incident.cause),
        ...this.workOn(id).events,
        ...(closedAt === null ? [] : [system(99, closedAt, 'closed', null)]),
      ],
      outages: [...outages],
      outageCount: outages.length,
      isMine: true,
    };
  }

  /** What a person did. @returns null where there is no such incident, or the verb is none */
  act(id: string, verb: string, body: Readonly<Record<string, unknown>>): IncidentDetail | null {
    const incident = this.detail(id);
    if (incident === null) return null;
    const work = this.workOn(id);
    const at = Date.now();
    const event = (kind: TimelineEvent['kind'], more: Partial<TimelineEvent> = {}): void => {
      const base = {
        at,
        kind,
        by: ME,
        text: null,
        cause: null,
        count: null,
        incident: null,
        officer: null,
        photoId: null,
      };
      work.events.push({ ...base, id: 10 + work.events.length, ...more });
    };
    if (verb === 'acknowledge') {
      work.acknowledged ??= { at, by: ME };
      event('acknowledged');
    } else if (verb === 'unacknowledge') {
      work.acknowledged = null;
      event('unacknowledged');
    } else if (verb === 'assign') {
      work.assignee = STUB_PEOPLE.find((person) => person.id === body['accountId']) ?? null;
      event('assigned', { text: work.assignee?.name ?? null });
    } else if (verb === 'merge') {
      const others = textsOf(body['incidentIds']);
      for (const other of others)
        for (const { id: moved } of this.detail(other)?.outages ?? []) this.moved.set(moved, id);
      event('merged', { count: others.length });
    } else if (verb === 'split') {
      const outageIds = textsOf(body['outageIds']);
      const made = `4${outageIds[0]?.slice(1) ?? ''}`;
      for (const outageId of outageIds) this.moved.set(outageId, made);
      event('split', { count: outageIds.length });
      return this.detail(made);
    } else if (verb === 'comments') event('commented', { text: String(body['text']) });
    else if (verb === 'resolve') {
      const cause = CAUSES.find((known) => known === body['cause']) ?? 'unknown';
      work.corrected = cause;
      work.resolved = { at, by: ME };
      event('resolved', { cause, text: typeof body['note'] === 'string' ? body['note'] : null });
    } else return null;
    return this.detail(id);
  }
}

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
