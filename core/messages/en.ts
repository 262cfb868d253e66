import type { Dictionary } from './id.ts';

const counted = (count: string, one: string, many: string): string => `${count} ${count === '1' ? one : many}`;

export const en: Dictionary = {
  locale: 'en-GB',
  state: { down: 'Down', degraded: 'Degraded', flapping: 'Unstable' },
  cause: {
    power: 'power cut',
    uplink: 'uplink down',
    'shared-segment': 'shared segment down',
    device: 'device fault',
    'collector-blind': 'the monitor cannot see',
    planned: 'planned work',
    unknown: 'not known yet',
  },
  recovered: 'Recovered',
  escalated: 'Not recovered',
  since: (moment) => `Since ${moment}.`,
  place: (place) => `Place: ${place}.`,
  presumed: (cause, confidence) =>
    `Presumed cause: ${cause}${confidence === null ? '' : ` (confidence ${confidence})`}.`,
  presumedShort: (cause) => `Presumed: ${cause}.`,
  affected: (sites, devices) =>
    `Affected: ${counted(sites, 'site', 'sites')}, ${counted(devices, 'device', 'devices')}.`,
  affectedShort: (sites) => `${counted(sites, 'site', 'sites')} affected.`,
  recoveredAt: (moment, lasting) => `Recovered ${moment} after ${lasting}.`,
  recoveredAfter: (lasting) => `Recovered after ${lasting}.`,
  notAcknowledged: (lasting) => `It has lasted ${lasting} and nobody is on it.`,
  acknowledged: (lasting, who) => `It has lasted ${lasting}; ${who} is on it, not recovered.`,
  step: (step) => `Escalation step ${step}.`,
  open: 'Open',
  officer: 'Please look: is the lamp on, and is it plugged in? Answer by this link, three taps are enough.',
  officerShort: 'Please look and answer:',
  test: {
    subject: 'Test message from Simpul',
    text: (channel, moment) =>
      `The channel "${channel}" works: this message was sent ${moment}. There is nothing to do.`,
    short: (moment) => `Test message from Simpul, ${moment}.`,
  },
  time: {
    lessThanMinute: 'less than a minute',
    minute: (count) => counted(count, 'minute', 'minutes'),
    hour: (count) => counted(count, 'hour', 'hours'),
    day: (count) => counted(count, 'day', 'days'),
  },
};
