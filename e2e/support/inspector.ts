/** The inspector as a learner handles it: by the words on it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { type LanguageName, languages } from './notebook';

export class Inspector {
  readonly page: Page;
  readonly words: (typeof languages)[LanguageName]['inspect'];

  constructor(page: Page, language: LanguageName) {
    this.page = page;
    this.words = languages[language].inspect;
  }

  static async open(page: Page, language: LanguageName = 'en', query = ''): Promise<Inspector> {
    const inspector = new Inspector(page, language);
    await page.goto(`?lang=${language}${query}#/inspect`);
    await page.getByRole('heading', { name: inspector.words.question }).waitFor();
    return inspector;
  }

  /** Uploads a file and waits until it is shown. */
  async show(path: string): Promise<void> {
    await this.page.locator('input[type=file]').first().setInputFiles(path);
    await this.sentence.waitFor();
    await this.page
      .getByText(path.split('/').at(-1) ?? '', { exact: true })
      .first()
      .waitFor();
  }

  async showMade(name: string, buffer: Buffer): Promise<void> {
    const file = { name, mimeType: 'application/octet-stream', buffer };
    await this.page.locator('input[type=file]').first().setInputFiles(file);
    await this.part('keys').waitFor();
  }

  /** The verdict. */
  get sentence(): Locator {
    return this.page.locator('#inspect-verdict h1');
  }

  get verdict(): Locator {
    return this.page.locator('#inspect-verdict');
  }

  part(name: 'keys' | 'modules' | 'parts' | 'pickle' | 'archive'): Locator {
    return this.page.getByRole('region', { name: this.words[name].title, exact: true });
  }

  /** The grid of a part. */
  grid(name: 'keys' | 'archive'): Locator {
    return this.part(name).getByRole('grid');
  }

  get opcodes(): Locator {
    return this.part('pickle').getByRole('treegrid');
  }

  key(name: string): Locator {
    return this.grid('keys')
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name }) });
  }

  /** Downloads what a button makes. */
  async download(button: Locator): Promise<{ name: string; bytes: Buffer }> {
    const waiting = this.page.waitForEvent('download');
    await button.click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }
}

/** Files of src/torch/serialization/testdata. */
export function checkpoint(name: string): string {
  return join(process.cwd(), 'src', 'torch', 'serialization', 'testdata', name);
}

/** A text of the catalogue without its markup, its parameters filled in. */
export function said(text: string, params: Readonly<Record<string, string | number>> = {}): string {
  const filled = Object.entries(params).reduce(
    (all, [name, value]) => all.replaceAll(`{{${name}}}`, String(value)),
    text,
  );
  return filled.replace(/<[^>]+>/g, '');
}
