/** How the person likes the page: kept between visits, overridden by the address (`?lang=en&theme=dark`). */
import type { Edge } from './edge';

export type Language = 'zh' | 'en';
export type Theme = 'light' | 'dark' | 'projector';

export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  /** Whether single letters (T) are shortcuts. */
  readonly shortcuts: boolean;
}

const KEY = 'matchbook.settings';
const languages: readonly Language[] = ['zh', 'en'];
const themes: readonly Theme[] = ['light', 'dark', 'projector'];

/** Kept settings that are still valid, the address first. */
export function readSettings(edge: Edge, query: URLSearchParams, prefersDark: boolean): Settings {
  const kept = parse(edge.recall(KEY));
  return {
    language:
      oneOf(languages, query.get('lang')) ??
      oneOf(languages, kept.language) ??
      (edge.languages()[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en'),
    theme: oneOf(themes, query.get('theme')) ?? oneOf(themes, kept.theme) ?? (prefersDark ? 'dark' : 'light'),
    shortcuts: typeof kept.shortcuts === 'boolean' ? kept.shortcuts : true,
  };
}

export function keepSettings(edge: Edge, settings: Settings): void {
  edge.keep(KEY, JSON.stringify(settings));
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((one) => one === value);
}
