/** Starts the notebook, then mounts the app: its first forward and its words are on their way while the app's code still is. */
import { useNotebook } from './store/notebook';
import { wordsOf } from './ui/i18n/words';
import { placeOf } from './ui/place';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const { settings, actions } = useNotebook.getState();
const place = placeOf(location.hash.replace(/^#/, ''));
void actions.start(place.page === 'notebook' ? place.link : null);
void wordsOf(settings.language);
// No top-level await: the app imports what is imported here, and would wait for it as long as this waits for the app.
void import('./ui/mount').then(({ mount }) => mount(root));
