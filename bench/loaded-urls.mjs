/** With `--import`: writes the URL of every module that the process loads into the file that LOADED_URLS names, one a line. */
import { register } from 'node:module';

register('./loaded-urls-hooks.mjs', import.meta.url, { data: process.env['LOADED_URLS'] });
