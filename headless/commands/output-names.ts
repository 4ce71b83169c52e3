import path from 'node:path';

/** A name for each file's exports: its own without the extension; with it when two files would share a name; numbered after that. */
export function outputNames(files: readonly string[]): string[] {
  const stems = files.map((file) => path.parse(file).name);
  const taken = new Set<string>();
  return files.map((file, index) => {
    const shared = stems.filter((stem) => stem.toLowerCase() === stems[index]!.toLowerCase()).length > 1;
    const wanted = shared ? path.basename(file) : stems[index]!;
    let name = wanted;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wanted}-${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
