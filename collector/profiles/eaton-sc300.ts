import { eatonDcProfile } from '../readings/eaton-sc.ts';

/** Eaton's controller SC300 of DC power systems. */
export const profile = eatonDcProfile('eaton-sc300', '1.3.6.1.4.1.1918.2.14');
