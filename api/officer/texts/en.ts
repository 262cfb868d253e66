import type { OfficerTexts } from './id.ts';

const counted = (count: string, one: string): string => `${count} ${one}${count === '1' ? '' : 's'}`;

export const en: OfficerTexts = {
  locale: 'en-GB',
  title: (place) => `Wi-Fi ${place}`,
  village: (name) => `${name} village`,
  ward: (name) => `${name} ward`,
  otherLanguage: 'Bahasa Indonesia',
  state: { up: 'normal', degraded: 'degraded', down: 'down', unknown: 'not known' },
  since: (moment, lasting) => `since ${moment} (${lasting})`,
  step: (step, of) => `Step ${step} of ${of}`,
  lamp: {
    ask: 'Is a lamp of the Wi-Fi box lit?',
    hint: 'Look at the Wi-Fi box on the wall or the table.',
    answers: { on: 'Yes, it is lit', off: 'No, it is dark', unsure: 'I do not know' },
    short: 'Lamp of the box',
  },
  plug: {
    ask: 'Is its power cable plugged in?',
    hint: 'Follow the cable from the box to the socket.',
    answers: {
      in: 'Yes, plugged in',
      out: 'Not plugged in',
      'no-power': 'The village has no power',
      unsure: 'I do not know',
    },
    short: 'Power cable',
  },
  photo: {
    ask: 'Send a photo of the box',
    hint: 'The box and its lamps. Where it was taken and by which phone is not kept.',
    take: 'Take a photo',
    send: 'Send the photo',
    sending: 'Sending the photo…',
    skip: 'Skip, finish',
    short: 'Photo',
    sent: (count) => `${count} sent`,
    more: 'Send another photo',
  },
  done: {
    title: 'Thank you, your answers are kept',
    change: 'change',
    yourAnswers: 'Your answers',
    refresh: 'This page renews itself every minute.',
  },
  advice: {
    'plug-in': 'Plug the cable in again. The Wi-Fi comes back by itself within 5 minutes of the lamp being lit.',
    'wait-for-power': 'The Wi-Fi comes back by itself with the electricity. There is nothing to do.',
    'try-socket': 'Try another socket if there is one. The technicians have your answer.',
    'leave-it': 'The box has power, so the fault is on the line. Leave it on. The technicians have your answer.',
    wait: 'The technicians have your answer and look from afar.',
  },
  handled: 'Somebody is working on it.',
  over: { title: 'The Wi-Fi is back', text: 'There is nothing left to do. Thank you for helping.' },
  closed: {
    title: 'This outage is over',
    text: 'If the Wi-Fi is down again, open the link in the latest message.',
  },
  downAgain: {
    title: 'The Wi-Fi is down again',
    text: 'The outage of this message is over. This is another one: open the link in the latest message.',
  },
  planned: {
    title: 'Maintenance is under way',
    text: 'This work was planned. There is nothing to do: the Wi-Fi comes back when it is done.',
  },
  call: (phone) => `Call ${phone}`,
  noPhone: 'If you still need help, ask whoever sent you the message.',
  problem: {
    expired: {
      title: 'This link has run out',
      text: 'A link works for 7 days. If the Wi-Fi is still down, open the link in the latest message.',
    },
    wrong: {
      title: 'This link is not known',
      text: 'It may have been cut off when it was copied. Open it again from the message itself.',
    },
    unset: {
      title: 'This page is not switched on yet',
      text: 'Answers cannot be taken here yet. Call, or answer the message instead.',
    },
    often: {
      title: 'Wait a few minutes',
      text: 'This page was opened too often. What you answered is kept.',
    },
    'too-many-photos': {
      title: 'There are enough photos',
      text: 'The photos before were received. There is no need to send more.',
    },
    'photo-too-large': {
      title: 'The photo is too large',
      text: 'A photo may have 8 MB. Take a smaller one, or skip it.',
    },
    'photo-unreadable': {
      title: 'The photo cannot be read',
      text: 'What was sent is no photo, or was cut off on the way. Take it once more, or skip it.',
    },
    failed: {
      title: 'Not kept yet',
      text: 'Something went wrong at the centre. What you answered before is kept. Try again in a moment.',
    },
  },
  again: 'Try again',
  time: {
    lessThanMinute: 'less than a minute',
    minute: (count) => counted(count, 'minute'),
    hour: (count) => counted(count, 'hour'),
    day: (count) => counted(count, 'day'),
  },
};
