/** The load lab as a learner walks through it: guess, run, repair, and the table that remembers. */
import { type LanguageName, languages, Notebook } from './support/notebook';
import { expect, test } from './support/test';

const stateDict = 'tudui_parameter.pth';
const parallel = 'tudui_dp.pth';

/** The cell of the table for a file and a program. */
function caseOf(notebook: Notebook, file: string, column: keyof Notebook['words']['cases']['column']) {
  const name = `${file}, ${notebook.words.cases.column[column]}`;
  return notebook.cell('cases').getByRole('button', { name: new RegExp(`^${name}:`) });
}

async function guess(notebook: Notebook, value: 'works' | 'error' | 'silent'): Promise<void> {
  const cell = notebook.cell('load');
  const question = cell.getByRole('group', { name: notebook.words.predict.question });
  await question.locator('label', { has: notebook.page.locator(`input[value="${value}"]`) }).click();
}

async function saveFromDataParallel(notebook: Notebook): Promise<void> {
  const cell = notebook.cell('save');
  await cell.getByText(notebook.words.save.more).click();
  await cell
    .getByRole('button', { name: notebook.words.save.saveName.replace('{{name}}', parallel) })
    .click();
  await notebook.cell('load').locator(`input[value="${parallel}"]`).waitFor({ state: 'attached' });
}

for (const language of Object.keys(languages) as LanguageName[]) {
  test.describe(`the load lab in ${language}`, () => {
    test('asks before it tells, and keeps the guess beside what happened', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      await notebook.save(stateDict);
      await caseOf(notebook, stateDict, 'renamed').click();

      const cell = notebook.cell('load');
      await expect(cell.getByRole('button', { name: words.load.guessFirst })).toBeVisible();
      await expect(cell).toContainText('model.load_state_dict(state_dict, strict=False)');
      await guess(notebook, 'works');
      await cell.getByRole('button', { name: words.load.run, exact: true }).first().click();

      const result = cell.getByRole('region', { name: words.load.result });
      await expect(result).toContainText(`${words.predict.yours}${words.outcome.works}`);
      await expect(result).toContainText(words.outcome.silent);
      await expect(result).toContainText("_IncompatibleKeys(missing_keys=['head.weight', 'head.bias']");
      await expect(caseOf(notebook, stateDict, 'renamed')).toContainText('→');
    });

    test('the table brings a case back, by mouse and by keys', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      await notebook.save(stateDict);
      await notebook.load(stateDict, { classHome: 'missing' });
      await notebook.load(stateDict, { classHome: 'main' });
      await expect(caseOf(notebook, stateDict, 'missing')).toContainText('NameError');
      await caseOf(notebook, stateDict, 'missing').click();
      const result = notebook.cell('load').getByRole('region', { name: words.load.result });
      await expect(result).toContainText("NameError: name 'Net' is not defined. Did you mean: 'set'?");

      await caseOf(notebook, stateDict, 'missing').focus();
      await page.keyboard.press('ArrowLeft');
      await expect(caseOf(notebook, stateDict, 'same')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(result).toContainText('<All keys matched successfully>');
    });

    test('a prefix comes off with one click', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      await saveFromDataParallel(notebook);
      const broken = await notebook.load(parallel);
      await expect(broken).toContainText('Unexpected key(s) in state_dict: "module.fc1.weight"');
      await expect(broken).toContainText('state_dict = {key.removeprefix("module.")');
      const title = words.repair.strip_prefix.title.replace('{{prefix}}', 'module.');
      await broken.getByRole('button', { name: title }).click();
      await expect(broken).toContainText('<All keys matched successfully>');
      await expect(broken).toContainText(words.outcome.works);
    });

    test('a slip of the pen, an old torch, a module of any name', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      await notebook.save(stateDict);
      const cell = notebook.cell('load');
      await cell.getByText(words.load.more, { exact: true }).click();
      await cell.getByText(words.load.slips.assigned, { exact: true }).click();
      const slip = await notebook.load(stateDict);
      await expect(slip).toContainText("AttributeError: '_IncompatibleKeys' object has no attribute 'eval'");

      await cell.getByText(words.load.slips.state_dict, { exact: true }).first().click();
      await cell.getByText('2.5', { exact: true }).click();
      const old = await notebook.load(stateDict, { classHome: 'other' });
      await expect(old).toContainText('FutureWarning: You are using `torch.load` with `weights_only=False`');
      await cell.getByRole('textbox', { name: words.save.moduleName }).fill('models.net');
      await expect(cell).toContainText('from models.net import Net');
    });
  });
}

test('the table is walked through on a phone @phone', async ({ page }) => {
  const notebook = new Notebook(page, 'en');
  await page.goto('?lang=en');
  await notebook.cell('switch').getByText('BatchNorm1d').first().waitFor();
  await notebook.save(stateDict);
  const last = caseOf(notebook, stateDict, 'defaults');
  await last.scrollIntoViewIfNeeded();
  await last.click();
  await guess(notebook, 'works');
  const cell = notebook.cell('load');
  await cell.getByRole('button', { name: notebook.words.load.run, exact: true }).first().click();
  await expect(last).toContainText(notebook.words.outcome.works);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});
