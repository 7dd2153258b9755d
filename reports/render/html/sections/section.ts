import { html, type Markup, type Part } from '../markup.js';

/** A landmark under its heading. */
export function section(id: string, title: string, note: string, body: Part): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}${note && html` <small>${note}</small>`}</h2>
${body}</section>
`;
}

export function list(items: readonly Part[], className = ''): Markup | '' {
  return items.length === 0
    ? ''
    : html`<ul class="${className}">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
