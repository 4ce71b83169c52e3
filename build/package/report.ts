/** Says what is wrong with a package and sets the exit code. */
export function report(problems: readonly string[]): void {
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'package: as it should be' : `package: ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
