import { CsvError, parse } from 'csv-parse/sync';
import { VigieError } from '#shared/errors.ts';

export type LabelledCase = {
  /** Line of the file on which it begins, from 1. */
  line: number;
  caseId: string;
  /** What it probes; empty when the file does not say. */
  functionality: string;
  /** Cases of one template differ only in the group that they name. */
  template: string;
  text: string;
  hateful: boolean;
};

const labels = new Map([
  ['hateful', true],
  ['non-hateful', false],
]);

/**
 * Reads labelled cases in the form of HateCheck (Röttger et al., ACL 2021): RFC 4180 with a header, separated by commas, semicolons
 * or tabs. Columns in any order; `test_case` and `label_gold` must be there.
 * @throws VigieError `cases-unusable` with the line
 */
export function readCases(csv: string): LabelledCase[] {
  const refuse = (problem: 'not-csv' | 'columns' | 'label' | 'text' | 'none', line: number | null, detail = '') =>
    new VigieError('cases-unusable', { problem, line, detail });
  const header = csv.slice(0, csv.search(/[\r\n]|$/));
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    // One kind of line end, so that lines are counted as an editor counts them.
    rows = parse(csv.replaceAll('\r\n', '\n'), {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter: [';', '\t'].find((mark) => header.split(mark).length > header.split(',').length) ?? ',',
      info: true,
      skip_empty_lines: true,
    }) as typeof rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as { lines?: unknown }).lines;
    throw refuse('not-csv', typeof line === 'number' ? line : null, error.code);
  }
  if (!rows[0]) throw refuse('none', null);
  const missing = ['test_case', 'label_gold'].filter((name) => rows[0]!.record[name] === undefined);
  if (missing.length > 0) throw refuse('columns', 1, missing.join(', '));
  return rows.map(({ record, info }) => {
    // The parser counts the line on which a case ends.
    const line = info.lines - (record['test_case']?.match(/\n/g)?.length ?? 0);
    const hateful = labels.get(record['label_gold']!.trim().toLowerCase());
    if (hateful === undefined) throw refuse('label', line, record['label_gold']!.slice(0, 40));
    if (record['test_case']!.trim() === '') throw refuse('text', line);
    return {
      line,
      caseId: record['case_id'] ?? '',
      functionality: record['functionality'] ?? '',
      template: record['templ_id'] ?? '',
      text: record['test_case']!,
      hateful,
    };
  });
}
