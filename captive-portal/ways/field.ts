import { type Html, html, trusted } from '../pages/html.ts';

export type Field = {
  /** Begins with the id of its method. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly value?: string;
  readonly type?: 'text' | 'tel' | 'password';
  readonly inputmode?: 'numeric' | 'tel';
  readonly autocomplete: string;
  readonly maxlength: number;
};

/** A labelled field with what is wrong about it beside it. Nothing is `required`: sign-in sheets word that in their own way. */
export function field({ name, label, hint, error, value, type = 'text', inputmode, ...rest }: Field): Html {
  const hintId = hint === undefined ? null : `${name}-h`;
  const errorId = error === null || error === undefined ? null : `${name}-e`;
  const described = [errorId, hintId].filter((id) => id !== null).join(' ');
  return html`<label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}"${
    inputmode && html` inputmode="${inputmode}"`
  } autocomplete="${rest.autocomplete}" maxlength="${rest.maxlength}"${
    type !== 'password' && value !== undefined && value !== '' && html` value="${value.slice(0, rest.maxlength)}"`
  }${type === 'text' && inputmode === undefined && trusted(' autocapitalize="none" spellcheck="false"')}${
    described !== '' && html` aria-describedby="${described}"`
  }${errorId !== null && trusted(' aria-invalid="true"')}>${
    errorId !== null && html`<p class="e" id="${errorId}">${error}</p>`
  }${hintId !== null && html`<p class="q" id="${hintId}">${hint}</p>`}`;
}

/** The one button of a form. */
export const button = (text: string): Html => html`<button class="f">${text}</button>`;
