/** A piece of a template: a text as it is, or a field. */
export type TemplatePart = { readonly text: string } | { readonly field: string };

/**
 * Takes `{course.title} – {course.hours} hours` apart. `{{` and `}}` stand for the braces themselves.
 *
 * @returns a sentence when it is not right.
 */
export function parseTemplate(template: string): readonly TemplatePart[] | string {
  const parts: TemplatePart[] = [];
  let text = '';
  for (const [piece, field] of template.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (field !== undefined) {
      if (field.trim() === '') return 'The template has empty braces: name a field between them.';
      if (text !== '') parts.push({ text });
      text = '';
      parts.push({ field: field.trim() });
    } else if (piece === '{' || piece === '}') {
      return `The template has a single ${piece}: close it, or write ${piece}${piece} for the brace itself.`;
    } else {
      text += piece === '{{' || piece === '}}' ? piece.charAt(0) : piece;
    }
  }
  if (text !== '') parts.push({ text });
  return parts;
}
