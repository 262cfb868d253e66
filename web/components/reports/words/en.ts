import type { ReportWords } from './id.ts';

export const en: ReportWords = {
  title: 'Reports of citizens and officers',
  people: (count) => `${count} citizens reported within the last hour`,
  kind: { slow: 'slow internet', dead: 'no Wi-Fi', drops: 'broken connections', other: 'another problem' },
  last: 'last',
  attention: (count) =>
    `${count} citizens report trouble although the equipment seems to work. Look at the line, its load and the login page.`,
  officer: 'Village officer',
  officerKind: {
    dead: 'Wi-Fi is off',
    slow: 'slow internet',
    'no-login': 'people cannot sign in',
    damaged: 'equipment broken or missing',
    other: 'another problem',
  },
  photo: 'See the photo',
  incident: 'See the incident',
  attentionTitle: (count) => `${count} sites reported by citizens with no device down`,
};
