/** The two machines of the load lab: their files are moved, renamed and edited by keyboard, and Python says what comes of it. */
import type { Locator } from '@playwright/test';
import { type LanguageName, languages, Notebook } from './support/notebook';
import { expect, test } from './support/test';

const file = 'tudui_whole_model.pth';

/** Comes to a control with Tab from where the focus is, as a person without a mouse does. */
async function tabTo(notebook: Notebook, control: Locator): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await notebook.page.keyboard.press('Tab');
  }
  throw new Error('The control is not reached by Tab');
}

async function press(notebook: Notebook, control: Locator): Promise<void> {
  await tabTo(notebook, control);
  await notebook.page.keyboard.press('Enter');
}

async function type(notebook: Notebook, field: Locator, text: string): Promise<void> {
  await tabTo(notebook, field);
  await notebook.page.keyboard.press('Control+A');
  await notebook.page.keyboard.type(text);
  await notebook.page.keyboard.press('Enter');
}

class Machine {
  readonly notebook: Notebook;
  readonly box: Locator;

  constructor(notebook: Notebook, machine: 'myMachine' | 'friendMachine') {
    this.notebook = notebook;
    this.box = notebook.cell('load').getByRole('region', { name: notebook.words.load[machine], exact: true });
  }

  file(path: string): Locator {
    return this.box.getByRole('button', { name: new RegExp(`^${path.replaceAll('.', '\\.')}`) });
  }

  field(name: string): Locator {
    return this.box.getByRole('textbox', { name });
  }

  button(name: string): Locator {
    return this.box.getByRole('button', { name, exact: true });
  }

  /** Starts at the button that opens the files, and goes on from there by Tab. */
  async open(): Promise<void> {
    const { files, load } = this.notebook.words;
    const machine = (await this.box.getAttribute('aria-label')) ?? load.myMachine;
    await this.button(files.changeName.replace('{{machine}}', machine)).focus();
    await this.notebook.page.keyboard.press('Enter');
  }
}

/** A whole model from `train.py`, and a friend who imports the class from there. */
async function begin(notebook: Notebook): Promise<Machine> {
  await notebook.save(file, 'train.py');
  await notebook.load(file, { classHome: 'train', weightsOnly: 'False' });
  return new Machine(notebook, 'friendMachine');
}

for (const language of Object.keys(languages) as LanguageName[]) {
  test.describe(`the files of both machines in ${language}`, () => {
    test('a file renamed is not found, and found again where it was', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      const friend = await begin(notebook);
      await friend.open();
      await press(notebook, friend.file('train.py'));
      await expect(friend.box).toContainText('self.fc1 = nn.Linear(2, 16)');
      await type(notebook, friend.field(words.files.path), 'net.py');
      await expect(friend.box).toContainText('from net import Net');
      const broken = await notebook.load(file);
      await expect(broken).toContainText("ModuleNotFoundError: No module named 'train'");
      await expect(friend.box).toContainText(words.files.gone);

      await friend.field(words.files.path).focus();
      await type(notebook, friend.field(words.files.path), 'train.py');
      await expect(notebook.cell('load').getByRole('region', { name: words.load.result })).toContainText(
        words.outcome.works,
      );
    });

    test('a class of another name is not in the module', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      const friend = await begin(notebook);
      await friend.open();
      await press(notebook, friend.file('train.py'));
      await type(notebook, friend.field(words.load.className), 'MyNet');
      await expect(friend.box).toContainText('from train import MyNet');
      const broken = await notebook.load(file);
      await expect(broken).toContainText(
        "AttributeError: Can't get attribute 'Net' on <module 'train' from '/home/friend/project/train.py'>",
      );
      await friend.field(words.load.className).focus();
      await press(notebook, friend.button(words.files.undo));
      await expect(notebook.cell('load').getByRole('region', { name: words.load.result })).toContainText(
        words.outcome.works,
      );
    });

    test('a script in another folder looks for modules there', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      const friend = await begin(notebook);
      await friend.open();
      await press(notebook, friend.file('load.py'));
      const folders = friend.box.getByRole('group', { name: words.files.folder });
      await tabTo(notebook, folders.getByRole('radio', { name: 'project/' }));
      await page.keyboard.press('ArrowRight');
      await expect(friend.box).toContainText(words.files.looks.replace('{{folder}}', 'src/'));
      const broken = await notebook.load(file);
      await expect(broken).toContainText('File "src/load.py", line 2, in <module>');
      await expect(broken).toContainText("ModuleNotFoundError: No module named 'train'");
      const title = words.repair.script_back.title;
      await broken.getByRole('button', { name: title }).click();
      await expect(broken).toContainText(words.outcome.works);
    });

    test('the file says the old name until it is saved again', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      const friend = await begin(notebook);
      const mine = new Machine(notebook, 'myMachine');
      await mine.open();
      await press(notebook, mine.file('train.py'));
      await type(notebook, mine.field(words.files.path), 'src/train.py');
      await expect(mine.box).toContainText('from src.train import Net');
      await expect(mine.box).toContainText('train Net');
      await press(notebook, mine.button(words.files.saveAgain));
      const moved = await notebook.load(file, { classHome: 'train' });
      await expect(moved).toContainText("ModuleNotFoundError: No module named 'src'");
      await expect(friend.box).toContainText('train.py');

      await mine.button(words.files.reset).focus();
      await page.keyboard.press('Enter');
      await expect(mine.box).toContainText('from train import Net');
    });

    test('a name that is taken or cannot be imported changes nothing', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      const friend = await begin(notebook);
      await friend.open();
      await press(notebook, friend.file('train.py'));
      const path = friend.field(words.files.path);
      for (const [text, fault] of [
        ['load.py', words.files.fault.taken],
        ['os.py', words.files.fault.python],
        ['2.py', words.files.fault.form],
      ]) {
        await type(notebook, path, text);
        await expect(friend.box).toContainText(fault);
      }
      await page.keyboard.press('Escape');
      await expect(path).toHaveValue('train.py');
      await press(notebook, friend.button(words.files.removeName.replace('{{file}}', 'train.py')));
      const broken = await notebook.load(file);
      await expect(broken).toContainText('File "load.py", line 2, in <module>');
      await friend.button(words.files.reset).focus();
      await page.keyboard.press('Enter');
      await expect(friend.file('train.py')).toBeVisible();
    });
  });
}

test('a file is moved by touch, and the page does not grow wider @phone', async ({ page }) => {
  const notebook = new Notebook(page, 'zh');
  const { words } = notebook;
  await page.goto('?lang=zh');
  await notebook.cell('switch').getByText('BatchNorm1d').first().waitFor();
  const friend = await begin(notebook);
  const name = words.files.changeName.replace('{{machine}}', words.load.friendMachine);
  await friend.button(name).tap();
  await friend.file('train.py').tap();
  await friend.box.getByText('src/', { exact: true }).last().tap();
  await expect(friend.box).toContainText('from src.train import Net');
  const broken = await notebook.load(file);
  await expect(broken).toContainText("ModuleNotFoundError: No module named 'train'");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});
