/** Apart from the real data, so that a look at the demo never mixes with it. */
export const DEMO_DATA_DIR = './data/demo';
