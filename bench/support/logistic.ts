/** One example: its features, whether it is positive, and how much it counts. */
export type Example = { features: ReadonlySet<string>; positive: boolean; weight: number };
export type Logistic = { bias: number; weights: Record<string, number> };

export function probability(model: Logistic, features: ReadonlySet<string>): number {
  let sum = model.bias;
  for (const name of features) sum += model.weights[name] ?? 0;
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Fits a logistic regression with a ridge penalty on the weights (not on the bias) by Newton's method, which needs a dozen
 * steps for some hundred features (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1).
 * @param ridge how much each squared weight costs, per unit of example weight
 */
export function fitLogistic(examples: readonly Example[], ridge: number): Logistic {
  const names = [...new Set(examples.flatMap(({ features }) => [...features]))].sort();
  const index = new Map(names.map((name, at) => [name, at + 1]));
  const size = names.length + 1;
  const rows = examples.map(({ features, positive, weight }) => ({
    cells: [0, ...[...features].map((name) => index.get(name) ?? 0)],
    positive,
    weight,
  }));
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  let beta = new Float64Array(size);
  for (let step = 0; step < 30; step++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    for (const { cells, positive, weight } of rows) {
      const sum = cells.reduce((all, at) => all + (beta[at] ?? 0), 0);
      const p = 1 / (1 + Math.exp(-sum));
      const curve = weight * p * (1 - p);
      for (const at of cells) {
        gradient[at] = (gradient[at] ?? 0) + weight * ((positive ? 1 : 0) - p);
        const line = hessian[at];
        if (line) for (const other of cells) line[other] = (line[other] ?? 0) + curve;
      }
    }
    for (let at = 0; at < size; at++) {
      const penalty = at === 0 ? 1e-9 : ridge * total;
      gradient[at] = (gradient[at] ?? 0) - penalty * (beta[at] ?? 0);
      const line = hessian[at];
      if (line) line[at] = (line[at] ?? 0) + penalty;
    }
    const change = solve(hessian, gradient);
    beta = beta.map((value, at) => value + (change[at] ?? 0));
    if (change.every((value) => Math.abs(value) < 1e-6)) break;
  }
  return { bias: beta[0] ?? 0, weights: Object.fromEntries(names.map((name, at) => [name, beta[at + 1] ?? 0])) };
}

/** Solves `matrix` x = `right` by Gaussian elimination; the matrix is positive definite, so no pivot is zero. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const a = matrix.map((row) => Float64Array.from(row));
  const b = Float64Array.from(right);
  const cell = (row: number, column: number): number => a[row]?.[column] ?? 0;
  for (let pivot = 0; pivot < a.length; pivot++) {
    for (let row = pivot + 1; row < a.length; row++) {
      const factor = cell(row, pivot) / cell(pivot, pivot);
      const line = a[row];
      if (factor === 0 || !line) continue;
      for (let column = pivot; column < a.length; column++)
        line[column] = cell(row, column) - factor * cell(pivot, column);
      b[row] = (b[row] ?? 0) - factor * (b[pivot] ?? 0);
    }
  }
  const x = new Float64Array(a.length);
  for (let row = a.length - 1; row >= 0; row--) {
    let sum = b[row] ?? 0;
    for (let column = row + 1; column < a.length; column++) sum -= cell(row, column) * (x[column] ?? 0);
    x[row] = sum / cell(row, row);
  }
  return x;
}
