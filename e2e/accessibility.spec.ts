/** The page by keyboard, for screen readers, and on a phone. */
import AxeBuilder from '@axe-core/playwright';
import { type LanguageName, languages, Notebook } from './support/notebook';
import { expect, test } from './support/test';

for (const language of Object.keys(languages) as LanguageName[]) {
  for (const theme of ['light', 'dark', 'projector']) {
    test(`axe finds nothing: ${language}, ${theme}`, async ({ page }) => {
      const notebook = await Notebook.open(page, language, `&theme=${theme}`);
      await notebook
        .cell('train')
        .getByRole('button', { name: notebook.words.train.step, exact: true })
        .click();
      await notebook.save('tudui_whole_model.pth', 'train.py');
      await notebook.load('tudui_whole_model.pth', { classHome: 'src.train', weightsOnly: 'False' });
      const { files, load } = notebook.words;
      const friend = notebook.cell('load').getByRole('region', { name: load.friendMachine });
      const change = files.changeName.replace('{{machine}}', load.friendMachine);
      await friend.getByRole('button', { name: change }).click();
      await friend.getByRole('button', { name: /^train\.py/ }).click();
      await friend.getByRole('textbox', { name: files.path }).fill('os.py');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target)])).toEqual([]);
    });
  }
}

test('flip, run, save and load by keyboard alone', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const { words } = notebook;
  const reach = async (name: string | RegExp, role: 'button' | 'radio' = 'button'): Promise<void> => {
    const target = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
    for (let i = 0; i < 250; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to ${name} by Tab`);
  };
  await reach(/tudui\.train/, 'radio');
  await page.keyboard.press('ArrowRight');
  await expect(notebook.cell('switch').getByRole('radio', { name: /tudui\.eval/ })).toBeChecked();
  await reach(words.save.saveName.replace('{{name}}', 'tudui_parameter.pth'));
  await page.keyboard.press('Enter');
  await expect(notebook.shelf).toContainText('tudui_parameter.pth');
  await reach(new RegExp(`^${words.outcome.works}`), 'radio');
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await expect(notebook.cell('load')).toContainText('<All keys matched successfully>');
});
