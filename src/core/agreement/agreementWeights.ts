/** Agreement of two of `count` categories by their places: 1 for the same, 0 for those furthest apart (Gwet 2014). */
export type AgreementWeights = (left: number, right: number, count: number) => number;

export const identityWeights: AgreementWeights = (left, right) => (left === right ? 1 : 0);

export const linearWeights: AgreementWeights = (left, right, count) =>
  left === right ? 1 : 1 - Math.abs(left - right) / (count - 1);

export const quadraticWeights: AgreementWeights = (left, right, count) => {
  const share = left === right ? 0 : (left - right) / (count - 1);
  return 1 - share * share;
};

/** 1 − C(|k − l| + 1, 2)/C(q, 2): not Krippendorff's ordinal metric, since it knows no frequencies. */
export const ordinalWeights: AgreementWeights = (left, right, count) => {
  const steps = Math.abs(left - right);
  return steps === 0 ? 1 : 1 - (steps * (steps + 1)) / (count * (count - 1));
};
