/** Starts the notebook, then mounts the app: its first forward and its words are on their way while the app's code still is. */
import { useNotebook } from './store/notebook';
import { linkIn } from './ui/address';
import { wordsOf } from './ui/i18n/words';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const { settings, actions } = useNotebook.getState();
void actions.start(linkIn(location.hash));
void wordsOf(settings.language);
const { mount } = await import('./ui/mount');
await mount(root);
