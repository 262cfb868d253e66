import { AGENCY_BRANCHES, PLANNED_AGENCIES } from './facts/agencies.ts';
import { DATA_CENTRE, POPS, SHELTERS } from './facts/places-of-work.ts';
import { VILLAGES } from './facts/villages.ts';
import { deviceSeed } from './model/load.ts';
import { labUuid } from './model/noise.ts';

/** What stands beside the network: no traffic flows through it, and no site's state follows from it. */
export type LabThing = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly siteCode: string;
  /** What it is reached through. */
  readonly parentCodes: readonly string[];
  readonly seed: number;
} & (
  | { readonly kind: 'power-box'; readonly protocol: 'mqtt'; readonly topic: string }
  | { readonly kind: 'camera'; readonly protocol: 'rtsp'; readonly path: string; readonly needsPassword: boolean }
  | { readonly kind: 'web-site'; readonly protocol: 'http'; readonly path: string; readonly title: string }
);

const CORE = `${DATA_CENTRE.code}-core`;
const SWITCH = `${DATA_CENTRE.code}-sw1`;
const STREAM = '/Streaming/Channels/101';
/** Seen by whoever stands there, so that a wrong password is none of the lab's usual faults. */
const VIEWS: Readonly<Record<string, readonly string[]>> = {
  [DATA_CENTRE.code]: ['ruang server', 'ruang daya', 'pintu masuk', 'halaman'],
  [SHELTERS[0]?.code ?? '']: ['tempat duduk', 'jalan', 'tiang', 'parkir'],
  [SHELTERS[1]?.code ?? '']: ['tempat duduk', 'jalan', 'tiang', 'parkir'],
};
const POPS_WITH_CAMERA = 5;

const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
const agencySite = (name: string): string => `opd-${slug(name)}`;

/** A power box for each village, 36 cameras, and the web sites of all 55 agencies. */
export function labThings(seed: number): readonly LabThing[] {
  return [...powerBoxes(seed), ...cameras(seed), ...webSites(seed)];
}

function powerBoxes(seed: number): LabThing[] {
  return VILLAGES.map((village): LabThing => {
    const siteCode = `${village.code}-office`;
    const code = `${siteCode}-daya`;
    return {
      ...named(seed, code, `Kotak daya ${village.name}`, siteCode, [`${siteCode}-ap`]),
      kind: 'power-box',
      protocol: 'mqtt',
      topic: `simpul/${village.code}/daya`,
    };
  });
}

function cameras(seed: number): LabThing[] {
  const places = [DATA_CENTRE, ...SHELTERS].flatMap(({ code, name }) =>
    (VIEWS[code] ?? []).map((view) => ({
      siteCode: code,
      name: `Kamera ${view}, ${name}`,
      parentCode: code === DATA_CENTRE.code ? SWITCH : `${code}-ap`,
    })),
  );
  const agencies = AGENCY_BRANCHES.flatMap((branch) => branch.agencies).map((name) => ({
    siteCode: agencySite(name),
    name: `Kamera pintu masuk, ${name}`,
    parentCode: `${agencySite(name)}-r1`,
  }));
  const pops = POPS.slice(0, POPS_WITH_CAMERA).map(({ code, name }) => ({
    siteCode: code,
    name: `Kamera ${name}`,
    parentCode: `${code}-r1`,
  }));
  return [...places, ...agencies, ...pops].map(({ siteCode, name, parentCode }, index): LabThing => {
    const ofSite = [...places, ...agencies, ...pops].slice(0, index).filter((one) => one.siteCode === siteCode).length;
    return {
      ...named(seed, `${siteCode}-cam${ofSite + 1}`, name, siteCode, [parentCode]),
      kind: 'camera',
      protocol: 'rtsp',
      path: STREAM,
      needsPassword: index % 2 === 0,
    };
  });
}

/** Those of agencies that are not connected yet are watched where they are hosted: in the data centre. */
function webSites(seed: number): LabThing[] {
  const connected = AGENCY_BRANCHES.flatMap((branch) => branch.agencies);
  return [...connected, ...PLANNED_AGENCIES].map((name): LabThing => {
    const siteCode = connected.includes(name) ? agencySite(name) : DATA_CENTRE.code;
    return {
      ...named(seed, `web-${slug(name)}`, `Situs ${name}`, siteCode, [CORE]),
      kind: 'web-site',
      protocol: 'http',
      path: `/${slug(name)}/`,
      title: name,
    };
  });
}

const named = (seed: number, code: string, name: string, siteCode: string, parentCodes: readonly string[]) => ({
  id: labUuid(`device ${code}`),
  code,
  name,
  siteCode,
  parentCodes,
  seed: deviceSeed(seed, code),
});
