/** The page as a learner handles it: by the words on it, in one of its languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Locator, Page } from '@playwright/test';
import en from '../../src/ui/i18n/en.json' with { type: 'json' };
import zh from '../../src/ui/i18n/zh.json' with { type: 'json' };

export const languages = { zh, en } as const;
export type LanguageName = keyof typeof languages;

/** A choice of the load lab, by the label of its group and of its option. */
export interface LoadChoice {
  readonly how?: 'state_dict' | 'model';
  readonly classHome?: 'main' | 'missing' | 'train' | 'src.train' | 'other';
  readonly layers?: 'same' | 'wider';
  readonly weightsOnly?: 'default' | 'False';
  readonly strict?: 'True' | 'False';
  readonly mapLocation?: 'default' | 'cpu';
}

export class Notebook {
  readonly page: Page;
  readonly words: (typeof languages)[LanguageName];
  readonly language: LanguageName;

  constructor(page: Page, language: LanguageName) {
    this.page = page;
    this.language = language;
    this.words = languages[language];
  }

  /** Opens the page, wide enough for its rails, and waits until the network's first forward is drawn. */
  static async open(page: Page, language: LanguageName = 'en', path = ''): Promise<Notebook> {
    const notebook = new Notebook(page, language);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`?lang=${language}${path}`);
    await notebook.cell('switch').getByText('BatchNorm1d').first().waitFor();
    return notebook;
  }

  cell(
    id:
      | 'network'
      | 'switch'
      | 'dropout'
      | 'batchnorm'
      | 'train'
      | 'save'
      | 'inspect'
      | 'cases'
      | 'load'
      | 'transfer'
      | 'log',
  ): Locator {
    return this.page.getByRole('region', { name: this.words[id].title, exact: true });
  }

  get shelf(): Locator {
    return this.page.locator('section', {
      has: this.page.getByRole('heading', { name: this.words.shelf.title, exact: true }),
    });
  }

  /** Every number of a cell's tables, unfolded first. */
  async numbersIn(id: Parameters<Notebook['cell']>[0]): Promise<string[]> {
    const cell = this.cell(id);
    for (const fold of await cell.locator('details:not([open]) > summary').all()) await fold.click();
    await cell.locator('td').first().waitFor();
    return cell.locator('td').allTextContents();
  }

  /** How many statements had run when this cell's last one did. */
  async executionCount(id: Parameters<Notebook['cell']>[0]): Promise<number> {
    return Number(/\[(\d+)\]/.exec((await this.cell(id).locator('header').textContent()) ?? '')?.[1] ?? 0);
  }

  /** Name of a button beside the seed. */
  seedButton(by: 'more' | 'less'): string {
    return this.words.stepper[by].replace('{{label}}', this.words.seed.field);
  }

  async setMode(mode: 'train' | 'eval'): Promise<void> {
    await this.cell('switch').getByText(`tudui.${mode}()`).click();
  }

  async save(
    file: 'tudui_parameter.pth' | 'tudui_whole_model.pth',
    home?: '__main__' | 'train.py',
  ): Promise<void> {
    const cell = this.cell('save');
    if (home) await cell.getByText(home, { exact: true }).click();
    await cell.getByRole('button', { name: this.words.save.saveName.replace('{{name}}', file) }).click();
    // The shelf itself may be folded away; the load lab offers what is on it.
    await this.cell('load').locator(`input[value="${file}"]`).waitFor({ state: 'attached' });
  }

  async upload(...paths: string[]): Promise<void> {
    await this.page.locator('input[type=file]').first().setInputFiles(paths);
  }

  async download(file: string): Promise<{ download: Download; bytes: Buffer }> {
    const waiting = this.page.waitForEvent('download');
    await this.shelf
      .getByRole('button', { name: this.words.shelf.download.replace('{{name}}', file) })
      .click();
    const download = await waiting;
    return { download, bytes: readFileSync(await download.path()) };
  }

  /** Runs the friend's program on a file of the shelf and waits for its result. */
  async load(file: string, choice: LoadChoice = {}): Promise<Locator> {
    const cell = this.cell('load');
    const pick = async (legend: string | RegExp, value: string): Promise<void> => {
      const option = this.page.locator(`input[value="${value}"]`);
      await cell.getByRole('group', { name: legend }).locator('label', { has: option }).click();
    };
    const { load } = this.words;
    await pick(load.file, file);
    if (choice.how) await pick(load.how, choice.how);
    if (choice.classHome) await pick(plain(load.classHome), choice.classHome);
    if (choice.layers) await pick(plain(load.layers), choice.layers);
    if (choice.weightsOnly) await pick('weights_only', choice.weightsOnly);
    if (choice.strict) await pick('strict', choice.strict);
    if (choice.mapLocation) await pick('map_location', choice.mapLocation);
    // What has not run yet is guessed first.
    const question = cell.getByRole('group', { name: this.words.predict.question });
    if (await question.isVisible())
      await question.locator('label', { has: this.page.locator('input[value="works"]') }).click();
    await cell
      .getByRole('button', { name: new RegExp(`^(${load.run}|${load.again})$`) })
      .first()
      .click();
    const result = cell.getByRole('region', { name: load.result });
    await result.waitFor();
    return result;
  }
}

/** A text of the catalogue without its markup. */
function plain(text: string): string {
  return text.replace(/<[^>]+>/g, '');
}

/** Files of `e2e/fixtures/uploads`. */
export function fixture(name: string): string {
  return join(process.cwd(), 'e2e', 'fixtures', 'uploads', name);
}
