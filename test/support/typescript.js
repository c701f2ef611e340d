/** `node --import` this to run the sources themselves in a process of their own. */
import { register } from 'node:module';

register('./typescript-loader.js', import.meta.url);
