import { pino } from 'pino';

/** Fixed sentences with fields: `log.warn({ deviceId, code }, 'poll failed')`. */
export type Log = {
  debug(fields: object, sentence: string): void;
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
  child(fields: object): Log;
};

/** JSON lines on standard error; names that commonly hold secrets are blanked even where someone forgot `Secret`. */
export function createLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          'password',
          'community',
          'secret',
          'token',
          'authKey',
          'privKey',
          'secretKey',
          'cookie',
          'authorization',
          '*.password',
          '*.community',
          '*.secret',
          '*.token',
          '*.authKey',
          '*.privKey',
          '*.secretKey',
          '*.cookie',
          '*.authorization',
        ],
        censor: '[secret]',
      },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};
