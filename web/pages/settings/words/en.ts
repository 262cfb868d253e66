import type { ReportSettingsDictionary } from './id.ts';

export const en: ReportSettingsDictionary = {
  tab: "Citizens' reports",
  title: "When citizens' reports ask for a look",
  hint: 'Citizens report on the Wi-Fi page. One device counts as one person. Sites already known to be down are not counted.',
  people: 'People',
  minutes: 'Within',
  minuteUnit: 'minutes',
  sentence: (people, minutes) =>
    `A site asks for a look when ${people} people or more report within ${minutes} minutes.`,
  saved: 'Saved. It holds from the next report on.',
  onlyAdmin: 'It holds for every region, so only an admin of every region may change it.',
};
