import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What waits for real processes and browsers: begun last, it would leave all other workers idle at the end. */
const LONG = ['/flows/', '.browser.test.'];

/** Files that take long before all others, whatever their size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((part) => moduleId.includes(part));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
