import type { LinkHealthView, ListedLink } from '../../../core/contract/links.ts';
import { type LinkFacts, linkHealth } from '../../../core/domain/link-health.ts';
import { limitsOf, opticsClassOf } from '../../../core/domain/optics.ts';
import type { StubProvince } from './stub-province.ts';

const KIND = opticsClassOf(1e9, []);
const power = (side: 'rx' | 'tx', dbm: number) => ({ dbm, limits: limitsOf(undefined, KIND, side) });
type Measured = Omit<LinkFacts, 'rxChangeDb' | 'busyIn' | 'busyOut'> & Pick<LinkHealthView, 'rxChange' | 'in' | 'out'>;

const GOOD: Measured = {
  operStatus: 'up',
  rx: power('rx', -11.2),
  tx: power('tx', -5.3),
  rxChange: { db: 0.1, days: 6.3 },
  in: { bps: 41.6e6, share: 0.416 },
  out: { bps: 7.2e6, share: 0.072 },
  errors: { perSecond: 0, perMillion: 0 },
  discards: { perSecond: 0.002, perMillion: 0.28 },
};
const NOTHING: Measured = {
  operStatus: null,
  rx: null,
  tx: null,
  rxChange: null,
  in: null,
  out: null,
  errors: null,
  discards: null,
};
/** One of each kind, in turn. */
const CASES: readonly Measured[] = [
  GOOD,
  { ...GOOD, rx: power('rx', -14.6), rxChange: { db: -2.3, days: 6.4 }, in: { bps: 84e6, share: 0.84 } },
  {
    ...GOOD,
    rx: power('rx', -21.4),
    tx: { dbm: -6.1, limits: { low: -9, lowWarning: -8, highWarning: -3.5, high: -3, standard: null } },
    rxChange: { db: -7.9, days: 6.4 },
    errors: { perSecond: 31, perMillion: 2_380 },
    discards: { perSecond: 0, perMillion: 0 },
  },
  NOTHING,
  { ...GOOD, rx: null, tx: null, rxChange: null },
];

/** A link of every agency and village router to where it hangs on. */
export function stubLinks(province: StubProvince): readonly ListedLink[] {
  return province.devices
    .filter(({ kind, parent }) => kind === 'router' && parent !== null)
    .map((device): ListedLink => {
      const above = province.devices.find(({ id }) => id === device.parent);
      return {
        id: device.id.replace(/^0{8}/, '11111111'),
        code: `link-${device.code}`,
        name: `${device.siteName} – ${above?.siteName ?? 'Internet'}`,
        medium: 'fibre',
        fromSiteId: device.siteId,
        isWhole: true,
        fromSiteName: device.siteName,
        toSiteId: above?.siteId ?? null,
        toSiteName: above?.siteName ?? null,
        deviceId: device.id,
        ifIndex: 1,
        provider: 'Serat Optik Sriwijaya',
        contractMbps: 100,
        slaPercent: 99.5,
        contractFrom: null,
        contractTo: null,
        state: device.state,
        since: device.since,
        health: judged(caseOf(province, device.id)).health,
        load: caseOf(province, device.id).in ?? null,
      };
    });
}

export function stubLinkHealth(province: StubProvince, linkId: string): LinkHealthView | null {
  const link = stubLinks(province).find(({ id }) => id === linkId);
  if (link === undefined) return null;
  const measured = caseOf(province, link.deviceId ?? '');
  return { linkId, ...judged(measured), ...measured, asOf: Date.now() };
}

/** Agencies show one of each; elsewhere all is well. */
function caseOf(province: StubProvince, deviceId: string): Measured {
  const agencies = province.devices.filter(({ siteKind }) => siteKind === 'agency');
  const at = agencies.findIndex(({ id }) => id === deviceId);
  return CASES[at % CASES.length] ?? GOOD;
}

function judged(measured: Measured): Pick<LinkHealthView, 'health' | 'reasons'> {
  const { health, reasons } = linkHealth({
    ...measured,
    rxChangeDb: measured.rxChange?.db ?? null,
    busyIn: measured.in?.share ?? null,
    busyOut: measured.out?.share ?? null,
  });
  return { health, reasons: [...reasons] };
}
