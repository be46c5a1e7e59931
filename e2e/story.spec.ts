/** The tutorial's own story, in both languages: save `tudui` both ways, load both ways as the friend, see what each claim gives today. */
import { type LanguageName, languages, Notebook } from './support/notebook';
import { expect, test } from './support/test';

const stateDict = 'tudui_parameter.pth';
const wholeModel = 'tudui_whole_model.pth';

for (const language of Object.keys(languages) as LanguageName[]) {
  test.describe(`the tutorial in ${language}`, () => {
    test('S2 to S7: the state_dict file', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { outcome } = notebook.words;
      await expect(notebook.cell('network')).toContainText('class Net(nn.Module)');
      await notebook.save(stateDict);

      // S3: an empty shell, map_location, load_state_dict, eval
      const loaded = await notebook.load(stateDict, { mapLocation: 'cpu' });
      await expect(loaded).toContainText('<All keys matched successfully>');
      await expect(loaded).toContainText(outcome.works);
      await expect(notebook.cell('load')).toContainText("map_location=torch.device('cpu')");

      // S6: it does not depend on where the project's files lie
      const moved = await notebook.load(stateDict, { classHome: 'src.train' });
      await expect(moved).toContainText('<All keys matched successfully>');

      // S7: but the class must be there
      const missing = await notebook.load(stateDict, { classHome: 'missing' });
      await expect(missing).toContainText("NameError: name 'Net' is not defined");

      // S5: a changed structure is told, key by key
      const wider = await notebook.load(stateDict, { classHome: 'main', layers: 'wider' });
      await expect(wider).toContainText(
        'RuntimeError: Error(s) in loading state_dict for Net:\n\tsize mismatch for fc1.weight: copying a param with shape ' +
          'torch.Size([16, 2]) from checkpoint, the shape in current model is torch.Size([32, 2]).',
      );
      const lax = await notebook.load(stateDict, { layers: 'wider', strict: 'False' });
      await expect(lax).toContainText('size mismatch for fc1.weight');
    });

    test('S8 to S12: the whole-model file', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { outcome } = notebook.words;
      await notebook.save(wholeModel, 'train.py');

      // S9: without weights_only=False it does not open at all any more
      const byDefault = await notebook.load(wholeModel, { classHome: 'train' });
      await expect(byDefault).toContainText('_pickle.UnpicklingError: Weights only load failed.');
      await expect(byDefault).toContainText(
        'Unsupported global: GLOBAL train.Net was not an allowed global by default.',
      );

      // S9, S10: with it, where the class can be imported, structure and parameters come back
      const trusting = await notebook.load(wholeModel, { weightsOnly: 'False' });
      await expect(trusting).toContainText(outcome.works);
      await expect(trusting).toContainText('(fc1): Linear(in_features=2, out_features=16, bias=True)');

      // S11: project/train.py moved to project/src/train.py
      const moved = await notebook.load(wholeModel, { classHome: 'src.train' });
      await expect(moved).toContainText("ModuleNotFoundError: No module named 'train'");
      await expect(moved).toContainText('from src.train import Net');

      // S12: a changed class of the same name loads without a word, with the file's own layers
      const wider = await notebook.load(wholeModel, { classHome: 'train', layers: 'wider' });
      await expect(wider).toContainText(outcome.silent);
      await expect(wider).toContainText('out_features=16');
    });

    test('S11: the class of a script is looked for in __main__', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      await notebook.save(wholeModel, '__main__');
      const missing = await notebook.load(wholeModel, { classHome: 'missing', weightsOnly: 'False' });
      await expect(missing).toContainText(
        "AttributeError: Can't get attribute 'Net' on <module '__main__' from",
      );
      const here = await notebook.load(wholeModel, { classHome: 'main' });
      await expect(here).toContainText(notebook.words.outcome.works);
    });

    test('each kind of file taken for the other', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      await notebook.save(stateDict);
      await notebook.save(wholeModel, '__main__');
      const asModel = await notebook.load(stateDict, { how: 'model' });
      await expect(asModel).toContainText(
        "AttributeError: 'collections.OrderedDict' object has no attribute 'eval'",
      );
      const asDict = await notebook.load(wholeModel, { how: 'state_dict', weightsOnly: 'False' });
      await expect(asDict).toContainText(
        "TypeError: Expected state_dict to be dict-like, got <class '__main__.Net'>.",
      );
    });

    test('a repair is one click', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      await notebook.save(wholeModel, 'train.py');
      const broken = await notebook.load(wholeModel, { classHome: 'src.train', weightsOnly: 'False' });
      await broken.getByRole('button', { name: notebook.words.repair.resave_state_dict.title }).click();
      await expect(broken).toContainText('<All keys matched successfully>');
      await expect(notebook.shelf).toContainText(stateDict);
    });
  });
}
