/**
 * Keeps a spreadsheet from reading a cell as a formula (CWE-1236; OWASP ASVS 5, 1.2.10). Every cell is quoted, which is not
 * enough, so one single quote (U+0027) goes in
 *   - at the start of the cell, and after each `;`, `|`, tab or line break inside it (a spreadsheet of another locale
 *     may cut there, whatever the quoting),
 *   - when what follows, past blanks, invisible characters and quotes, is a trigger: = + - @, their full-width, small and
 *     minus-sign variants, tab, CR, LF or NUL.
 * The reverse rule takes out exactly those quotes and restores the text (`restoreCell`, or in any language:
 * remove `'` where `(?<=^|[;|\t\r\n])'(?=[ignored]*[trigger])` matches).
 */
const trigger = '=+\\-@\\t\\r\\n\\0\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212';
const ignored = `'"\\s\\p{Cc}\\p{Cf}\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800`;
const cut = '(?<=^|[;|\\t\\r\\n])';
const dangerous = `(?=[${ignored}]*[${trigger}])`;

const toGuard = new RegExp(`${cut}${dangerous}`, 'gu');
const toRestore = new RegExp(`${cut}'${dangerous}`, 'gu');

export const guardCell = (text: string): string => text.replace(toGuard, "'");
export const restoreCell = (cell: string): string => cell.replace(toRestore, '');
