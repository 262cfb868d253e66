import { eatonDcProfile } from '../readings/eaton-sc.ts';

/** Eaton's controller SC200 of DC power systems. */
export const profile = eatonDcProfile('eaton-sc200', '1.3.6.1.4.1.1918.2.13');
