import type { DeviceLife } from '../model/traffic.ts';
import type { LabDevice } from '../network-builder.ts';
import type { LabThing } from '../things.ts';

/** What the lab tells the process that plays its agents. */
export type AgentOrder =
  | {
      readonly type: 'add';
      readonly device: LabDevice | LabThing;
      readonly life: DeviceLife;
      readonly port: number;
      readonly isSilent: boolean;
      /** Where power boxes publish; null: nowhere. */
      readonly brokerUrl: string | null;
    }
  | { readonly type: 'silence' | 'open'; readonly code: string }
  | { readonly type: 'slow'; readonly code: string; readonly extraMs: number }
  | { readonly type: 'mains'; readonly code: string; readonly isThere: boolean }
  | { readonly type: 'life'; readonly code: string; readonly life: DeviceLife };

/** Orders are numbered. Each gets one answer; several come in one message. */
export type AgentMessage =
  | { readonly type: 'begin'; readonly clockOffsetMs: number }
  | { readonly type: 'orders'; readonly orders: readonly { readonly id: number; readonly order: AgentOrder }[] };
export type AgentReply = { readonly id: number; readonly port?: number; readonly error?: string };
