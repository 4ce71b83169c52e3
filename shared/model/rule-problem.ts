/** What is wrong with a rule, a bank or a file of them. */
export const ruleProblems = [
  'yaml',
  'format',
  'unknown-key',
  'value',
  'no-word',
  'star',
  'term-long',
  'regex',
  'regex-large',
  'unknown-bank',
  'unknown-case',
  'double',
] as const;
export type RuleProblem = (typeof ruleProblems)[number];
