import type { Refusal } from '../../../core/domain/portal/grant.ts';
import type { id } from './id.ts';

type Detail = { readonly opensAt?: number | undefined; readonly retryAfterMs?: number | undefined };

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

const refusals: Readonly<Record<Refusal, string | ((detail: Detail) => string)>> = {
  closed: ({ opensAt }) =>
    opensAt === undefined
      ? 'The Wi-Fi here is closed now. Please come back during opening hours.'
      : `The Wi-Fi here is closed now. It opens again at ${clock(opensAt)}.`,
  'day-time-used': 'Your time for today is used up. Please come back tomorrow.',
  'month-time-used': 'Your time for this month is used up. Please come back next month.',
  'day-data-used': 'Your data for today is used up. Please come back tomorrow.',
  'month-data-used': 'Your data for this month is used up. Please come back next month.',
  'too-many-devices': 'Too many devices are connected already. Log one of them out first.',
  'wrong-code': 'The code does not match. Check the digits and try again.',
  'voucher-expired': 'This voucher has expired. Ask the staff for a new one.',
  'voucher-void': 'This voucher was cancelled. Ask the staff for a new one.',
  'voucher-elsewhere': 'This voucher is for another place. Ask the staff for one that works here.',
  'wrong-password': 'The name or password does not match. Check them and try again.',
  pause: ({ retryAfterMs }) =>
    retryAfterMs === undefined
      ? 'Too many tries. Wait a moment, then try again.'
      : `Too many tries. Wait ${plural(Math.max(1, Math.ceil(retryAfterMs / 60_000)), 'minute')}, then try again.`,
  budget: 'No code can be sent today. Use another way to log in, or ask the staff.',
  'stale-page': 'This page was open for a long time. Press its button once more.',
  'not-offered': 'This way of logging in is not offered here. Choose another one.',
  'portal-off': 'The login page of this place is switched off. Please try again later, or ask the staff.',
};

export const en: typeof id = {
  locale: 'en-GB',
  otherLanguage: 'Indonesia',
  freeWifi: (place) => `Free Wi-Fi ${place}`,
  village: (name) => `${name} Village`,
  ward: (name) => `${name} Ward`,
  terms: 'By logging in you agree to these terms:',
  allTerms: 'Read all the terms',
  otherWay: (title) => `Log in by ${title}`,
  news: 'I also want to receive news from the local government (optional)',
  survey: (question) => `${question} (optional)`,
  openUntil: (minute) => `Open until ${clock(minute)}.`,
  familyDns: (name) => `This line uses a family filter: ${name}.`,
  provider: (province) => `Run by the Provincial Government of ${province}`,
  help: 'Help:',
  myData: 'My data',
  refusals,
  gatewayRefused: 'The last try did not succeed. Please press the button once more.',
  gatewayUnanswered: 'The Wi-Fi gateway got no answer from the server. Wait a moment, then press the button once more.',

  status: {
    online: 'You are connected',
    waiting: 'Connecting you',
    waitingText: 'Keep this page open. The Wi-Fi gateway opens the connection within seconds.',
    slow: 'The Wi-Fi gateway has not opened the connection. Reconnect your phone to the Wi-Fi, then log in once more.',
    over: 'The connection has ended',
    overText: 'Open the login page again to connect.',
    leftTitle: 'You are logged out',
    leftAtReentry:
      'The gateway here cannot be told from afar: the connection ends when its time is over at the latest.',
    since: 'Connected since',
    timeLeft: 'Time left',
    dataLeft: 'Data left',
    dataUsed: 'Data used',
    closes: 'Closes at',
    noLimit: 'no limit',
    usable: 'You can use the internet now. This page may be closed.',
    refresh: 'Refresh',
    logOut: 'Log out of the Wi-Fi',
    enterAgain: 'Log in again',
    line: {
      up: 'The internet line here is normal.',
      degraded: 'The internet line here is disturbed. The connection may be slow.',
      down: 'The internet line here is down. The technicians have been told.',
      unknown: 'The state of the internet line here is not known at the moment.',
    },
    lineSince: (moment) => `Since ${moment}.`,
    report: 'Report a problem',
    reportAsk: 'What happens?',
    reports: {
      slow: 'The internet is slow',
      dead: 'Connected, but the internet does not work',
      drops: 'The connection drops often',
      other: 'Another problem',
    },
    sendReport: 'Send the report',
    reported: 'Thank you, the staff have received your report.',
  },
  ago: (hours, mins) =>
    hours === 0 ? plural(mins, 'minute') : mins === 0 ? plural(hours, 'hour') : `${plural(hours, 'hour')} ${mins} min`,

  staleTitle: 'This page was open for a long time',
  stale: 'Open the login page again from the Wi-Fi here, then press its button.',
  staleAgain: 'The page was used already or was open for too long. Please press the button once more.',
  openAgain: 'Open the login page',
  noArrival: {
    title: 'No device is known yet',
    text: 'This page is opened by the Wi-Fi gateway. Connect your phone to the Wi-Fi here, then press the button below.',
    noButton: 'Connect your phone to the Wi-Fi here, then open any address that begins with http://',
  },
  loop: {
    title: 'The Wi-Fi gateway does not open the connection',
    text: 'You have logged in several times, but the gateway here keeps sending you back. This is not your fault.',
    todo: 'Switch the Wi-Fi of your phone off and on, then try once more. If it stays like this, tell the staff here.',
    again: 'Try once more',
  },
  off: { title: 'The login page is switched off' },
  closedTitle: 'The Wi-Fi is closed',
  gatewayAway: {
    title: 'The Wi-Fi gateway does not answer',
    text: 'Your consent is recorded, but the gateway here does not answer. Wait one minute, then try again.',
  },
  busy: {
    title: 'No service at the moment',
    text: 'Our records cannot be reached at the moment. Nothing is lost. Wait one minute, then try again.',
  },
  notFound: {
    title: 'There is no such page',
    text: 'This address is not known. To log in, connect your phone to the free Wi-Fi and open its login page.',
  },
  badRequest: {
    title: 'The form could not be read',
    text: 'What the page sent was not complete. Open the login page again, then try once more.',
  },
  landing: {
    title: 'Free Wi-Fi',
    text: 'This is the login page of the free Wi-Fi of the local government.',
    steps: [
      'Connect your phone to the free Wi-Fi at your place.',
      'The login page opens by itself. If it does not, open any address that begins with http://',
      'Read the terms, then press the button to log in.',
    ],
  },
};
