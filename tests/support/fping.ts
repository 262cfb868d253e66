import { program } from './program.ts';

/** Path of Debian's fping. @throws where it is missing */
export const fping = (): string => program('fping', 'fping');
