import { reporters } from 'mocha';

declare class CountReporter extends reporters.Spec {}
export = CountReporter;
