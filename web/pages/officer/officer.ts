/**
 * The script of the pages that village officers open (`api/officer`): they come whole from the API and work without it.
 */
import { startApp } from './app.ts';
import { photoForm } from './photo-form.ts';

const keeper = document.querySelector<HTMLMetaElement>('meta[name=keeper]')?.content;
if (keeper !== undefined) startApp(keeper);
const form = document.querySelector<HTMLFormElement>('form[data-sending]');
if (form !== null && form.closest('.report') === null) photoForm(form);
