import type { TargetDictionary } from './id.ts';

export const en: TargetDictionary = {
  find: 'Type a name, code or address',
  kind: { device: 'Device', site: 'Site', region: 'Region', link: 'Link' },
  remove: (name) => `Remove ${name} from the choice`,
};
