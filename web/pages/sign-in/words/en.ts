import type { SignInDictionary } from './id.ts';

export const en: SignInDictionary = {
  with: (name) => `Sign in with ${name}`,
  or: 'or',
  wrong: {
    'provider-off': 'Signing in at an identity provider is not set up. Use account name and password.',
    'provider-away': 'The identity provider does not answer. Try again in a moment, or use account name and password.',
    'provider-refused': 'The identity provider refused, or it took too long. Start again from its button.',
    'provider-stranger':
      'Your identity has no account in Simpul yet. Ask an administrator to put your e-mail address on an account.',
  },
  code: {
    title: 'Second step',
    text: 'Open the authenticator app on your phone and type the six digits for Simpul.',
    label: 'Six-digit code',
    submit: 'Check and sign in',
    wrong: 'The code does not match, was used, or is over. Wait for the next one and type it.',
    tooMany: 'Too many wrong codes. Wait 15 minutes, then try again.',
    over: 'The time for the second step is over. Sign in from the start.',
    recovery: 'Phone lost? Use a recovery code',
    recoveryLabel: 'Recovery code',
    recoveryText: 'Type one of the codes you kept. None left? Ask an administrator to take the second step off.',
    useApp: 'Use the code from the phone',
  },
  enrol: {
    title: 'Set up the second step',
    text: 'This account must use a code from a phone beside its password. Set it up once; then you are in.',
  },
  restart: 'Sign in with another account',
  link: {
    title: 'Set a password',
    for: (name) => `For the account ${name}.`,
    until: (when) => `This link works once, until ${when}.`,
    password: 'New password',
    hint: 'At least 10 characters. A few unrelated words are easy to remember and hard to guess.',
    submit: 'Save the password',
    gone: 'This link was used, replaced, or is older than 24 hours.',
    goneText: 'Ask the administrator of Simpul for a new one. The old password still holds.',
    done: 'The password is saved.',
    doneText: 'Every old session of this account has ended. Sign in with the new password.',
    signIn: 'Sign in',
  },
};
