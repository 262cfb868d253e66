import { type Static, Type } from 'typebox';
import { nullable, oneOf, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

export const LanguageText = oneOf(['id', 'en']);

const settings = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  maxProperties: 40,
  description: 'By the schema of the kind, see channelKinds of the catalogue',
});
const name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

/** A way for messages to leave: what is secret of its settings is named, never shown. */
export const Channel = Type.Object({
  id: Uuid,
  name: Type.String(),
  kind: Type.String(),
  enabled: Type.Boolean(),
  settings,
  secretsSet: Type.Array(Type.String()),
  /** Messages that wait for it, and those that were given up within a day. */
  waiting: Type.Integer(),
  failed: Type.Integer(),
});
export type Channel = Static<typeof Channel>;

/** How an attempt went: what the provider refused is an answer, not an error of the call. */
export const ChannelOutcome = Type.Object({
  ok: Type.Boolean(),
  /** How much could be checked without a message, where none was sent. */
  checked: nullable(oneOf(['answers', 'signed-in'])),
  /** The provider's own name for the message, where it gives one. */
  providerId: nullable(Type.String()),
  failure: nullable(Type.String()),
  detail: nullable(Type.String()),
  /** Whether the same may go well later. */
  mayPass: Type.Boolean(),
});
export type ChannelOutcome = Static<typeof ChannelOutcome>;

const Params = Type.Object({ channelId: Uuid });
/** Channels belong to no region: they are changed by an administrator of every region. */
const ADMIN = ['admin'] as const;

export const listChannels = {
  method: 'GET',
  url: '/api/v1/channels',
  summary: 'Channels by name, without their secrets',
  tag: 'notices',
  access: EDITORS,
  schema: { response: { 200: Type.Object({ items: Type.Array(Channel) }) } },
} as const satisfies Contract;

export const createChannel = {
  method: 'POST',
  url: '/api/v1/channels',
  summary: 'Set up a channel; its settings are stored encrypted',
  tag: 'notices',
  access: ADMIN,
  schema: {
    body: Type.Object({
      name,
      kind: Type.String({ minLength: 1, maxLength: 60 }),
      settings,
      enabled: Type.Optional(Type.Boolean()),
    }),
    response: { 201: Channel },
  },
} as const satisfies Contract;

export const updateChannel = {
  method: 'PATCH',
  url: '/api/v1/channels/:channelId',
  summary: 'Change a channel; a secret that is not named stays as it is, one that is null goes',
  tag: 'notices',
  access: ADMIN,
  schema: {
    params: Params,
    body: Type.Object({
      name: Type.Optional(name),
      enabled: Type.Optional(Type.Boolean()),
      settings: Type.Optional(settings),
    }),
    response: { 200: Channel },
  },
} as const satisfies Contract;

export const deleteChannel = {
  method: 'DELETE',
  url: '/api/v1/channels/:channelId',
  summary: 'Remove a channel that no message waits for, with what it sent',
  tag: 'notices',
  access: ADMIN,
  schema: { params: Params, response: { 204: Type.Null() } },
} as const satisfies Contract;

export const checkChannel = {
  method: 'POST',
  url: '/api/v1/channels/:channelId/check',
  summary: 'Look whether the provider answers, without a message',
  tag: 'notices',
  access: ADMIN,
  schema: { params: Params, response: { 200: ChannelOutcome } },
} as const satisfies Contract;

export const testChannel = {
  method: 'POST',
  url: '/api/v1/channels/:channelId/test',
  summary: 'Send a test message at once',
  tag: 'notices',
  access: ADMIN,
  schema: {
    params: Params,
    body: Type.Object({
      to: Type.String({ minLength: 1, maxLength: 320 }),
      language: Type.Optional(LanguageText),
    }),
    response: { 200: ChannelOutcome },
  },
} as const satisfies Contract;
