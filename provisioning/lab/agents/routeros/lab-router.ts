import type { DeviceState } from '../device-state.ts';
import type { Menus } from './menus/menu.ts';
import { peopleMenus } from './menus/people.ts';
import { portMenus } from './menus/ports.ts';
import { radioMenus } from './menus/radios.ts';
import { systemMenus } from './menus/system.ts';
import type { RouterModel } from './model.ts';

/** Who may sign in to every lab router: they listen on loopback alone. */
export const LAB_ROUTEROS_USER = 'simpul';
export const LAB_ROUTEROS_PASSWORD = 'simpul-lab';

const MENUS: Menus = { ...systemMenus, ...portMenus, ...radioMenus, ...peopleMenus };

/** A device of the lab as its RouterOS API shows it: the same figures as its SNMP agent gives. */
export function labRouter(state: DeviceState): RouterModel {
  return {
    user: LAB_ROUTEROS_USER,
    password: LAB_ROUTEROS_PASSWORD,
    login: 'plain',
    saysEmpty: true,
    table: (path, at) => MENUS[path]?.(state, at) ?? null,
  };
}
