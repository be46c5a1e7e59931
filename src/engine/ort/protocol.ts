/** What crosses between the client and onnxruntime-web's worker. Values travel by transfer, both ways. */
import type { Results, TrainResult } from '../backend';
import type { Graph, StepGraph } from '../graph/graph';
import type { Build } from './choose-build';
import type { OrtErrorCode } from './errors';
import type { OrtLevel } from './local-backend';

/** Sessions a level keeps in the worker; the client forgets graphs at the same number. */
export const SESSION_CAPACITY = 16;

/** Sends a graph once and speaks of it by number from then on. */
export type GraphRequest =
  | { readonly kind: 'define'; readonly graph: number; readonly definition: Graph | StepGraph }
  | { readonly kind: 'forget'; readonly graph: number };

/** Answered under the same `id`. */
export type Request =
  /** Loads the build for this level; the first request of all, and the only one of its kind. */
  StartRequest | RunRequest | TrainRequest;

export interface StartRequest {
  readonly kind: 'start';
  readonly id: number;
  readonly level: OrtLevel;
  /** Held while the worker lives. */
  readonly lock: string;
}

export interface RunRequest {
  readonly kind: 'run';
  readonly id: number;
  readonly level: OrtLevel;
  readonly graph: number;
  readonly feeds: Results;
  readonly outputs: readonly string[];
}

export interface TrainRequest {
  readonly kind: 'train';
  readonly id: number;
  readonly level: OrtLevel;
  readonly graph: number;
  readonly state: Results;
  readonly perStep: Results;
  readonly shared: Results;
  readonly steps: number;
}

export type Answer =
  | { readonly kind: 'started'; readonly id: number; readonly build: Build }
  | { readonly kind: 'results'; readonly id: number; readonly results: Results }
  | { readonly kind: 'trained'; readonly id: number; readonly result: TrainResult }
  | { readonly kind: 'failed'; readonly id: number; readonly code: OrtErrorCode; readonly message: string };

/** What the worker says by itself. */
export type News =
  | { readonly kind: 'progress'; readonly loaded: number; readonly total: number }
  /** The GPU is gone; nothing more will be answered. */
  | { readonly kind: 'lost'; readonly message: string };

/** The memory of these values, for a message's transfer list. */
export function memoryOf(...groups: readonly Results[]): ArrayBuffer[] {
  const buffers = groups.flatMap((group) =>
    [...group.values()].map((values) => values.buffer as ArrayBuffer),
  );
  return [...new Set(buffers)];
}
